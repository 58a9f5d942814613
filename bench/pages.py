"""Pages that one call fetches as a whole, beside the fewest statements for the same."""

from collections.abc import Callable
from dataclasses import dataclass

from .measure import Contender
from .report import Goal, Row

#: ours, times the floor: the texts of a page are put together in Python
RATIO = 4.0


@dataclass(frozen=True)
class Page:
    """What a page asks the server for when it opens.

    :param str name: as printed
    :param run: ``run(env, state)``: the call of the page
    :param setup: ``setup(env)``: what is on the page besides the generated rows, not
        timed; returns the state
    :param floor: ``floor(env, state)``: the same counts and rows by SQL
    :param int statements: that the page may take
    """

    name: str
    run: Callable
    setup: Callable
    floor: Callable
    statements: int


def measure(bench, report, page, uid):
    """Print the row of one page, as the user sees it who works with it."""
    contenders = [
        Contender("ours", page.run, page.setup, uid=uid),
        Contender("sql", page.floor, page.setup, uid=uid, flush=False),
    ]
    goals = (Goal(RATIO, "sql"), Goal(page.statements, kind="statements"))
    report.row(Row(page.name, bench.compare(contenders), goals))


def ask(env, text, values=()):
    """Rows of one statement of a floor."""
    env.cr.execute(text, values)
    return env.cr.fetchall()
