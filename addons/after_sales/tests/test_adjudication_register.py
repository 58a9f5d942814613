from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import LazyTranslate

from odoo.addons.after_sales.tools import adjudication
from odoo.addons.after_sales.tools.adjudication import FAIL, PASS, Verdict

from .common import AfterSalesCommon

_lt = LazyTranslate(__name__)


def check_color(facts, limit):
    """No red units; says nothing about those without a colour."""
    if not facts.get("color"):
        return None
    is_red = facts["color"] == "red"
    return Verdict(FAIL if is_red else PASS, {"color": facts["color"]})


@tagged("post_install", "-at_install")
class TestAdjudicationRegister(AfterSalesCommon):
    """AS-08: an addon adds a rule: a function, a key, its facts and its sentences."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(adjudication.CHECKS))
        adjudication.rule("color")(check_color)
        key = self.env["after.sales.rule"]._fields["key"]
        self.patch(key, "_selection", {**key._selection, "color": "Colour"})
        self.color = "red"
        claims = self.registry["after.sales.claim"]
        get_facts = claims._get_rule_facts

        def _get_rule_facts(records):
            facts = get_facts(records)
            return {id_: {**row, "color": self.color} for id_, row in facts.items()}

        self.patch(claims, "_get_rule_facts", _get_rule_facts)
        findings = self.registry["after.sales.finding"]
        sentences = {
            **self.env["after.sales.finding"]._get_sentences(),
            ("color", "breach"): _lt("The unit is %(color)s."),
        }
        self.patch(findings, "_get_sentences", lambda _model: sentences)
        self.env["after.sales.rule"].create(
            {"key": "color", "name": "Colour", "breach": "warn", "sequence": 99}
        )

    def test_rule_of_another_addon(self):
        """AS-08: its verdict is a finding like the others."""
        claim = self._create_submitted()
        finding = claim.finding_ids.filtered(lambda row: row.key == "color")
        self.assertEqual(finding.verdict, "warn")
        self.assertEqual(finding.sentence, "The unit is red.")
        self.assertEqual(claim.verdict, "warn")

    def test_rule_with_nothing_to_say(self):
        """AS-08: no finding, and no verdict from it."""
        self.color = False
        claim = self._create_submitted()
        self.assertNotIn("color", self._get_verdicts(claim))
        self.assertEqual(claim.verdict, "pass")
