from datetime import date
from pathlib import Path

from odoo.tests import BaseCase

from ..tools.coverage import Goodwill, Policy, RunningIn, Term, Unit, get_cover

TABLE = Path(__file__).with_name("coverage_table.txt")
BOTH = Term(24, 60_000)
PARTS = {"battery": Term(6, 10_000), "engine": Term(36, 100_000), "belt": Term(24)}
EXCLUDED = frozenset({"lamp", "wiper"})

POLICIES = {
    "year": Policy(Term(12)),
    "month": Policy(Term(1)),
    "both": Policy(BOTH),
    "parts": Policy(BOTH, PARTS, EXCLUDED),
    "void": Policy(BOTH, running_in=RunningIn(90, 2_500)),
    "void-day": Policy(BOTH, running_in=RunningIn(90, 0)),
    "void-use": Policy(BOTH, running_in=RunningIn(0, 2_500)),
    "short": Policy(BOTH, PARTS, running_in=RunningIn(90, 2_500, Term(12, 20_000))),
    "short-day": Policy(BOTH, running_in=RunningIn(90, 2_500, Term(12))),
    "least": Policy(BOTH, PARTS, EXCLUDED, least=Term(6, 5_000)),
    "least-day": Policy(BOTH, least=Term(6)),
    "least-use": Policy(BOTH, least=Term(0, 5_000)),
    "good": Policy(BOTH, excluded=EXCLUDED, goodwill=Goodwill(6, 10_000, 50)),
    "good-day": Policy(BOTH, goodwill=Goodwill(6, 0, 30)),
    "good-use": Policy(BOTH, goodwill=Goodwill(0, 10_000, 70)),
    "good-none": Policy(BOTH, goodwill=Goodwill(6, 10_000, 0)),
    "good-year": Policy(Term(12), goodwill=Goodwill(3, 0, 50)),
    "good-void": Policy(
        BOTH, running_in=RunningIn(90, 2_500), goodwill=Goodwill(6, 10_000, 50)
    ),
}


def _day(text):
    return None if text == "-" else date.fromisoformat(text)


def _event(text):
    """Day and reading of a service or a replacement."""
    if text == "-":
        return None
    day, usage = text.split("/")
    return date.fromisoformat(day), int(usage)


def _split(row):
    """The seven facts of a row as texts: policy, start, part, service, replacement, day
    and reading."""
    *words, day, usage = row.split()[:-4]
    return (*words, *["-"] * (5 - len(words)), day, usage)


def _parse(row):
    expected = row.split()[-4:]
    policy, start, part, *events, day, usage = _split(row)
    unit = Unit(
        _day(start),
        _event(events[0]),
        {part: _event(events[1])} if events[1] != "-" else {},
    )
    part = None if part == "-" else part
    return (
        (POLICIES[policy], unit, part, _day(day), int(usage)),
        (expected[0], expected[1], float(expected[2]), _day(expected[3])),
    )


class TestCoverageTable(BaseCase):
    def _get_sections(self):
        """Rows of each section of the table: what stands between two comments."""
        sections, rows = [], []
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                rows.append(line)
            elif rows:
                sections.append(rows)
                rows = []
        return [*sections, rows]

    def test_every_row_has_its_neighbour(self):
        """AS-02: each row differs from another of its section in exactly one fact:
        policy, start, part, service, replacement, day or reading."""
        for rows in self._get_sections():
            facts = [_split(row) for row in rows]
            for row, own in zip(rows, facts, strict=True):
                with self.subTest(row):
                    distances = [
                        sum(a != b for a, b in zip(own, other, strict=True))
                        for other in facts
                    ]
                    self.assertIn(1, distances)

    def test_every_row(self):
        """AS-02: months or usage, parts, running-in, replaced parts, goodwill."""
        lines = TABLE.read_text(encoding="utf-8").splitlines()
        rows = [line for line in lines if line and not line.startswith("#")]
        self.assertGreaterEqual(len(rows), 120)
        self.assertEqual(len(rows), len({" ".join(row.split()) for row in rows}))
        for row in rows:
            facts, expected = _parse(row)
            with self.subTest(row):
                cover = get_cover(*facts)
                self.assertEqual(
                    (cover.payer, cover.cause, cover.percent, cover.last), expected
                )
