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
    :param int batch: records that the job commits at a time; each batch may need as
        many statements as the smallest size
    :param int updates: rows of each record that are updated, each with values of its
        own; the ORM updates as many in a statement as it inserts
    """

    name: str
    run: Callable
    floors: dict
    prepare: Callable
    sizes: tuple
    goals: tuple = ()
    unit: str = ""
    batch: int = 0
    updates: int = 0

    def get_batches(self, number):
        """How many batches ``number`` records are."""
        return -(-number // self.batch) if self.batch else 1


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
        statements.append((measures["ours"], inserted + size * job.updates))
    _print_growth(report, job, statements, job.get_batches(numbers[-1]))


def _print_growth(report, job, statements, batches):
    """Beyond what the ORM needs to write the rows, the number stays."""
    if any(measure.error for measure, _rows in statements):
        return
    (first, _rows), (last, written) = statements[0], statements[-1]
    allowed = first.statements * batches + GROWTH + written / INSERTED
    text = report.verdict(
        job.name,
        f"statements of {batches} batches, {GROWTH} more and one for {INSERTED} rows",
        last.statements <= allowed,
    )
    report.line(
        f"  {job.name}: statements {first.statements} → {last.statements} "
        f"for {written:,} rows written  {text}"
    )
