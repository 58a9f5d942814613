"""Jobs that work on everything at once, beside one SQL statement for the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

from .measure import Contender
from .report import Row
from .writes import growth_line


@dataclass(frozen=True)
class Job:
    """A job of an app.

    :param str name: as printed
    :param prepare: ``prepare(env, ref, size)`` returning its state; not timed
    :param run: ``run(env, state)``
    :param floors: ``{label: run(env, state)}``; ``sql`` is the fewest statements for
        the same rows
    :param tuple sizes: functions of ``Sizes``: how many records at most
    :param tuple goals: held against the largest size
    """

    name: str
    run: Callable
    floors: dict
    prepare: Callable
    sizes: tuple
    goals: tuple = ()
    unit: str = ""


def measure(bench, report, job, ref, sizes):
    counts = []
    for size in [number(sizes) for number in job.sizes]:

        def setup(env, size=size):
            state = job.prepare(env, ref, size)
            env.cr.flush()
            return state

        uid = ref["manager"]
        contenders = [Contender("ours", job.run, setup, uid)]
        contenders += [
            Contender(label, run, setup, uid) for label, run in job.floors.items()
        ]
        measures = bench.compare(contenders)
        is_last = size == job.sizes[-1](sizes)
        name = f"{job.name} {size:,} {job.unit}".strip()
        report.row(Row(name, measures, job.goals if is_last else (), size))
        counts.append(measures["ours"])
    growth_line(report, job.name, counts)
