from odoo.tests import tagged

from odoo.addons.sales_base.tools import fact

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestFindingMixin(DocumentCase):
    def test_sentence_is_made_when_read(self):
        """Architecture 8: facts are stored, the sentence is the reader's."""
        currency = self.env.ref("base.EUR")
        finding = self.env["sales.test.finding"].create(
            {
                "key": "age",
                "verdict": "fail",
                "facts": {
                    "sold_date": "2026-03-01",
                    "price_amount": fact.money(12.345, currency),
                },
            }
        )
        self.assertIn("03/01/2026", finding.sentence)
        self.assertIn("12.3", finding.sentence)
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertIn("2026", finding.with_context(lang="zh_CN").sentence)
        self.assertNotIn("03/01/2026", finding.with_context(lang="zh_CN").sentence)

    def test_wording_without_verdict(self):
        finding = self.env["sales.test.finding"].create(
            {"key": "age", "verdict": "pass", "facts": {"days": 3, "rate_percent": 2.5}}
        )
        self.assertEqual(finding.sentence, "3 days, 2.5 %.")

    def test_missing_fact_is_a_dash(self):
        words = fact.worded(self.env, {"x_date": False, "y_amount": None})
        self.assertEqual(set(words.values()), {"–"})

    def test_company_rule_wins(self):
        """A company's own rule stands before the shared one; archived ones are off."""
        Rule = self.env["sales.test.rule"]
        shared = Rule.create({"name": "shared", "key": "age", "limit": 1})
        own = Rule.create(
            {"name": "own", "key": "age", "limit": 2, "company_id": self.company.id}
        )
        self.assertEqual(Rule._get_company_rules(self.company)["age"], own)
        own.active = False
        self.assertEqual(Rule._get_company_rules(self.company)["age"], shared)
