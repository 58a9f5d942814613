"""Jobs that work on everything at once, beside one SQL statement for the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

from . import raw
from .goals import GROWTH
from .measure import Contender
from .report import INSERTED, Row
from .writes import record


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
    """Print the rows of one job, and its statements from the first to the last size."""
    statements = []
    numbers = [number(sizes) for number in job.sizes]
    for size in numbers:

        def setup(env, size=size):
            state = job.prepare(env, ref, size)
            env.cr.flush()
            return state

        ours = Contender("ours", job.run, setup, ref["manager"])
        inserted = raw.count(record(bench, ours) or {})
        contenders = [ours]
        contenders += [
            Contender(label, run, setup, ours.uid) for label, run in job.floors.items()
        ]
        measures = bench.compare(contenders)
        goals = job.goals if size == numbers[-1] else ()
        name = f"{job.name} {size:,} {job.unit}".strip()
        report.row(Row(name, measures, goals, size, inserted))
        statements.append((measures["ours"], inserted))
    _print_growth(report, job, statements)


def _print_growth(report, job, statements):
    """Beyond what the ORM needs to insert the rows, the number stays."""
    if any(measure.error for measure, _rows in statements):
        return
    (first, _rows), (last, inserted) = statements[0], statements[-1]
    met = last.statements <= first.statements + GROWTH + inserted / INSERTED
    text = report.verdict(
        job.name, f"statements grow by {GROWTH} and one for {INSERTED} rows", met
    )
    report.line(
        f"  {job.name}: statements {first.statements} → {last.statements} "
        f"for {inserted:,} rows inserted  {text}"
    )
