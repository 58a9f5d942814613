from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestReviewRule(AssistantCommon):
    """SA-11: each rule from the order in the database to its finding."""

    def _find(self, order):
        review = self._request(order)
        return {finding.key: finding for finding in review.finding_ids}

    def assertSpecial(self, order, key):
        findings = self._find(order)
        failed = {key for key, found in findings.items() if found.verdict == "fail"}
        self.assertEqual(failed, {key} if key else set())
        self.assertEqual(order.sales_review_ids.kind, "special" if key else "normal")
        return findings

    def test_normal(self):
        """SA-11: an ordinary order fails no rule; every rule leaves its finding."""
        findings = self.assertSpecial(self._create_order(), None)
        self.assertEqual(set(findings), set(self.rules))

    def test_amount(self):
        """SA-11: the limit is inclusive."""
        self.rules["amount"].limit = 1000
        self.assertSpecial(self._create_order(quantity=100, price=10), None)
        self.assertSpecial(self._create_order(quantity=100, price=10.01), "amount")

    def test_amount_in_foreign_currency(self):
        """SA-11: the limit compares in company currency, the rate used is kept."""
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 4.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        self.rules["amount"].limit = 1000
        order = self._create_order(quantity=100, price=40, pricelist_id=pricelist.id)
        finding = self.assertSpecial(order, None)["amount"]
        self.assertEqual(finding.facts["rate"], 4.0)
        self.assertEqual(finding.facts["order_amount"][0], 1000)
        order = self._create_order(quantity=100, price=41, pricelist_id=pricelist.id)
        self.assertSpecial(order, "amount")

    def test_discount(self):
        """SA-11: the general limit holds for who has no authority of his own."""
        self.assertSpecial(self._create_order(discount=10), None)
        self.assertSpecial(self._create_order(discount=10.5), "discount")

    def test_discount_authority(self):
        """SA-11: one's own authority counts instead, higher or lower."""
        authority = self.env["sales.assistant.authority"].create(
            {"user_id": self.salesperson.id, "limit": 20, "company_id": self.company.id}
        )
        self.assertSpecial(self._create_order(discount=20), None)
        self.assertSpecial(self._create_order(discount=21), "discount")
        authority.limit = 0
        self.assertSpecial(self._create_order(discount=1), "discount")

    def test_payment_term(self):
        """SA-11: days count to the last part of the term."""
        self.assertSpecial(
            self._create_order(payment_term_id=self.term_60.id), "payment_term"
        )
        self.assertSpecial(self._create_order(payment_term_id=self.term_30.id), None)
        self.assertSpecial(self._create_order(payment_term_id=False), None)

    def test_lead_time(self):
        """SA-11: working days to the promised date; nothing promised passes."""
        days = self.company._get_sales_working_days(
            self.today, self.today + timedelta(days=60)
        )
        enough, short = days.add(self.today, 10), days.add(self.today, 9)
        moment = self.company._get_sales_moment
        order = self._create_order(commitment_date=moment(enough) + timedelta(hours=12))
        self.assertSpecial(order, None)
        order = self._create_order(commitment_date=moment(short) + timedelta(hours=12))
        self.assertSpecial(order, "lead_time")

    def test_new_customer(self):
        """SA-11: a customer is new until the first confirmed order; contacts count for
        their company."""
        new = self._create_customer("Neukunde GmbH")
        self.assertSpecial(self._create_order(partner=new), "new_customer")
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self.assertSpecial(self._create_order(partner=contact), None)

    def test_inactive_rule(self):
        """SA-11: an archived rule is not asked."""
        self.rules["amount"].active = False
        order = self._create_order(quantity=100000)
        self.assertNotIn("amount", self.assertSpecial(order, None))

    def test_rule_of_the_company_wins(self):
        """SA-11: a company's own limit counts before the shared one."""
        self.rules["amount"].copy({"company_id": self.company.id, "limit": 50})
        self.assertSpecial(self._create_order(quantity=10, price=10), "amount")

    def test_sentence_in_the_readers_language(self):
        """SA-11: verdicts are facts; the sentence is made when read."""
        finding = self._find(self._create_order(discount=12))["discount"]
        self.assertEqual(
            finding.sentence, "The discount of 12 % is over the authority of 10 %."
        )

    def test_verdicts_speak_chinese(self):
        """Style 13: the options of the base's fields are translated on the app's models
        too when the app comes after the language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])
        findings = self.env["sales.assistant.finding"].with_context(lang="zh_CN")
        verdicts = dict(
            findings._fields["verdict"]._description_selection(findings.env)
        )
        self.assertEqual((verdicts["pass"], verdicts["fail"]), ("通过", "不通过"))
