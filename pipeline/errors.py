"""Everything that can go wrong for a user, as one small tree; each leaf has its own exit code.

PipelineError                 1  never raised itself
├── UsageError                2  the command was given something wrong
├── SourceUnavailable         3  a publisher's file could not be downloaded
├── SourceChanged             4  a publisher's file came, but is not what we know how to read
├── ContractBroken            5  a table breaks its contract
│   └── NotBuilt              5  the processed tables are missing, or not all of one build
├── StorageFailed             6  this machine could not write
├── MeasureRefused            7  a statistic was asked for that the inputs cannot give
├── ToolMissing               8  a program that this needs is not installed
└── PictureFailed             9  a chart of an export could not be drawn; the others were kept

A message says what happened, where, and what to do next. `explain` puts the three in that order.
"""


class PipelineError(Exception):
    """A failure that a user can understand and act on; shown without a traceback."""

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        """Keep what happened, where it happened and what to do next."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.do = do

    def explain(self) -> str:
        """The message in full: what, where, what to do (one line each; absent parts left out)."""
        lines = [self.what]
        if self.where:
            lines.append(f"Where: {self.where}")
        if self.do:
            lines.append(f"What to do: {self.do}")
        return "\n".join(lines)

    def __str__(self) -> str:
        """The message in full."""
        return self.explain()


class UsageError(PipelineError):
    """The command was given something wrong: an unknown source, a folder that is not there."""

    exit_code = 2


class SourceUnavailable(PipelineError):
    """A publisher's file could not be downloaded: refused, timed out, missing, cut short."""

    exit_code = 3


class SourceChanged(PipelineError):
    """A publisher's file came, but is not what we know how to read."""

    exit_code = 4


class ContractBroken(PipelineError):
    """A table breaks its contract: a column, code, key, period or interval is wrong."""

    exit_code = 5


class NotBuilt(ContractBroken):
    """The processed tables are missing, damaged, or not all of one build."""


class StorageFailed(PipelineError):
    """This machine could not write: disk full, folder not writable."""

    exit_code = 6


class MeasureRefused(PipelineError, ValueError):
    """A statistic was asked for that the inputs cannot give: no population, one group, unequal lengths."""

    exit_code = 7


class ToolMissing(PipelineError):
    """A program that this needs is not installed, or does not start: a browser for pictures."""

    exit_code = 8


class PictureFailed(PipelineError):
    """A chart of an export could not be drawn or pictured; the others were kept."""

    exit_code = 9
