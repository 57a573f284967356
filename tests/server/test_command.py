"""What the command that serves the dashboard says and does."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from running import ROOT, Running, command


def outcome(*words: str, **environment: str) -> tuple[int, str, str]:
    process = command(*words, **environment)
    said, complained = process.communicate(timeout=60)
    return process.returncode, said, complained


def test_a_port_in_use_is_said_in_words_with_another_port_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said, complained = outcome("--port", str(port))
    assert code == 8
    assert said == ""
    assert complained.splitlines() == [
        f"Port {port} is already in use.",
        f"Where: address 127.0.0.1, port {port}",
        f"What to do: Stop the other program, or choose another port: python -m dashboard --port {port + 1}",
    ]


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80.5", ""])
def test_a_port_that_is_none_is_refused_and_the_variable_named(port: str) -> None:
    code, said, complained = outcome("--port", port) if not port else outcome(PORT=port)
    assert code == 2
    assert said == ""
    assert "--port" in complained
    assert "Traceback" not in complained
    assert not port or "PORT" in complained


@pytest.mark.parametrize(
    "site", ["example.org", "https://a.example; script-src *", "https://a.example,https://b.example", "*.*"]
)
def test_a_site_that_is_none_is_refused_and_the_variable_named(site: str) -> None:
    code, said, complained = outcome(EMBEDDED_BY=site)
    assert (code, said) == (2, "")
    assert "EMBEDDED_BY" in complained
    assert "Write it as https://www.example.org" in complained


def test_an_address_of_another_machine_is_refused() -> None:
    code, _, complained = outcome("--address", "192.0.2.1", "--port", "0")
    assert code == 8
    assert complained.startswith("The address 192.0.2.1 is not one of this machine.")
    assert "Traceback" not in complained


def test_a_setting_of_the_wrong_kind_names_the_variable() -> None:
    code, _, complained = outcome("--port", "0", STREAMLIT_SERVER_MAX_MESSAGE_SIZE="large")
    assert code == 2
    assert complained.startswith("STREAMLIT_SERVER_MAX_MESSAGE_SIZE is 'large'")


def test_ctrl_c_ends_it_quickly_and_without_complaint() -> None:
    # A shell's `&` starts a process with Ctrl-C switched off; the dashboard heeds it all the same.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = command("--port", "0")
    signal.signal(signal.SIGINT, before)
    assert process.stdout is not None
    address = process.stdout.readline().split()[4]
    assert urllib.request.urlopen(address).status == 200
    process.send_signal(signal.SIGINT)
    said, complained = process.communicate(timeout=10)
    assert said == "Stopped.\n"
    assert process.returncode == 0
    assert "Traceback" not in complained
    assert all(json.loads(line)["level"] == "INFO" for line in complained.splitlines())


def test_it_serves_this_machine_alone_unless_told_otherwise(served: Running) -> None:
    assert served.address.startswith("http://127.0.0.1:")


HEAPS = """
import ctypes
from threading import Barrier, Thread
from dashboard.server.run import give_memory_back
{}
library, met, kept = ctypes.CDLL(None), Barrier(12), []
def fill():
    met.wait()
    kept.append([bytes(5_000) for _ in range(20)])
    met.wait()
threads = [Thread(target=fill) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library.malloc_info(0, ctypes.c_void_p.in_dll(library, "stdout"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a setting of the GNU C library")
def test_threads_share_two_heaps() -> None:
    heaps = [
        subprocess.run([sys.executable, "-c", HEAPS.format(call)], cwd=ROOT, capture_output=True, text=True, check=True)
        for call in ("give_memory_back()", "")
    ]
    assert [min(found.stdout.count("<heap "), 3) for found in heaps] == [2, 3]
