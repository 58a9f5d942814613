"""How something is timed: all contenders in turn, round by round, medians.

Absolute times of a machine drift; contenders that take turns meet the same drift, so
their ratio holds. Every run has its own transaction, which is rolled back.
"""

import gc
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .database import environment

#: what took less in all is repeated up to so many times
QUICK_SECONDS, MANY_ROUNDS = 3.0, 15
#: what took more in all is not repeated beyond so many times
SLOW_SECONDS, FEW_ROUNDS = 90.0, 2


@dataclass
class Contender:
    """Something to time.

    :param str label: ``ours``, or the name of a floor
    :param run: ``run(env, state)``, timed with the flush and pre-commit hooks
        (tracking, chatter) that it leaves
    :param setup: ``setup(env)`` returning the state, not timed
    """

    label: str
    run: Callable
    setup: Callable | None = None
    uid: int = 0
    flush: bool = True
    samples: list = field(default_factory=list)
    error: str = ""


@dataclass(frozen=True)
class Measure:
    """Medians of one contender; ``statements`` is the number of its SQL statements."""

    ms: float
    statements: int
    error: str = ""


class Bench:
    """The registry measured, who is measured, and how often."""

    def __init__(self, registry, uid, rounds=3):
        self.registry, self.uid, self.rounds = registry, uid, rounds

    def compare(self, contenders):
        """Time the contenders in turn, once to warm up and then ``rounds`` times; quick
        ones more often, because a pause of the machine weighs more on them.

        :returns: {label: Measure}
        """
        started, number = time.monotonic(), -2
        while self._goes_on(number + 1, time.monotonic() - started):
            number += 1
            shift = number % max(len(contenders), 1)
            for contender in contenders[shift:] + contenders[:shift]:
                if contender.error:
                    continue
                try:
                    sample = self._time_once(contender)
                except Exception as error:  # noqa: BLE001 - one broken row, not the table
                    contender.error = f"{type(error).__name__}: {error}"[:300]
                    text = contender.error.replace("\n", " ")
                    print(f"  {contender.label}: {text}", file=sys.stderr)
                    continue
                if number >= 0:
                    contender.samples.append(sample)
        return {contender.label: _median(contender) for contender in contenders}

    def _goes_on(self, number, seconds):
        """Whether round ``number`` is timed after so many seconds."""
        if number < FEW_ROUNDS:
            return True
        if number < self.rounds:
            return seconds < SLOW_SECONDS
        return number < MANY_ROUNDS and seconds < QUICK_SECONDS

    def _time_once(self, contender):
        thread = threading.current_thread()
        with environment(self.registry, contender.uid or self.uid) as env:
            state = contender.setup(env) if contender.setup else None
            env.cr.flush()
            env.invalidate_all()
            gc.collect()
            thread.query_count, thread.query_time = 0, 0.0
            try:
                started = time.perf_counter()
                contender.run(env, state)
                if contender.flush:
                    env.cr.flush()
                seconds = time.perf_counter() - started
                return seconds * 1e3, thread.query_count
            finally:
                del thread.query_count, thread.query_time


def _median(contender):
    if contender.error or not contender.samples:
        return Measure(0.0, 0, contender.error or "not measured")
    times, counts = zip(*contender.samples, strict=True)
    return Measure(statistics.median(times), int(statistics.median(counts)))


# ------------------------------------------------------------ memory of this process


def reset_peak():
    with open("/proc/self/clear_refs", "w") as handle:
        handle.write("5")


def resident_mib(key="VmRSS"):
    """Resident memory now (``VmRSS``) or at its highest (``VmHWM``) in MiB."""
    with open("/proc/self/status") as handle:
        for line in handle:
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
    raise LookupError(key)
