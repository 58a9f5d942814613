"""What the user sees while the workbench works."""

import sys
import time

_STARTED = time.monotonic()


def elapsed() -> str:
    """Time since the command was started, as minutes and seconds."""
    minutes, seconds = divmod(int(time.monotonic() - _STARTED), 60)
    return f"{minutes:2d}:{seconds:02d}"


def step(text: str) -> None:
    """Announce a step. Flushed, because the output is often a pipe."""
    print(f"[{elapsed()}] {text}", flush=True)


def detail(text: str) -> None:
    """Say what goes on within a step."""
    print(f"        {text}", flush=True)


def complain(text: str) -> None:
    """One clear line on the error channel."""
    print(f"workbench: {text}", file=sys.stderr, flush=True)
