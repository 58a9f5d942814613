"""Two runs at once: the second waits for what the first is preparing.

A lock is the kernel's (``flock``): it vanishes with its process, however that ends, so
there is never a stale one to be cleaned up. Child processes that do the work inherit it
(:func:`held`): when a run is killed, its lock lasts until its last child has ended.
"""

import contextlib
import fcntl
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from .console import detail
from .errors import WorkbenchError


class _Held(threading.local):
    """The locks of one thread: a child keeps those that it works under, no others."""

    def __init__(self) -> None:
        self.locks: set[int] = set()


_held = _Held()


def held() -> tuple[int, ...]:
    """The locks of this thread, for ``pass_fds`` of a child that works under them."""
    return tuple(_held.locks)


@contextlib.contextmanager
def exclusive(folder: Path, name: str, purpose: str) -> Iterator[None]:
    """Hold the lock ``name``; while another run holds it, say so and wait."""
    with _lock_file(folder, name) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            detail(f"waiting: another run is at it ({purpose})")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def shared(folder: Path, name: str) -> Iterator[None]:
    """Say that something is in use by this run, among others."""
    with _lock_file(folder, name) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def alone(folder: Path, name: str) -> Iterator[bool]:
    """Yield whether nobody uses it; if so, nobody begins to within the block."""
    with _lock_file(folder, name) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextlib.contextmanager
def _lock_file(folder: Path, name: str) -> Iterator[int]:
    path = folder / "locks" / re.sub(r"[^\w.-]", "_", name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise WorkbenchError(
            f"cannot write {path} ({error.strerror}): "
            "name another folder with WORKBENCH_CACHE or WORKBENCH_DATA"
        ) from error
    _held.locks.add(lock)
    try:
        yield lock
    finally:
        _held.locks.discard(lock)  # left by another thread than it was taken
        os.close(lock)
