import doctest
import json
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons.field_sales.tools import planning, suggestion

CASES = Path(__file__).parents[1] / "static/tests/suggestion_cases.js"


def load_cases():
    """The table that the Hoot tests read as a module: a JSON list inside."""
    text = CASES.read_text(encoding="utf-8")
    return json.loads(text[text.index("= [") + 2 : text.rindex(";")])


@tagged("post_install", "-at_install")
class TestSuggestion(BaseCase):
    def test_table(self):
        """FS-12: (last stock + last order - stock now) × factor - stock now, never
        below 0, raised to the safety stock, up to the case, capped by shelf life."""
        for case in load_cases():
            result = suggestion.suggest(case["facts"])
            for name, value in case["expected"].items():
                with self.subTest(case=case["name"], figure=name):
                    self.assertEqual(result[name], value)

    def test_source_factor(self):
        """FS-12: the source's example of 1.5 times, with and without rounding."""
        facts = load_cases()[0]["facts"]
        self.assertEqual(facts["factor"], 1.5)
        self.assertEqual((40 + 24 - 30) * 1.5 - 30, suggestion.suggest(facts)["wanted"])

    def test_doctests(self):
        """FS-06, FS-12: the examples of the tools hold."""
        for module in (planning, suggestion):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)
