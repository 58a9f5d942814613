from datetime import date

from odoo.tests import BaseCase

from ..tools.coverage import Unit, get_cover
from .coverage_table import POLICIES, ROWS


def _day(text):
    return None if text == "-" else date.fromisoformat(text)


def _event(text):
    """Day and reading of a service or a replacement."""
    if text == "-":
        return None
    day, usage = text.split("/")
    return date.fromisoformat(day), int(usage)


def _parse(row):
    words = row.split()
    expected = words[-4:]
    policy, start, part, *events = words[:-6]
    events += ["-"] * (2 - len(events))
    unit = Unit(
        _day(start),
        _event(events[0]),
        {part: _event(events[1])} if events[1] != "-" else {},
    )
    part = None if part == "-" else part
    return (
        (POLICIES[policy], unit, part, _day(words[-6]), int(words[-5])),
        (expected[0], expected[1], float(expected[2]), _day(expected[3])),
    )


class TestCoverageTable(BaseCase):
    def test_every_row(self):
        """AS-02: months or usage, parts, running-in, replaced parts, goodwill."""
        rows = [row for row in ROWS.splitlines() if row and not row.startswith("#")]
        self.assertGreaterEqual(len(rows), 120)
        self.assertEqual(len(rows), len({" ".join(row.split()) for row in rows}))
        for row in rows:
            facts, expected = _parse(row)
            with self.subTest(row):
                cover = get_cover(*facts)
                self.assertEqual(
                    (cover.payer, cover.cause, cover.percent, cover.last), expected
                )
