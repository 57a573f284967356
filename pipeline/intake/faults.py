"""What can go wrong between us and a publisher, in plain words: which failures may pass, and which will not."""

import contextlib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
import urllib3

from pipeline.errors import PipelineError, SourceUnavailable


class NotOnMirror(SourceUnavailable):
    """The mirror does not hold the file: no fault of the publisher's."""


class MayPass(Exception):
    """A failure worth another attempt."""

    def __init__(
        self, failure: PipelineError, *, wait_seconds: float | None = None, host_is_down: bool = False
    ) -> None:
        """Keep the failure to show where no attempt is left, and how long the server asks to wait."""
        super().__init__(failure.what)
        self.failure = failure
        self.wait_seconds = wait_seconds
        self.host_is_down = host_is_down


@contextlib.contextmanager
def network_faults(address: str) -> Iterator[None]:
    """Turn the faults of the network library into ours.

    Raises:
        MayPass: the connection, the wait or the body failed.
        SourceUnavailable: the address is none, or a setting of this machine is wrong.
    """
    try:
        yield
    except requests.exceptions.ProxyError as error:
        raise MayPass(_by_the_proxy(address, error), host_is_down=True) from None
    except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
        raise MayPass(_no_answer(address, _plain(error)), host_is_down=True) from None
    except (requests.ReadTimeout, urllib3.exceptions.ReadTimeoutError, TimeoutError):
        raise MayPass(_no_answer(address, "it stopped answering")) from None
    except (requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError, zlib.error):
        raise MayPass(cut_short(address, "its compressed body is damaged")) from None
    except requests.ConnectionError as error:
        down = isinstance(error.args[0] if error.args else None, urllib3.exceptions.MaxRetryError)
        raise MayPass(_no_answer(address, _plain(error)), host_is_down=down) from None
    except (requests.exceptions.InvalidProxyURL, UnicodeError, ValueError) as error:
        raise _proxy_or_address(address, error) from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        if "CA certificate bundle" in str(error):
            raise _no_certificates(address) from None
        raise MayPass(cut_short(address, _plain(error))) from None


def _plain(error: Exception) -> str:
    text = f"{type(error).__name__}: {error}"
    for mark, words in (
        ("refused", "the connection was refused"),
        ("resolve", "its name was not found"),
        ("unreachable", "the network is not reached"),
        ("SSL", "its certificate or encryption was not accepted"),
        ("ConnectTimeout", "it did not answer in time"),
        ("IncompleteRead", "the body broke off"),
    ):
        if mark in text:
            return words
    return "the connection broke"


def _no_answer(address: str, why: str) -> SourceUnavailable:
    remedy = "Look at your network and try again later."
    if "certificate" in why:
        remedy = (
            "If your network inspects its traffic, ask for the file of its own certificate and name it in the setting "
            "REQUESTS_CA_BUNDLE. Otherwise try again later."
        )
    return SourceUnavailable(
        f"{urlsplit(address).netloc} could not be reached: {why}.",
        where=address,
        do=f"{remedy} The figures held stay as they are.",
    )


def _by_the_proxy(address: str, error: Exception) -> SourceUnavailable:
    why = "asks for a login" if "407" in str(error) else "does not let us through"
    return SourceUnavailable(
        f"{urlsplit(address).netloc} could not be reached: the proxy of your network {why}.",
        where=address,
        do="Look at the settings HTTPS_PROXY and NO_PROXY. The figures held stay as they are.",
    )


def _no_certificates(address: str) -> SourceUnavailable:
    return SourceUnavailable(
        "The file of certificates that REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE names is not there.",
        where=address,
        do="Correct the setting, or remove it. The figures held stay as they are.",
    )


def _proxy_or_address(address: str, error: Exception) -> SourceUnavailable:
    if isinstance(error, requests.exceptions.InvalidProxyURL):
        return SourceUnavailable(
            "The address of the proxy is none.",
            where=address,
            do="Look at the setting HTTPS_PROXY: it should be a URL.",
        )
    return no_address(address)


def no_address(address: str, *, where: str = "") -> SourceUnavailable:
    """The error for text that should be an address and is none."""
    return SourceUnavailable(
        f"{address[:200]!r} is no address that can be asked.",
        where=where or address,
        do="Look at the publisher's page: the file may have moved. If so, put its new address into pipeline/sources.",
    )


def cut_short(address: str, why: str) -> SourceUnavailable:
    """The error for a body that did not come whole."""
    return SourceUnavailable(
        f"The file did not come whole: {why}.",
        where=address,
        do="Try again later. The figures held stay as they are.",
    )


def too_large(address: str, largest_megabytes: float) -> SourceUnavailable:
    """The error for a body larger than its source may be."""
    return SourceUnavailable(
        f"The file is larger than the {largest_megabytes:g} MB that this source may have.",
        where=address,
        do="Look at the file; if it is right, raise largest_megabytes of the source.",
    )


def too_slow(address: str, total_seconds: float) -> SourceUnavailable:
    """The error for a body that takes too long."""
    return SourceUnavailable(
        f"The file took longer than {total_seconds:g} seconds.",
        where=address,
        do="Try again later. The figures held stay as they are.",
    )


def not_on_mirror(place: str) -> NotOnMirror:
    """The error for a file that the mirror does not hold."""
    return NotOnMirror("The mirror does not hold this file.", where=place, do="Add the file to the mirror.")


def refuse_status(response: requests.Response, address: str, *, on_mirror: bool) -> None:
    """Refuse a response that brings no file.

    Raises:
        MayPass: the server is busy or out of order (429, 5xx), with the wait that it asks for.
        NotOnMirror: the mirror says 404.
        SourceUnavailable: anything else that is not the file.
    """
    status = response.status_code
    if status in (200, 304):
        return
    if status in (404, 410) and on_mirror:
        raise not_on_mirror(address)
    if status == 429 or status >= 500:
        wait = _retry_after_seconds(response.headers.get("Retry-After", ""))
        patience = f" It asks to wait {wait:g} seconds." if wait is not None else ""
        raise MayPass(
            SourceUnavailable(
                f"The server is busy or out of order (status {status}).{patience}",
                where=address,
                do="Try again later. The figures held stay as they are.",
            ),
            wait_seconds=wait,
        )
    meaning = {
        401: "asks for a login",
        403: "refuses us the file",
        404: "has no such file",
        410: "has withdrawn the file",
    }
    raise SourceUnavailable(
        f"The publisher {meaning.get(status, 'answers in a way we do not know')} (status {status}).",
        where=address,
        do="Look at the publisher's page: the file may have moved. If so, put its new address into pipeline/sources.",
    )


def _retry_after_seconds(header: str) -> float | None:
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
