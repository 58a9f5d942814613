"""Logs of this clone: two runs at once never write the same one."""

import contextlib
import itertools
from pathlib import Path

from . import locks, paths

_claims = contextlib.ExitStack()  # until this process ends
_ours: dict[Path, Path] = {}


def claim(name: str) -> Path:
    """The log ``name``; with a number in its name while another run writes that one."""
    wanted = paths.logs() / f"{name}.log"
    if wanted not in _ours:
        others = (f"{name}-{number}" for number in itertools.count(2))
        free = next(one for one in itertools.chain((name,), others) if _is_free(one))
        _ours[wanted] = wanted.with_name(f"{free}.log")
    return _ours[wanted]


def _is_free(name: str) -> bool:
    with contextlib.ExitStack() as attempt:
        is_free = attempt.enter_context(locks.alone(paths.data(), f"log-{name}"))
        if is_free:
            _claims.push(attempt.pop_all())
        return is_free
