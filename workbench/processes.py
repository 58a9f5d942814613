"""Child processes: their output into a log, a sign of life to the console."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from . import locks
from .console import detail

_running: set[subprocess.Popen] = set()
_interrupted = threading.Event()

#: Seconds between two signs of life of a long run.
HEARTBEAT = 30


def last_line(path: Path) -> str:
    """The last line of a log that says anything, shortened."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - 4000))
            lines = log.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def output_of(
    command: Sequence[str | Path], **options: object
) -> subprocess.CompletedProcess[str]:
    """Run a short ``command`` to its end; what it says, errors included, as text."""
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        pass_fds=locks.held(),
        **options,
    )


def run_logged(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    sign_of_life: Callable[[Path], str] = last_line,
) -> int:
    """Run ``command`` with its output in ``log``; return its exit status.

    The child gets a process group of its own, and the whole group is ended when this
    process is interrupted: Odoo starts browsers, which otherwise would stay.
    """
    with log.open("wb") as output:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=True,
            pass_fds=locks.held(),
        )
    _running.add(child)
    try:
        status = _wait(child, log, sign_of_life)
        if _interrupted.is_set():
            raise KeyboardInterrupt
        return status
    except BaseException:
        end_group(child)
        raise
    finally:
        _running.remove(child)


def interrupt() -> None:
    """End what other threads of this run are at: they hear of no Ctrl-C."""
    _interrupted.set()
    for child in tuple(_running):
        end_group(child)


def _wait(
    child: subprocess.Popen, log: Path, sign_of_life: Callable[[Path], str]
) -> int:
    started = time.monotonic()
    while True:
        try:
            return child.wait(timeout=HEARTBEAT)
        except subprocess.TimeoutExpired:
            seconds = int(time.monotonic() - started)
            detail(f"... {seconds} s, {log.stem}: {sign_of_life(log)}")


def end_group(child: subprocess.Popen, patience: float = 10) -> None:
    """End a child and everything it started, by force if it does not listen."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, number)
        except ProcessLookupError:
            break
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            continue
    child.poll()
