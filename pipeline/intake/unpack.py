"""Takes a body out of the compression that it came in, and knows whether it is whole."""

import zlib

from pipeline.errors import SourceUnavailable


class Plain:
    """A body that came as it is."""

    is_whole = True

    def unpack(self, chunk: bytes, most: int) -> bytes:
        """The bytes of a chunk."""
        del most
        return chunk


class Zipped:
    """A body that came as gzip or deflate."""

    def __init__(self) -> None:
        """Begin; the kind is read from the first bytes."""
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def unpack(self, chunk: bytes, most: int) -> bytes:
        """The bytes that a chunk unpacks to, no more than `most`.

        Raises:
            zlib.error: the body is damaged.
        """
        return self._unpacker.decompress(chunk, most)

    @property
    def is_whole(self) -> bool:
        """True once the end that compression marks has come, and nothing after it."""
        return self._unpacker.eof and not self._unpacker.unused_data


def unpacking(coding: str, address: str) -> Plain | Zipped:
    """How to unpack a body of this Content-Encoding.

    Raises:
        SourceUnavailable: we know no way.
    """
    if coding.strip().lower() in ("", "identity"):
        return Plain()
    if coding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise SourceUnavailable(
            f"The file came packed in a way that was not asked for ({coding}).",
            where=address,
            do="A proxy may have packed it. Try from another network. The figures held stay as they are.",
        )
    return Zipped()
