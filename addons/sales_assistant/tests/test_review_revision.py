from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestReviewRevision(AssistantCommon):
    """SA-11: a revision asks again only the departments whose terms were touched; an
    absent member is replaced by his stand-in; who is late is reminded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules["lead_time"].department_ids = cls.finance

    def _create_answered(self):
        """A review that asks the technical department because of the amount and the
        finance department because of the date; both have answered."""
        review = self._create_special(commitment_date=self._promise(3))
        by_department = review.opinion_ids.grouped("department_id")
        self._answer(
            by_department[self.technical], self.technician, "conditional", "In two lots"
        )
        self._answer(by_department[self.finance], self.desk_manager)
        return review

    def _revise(self, order, **values):
        order.with_user(self.salesperson).write(values)
        return order.sales_review_id

    def test_only_the_touched_opinion(self):
        """SA-11: another date asks finance again; the words of the technical department
        on the amount stay as they were given, with the review they come from."""
        review = self._create_answered()
        new = self._revise(review.order_id, commitment_date=self._promise(4))
        self.assertEqual(new.previous_id, review)
        opinions = new.opinion_ids.grouped("department_id")
        kept = opinions[self.technical]
        self.assertEqual(kept.opinion, "conditional")
        self.assertEqual(kept.note, "In two lots")
        self.assertEqual(kept.user_id, self.technician)
        self.assertEqual(kept.kept_from_id.review_id, review)
        self.assertFalse(opinions[self.finance].opinion)
        self.assertFalse(opinions[self.finance].kept_from_id)

    def test_touched_by_money(self):
        """SA-11: another price asks the department of the amount, not that of the
        date."""
        review = self._create_answered()
        line = review.order_id.order_line
        line.with_user(self.salesperson).price_unit = 11
        opinions = review.order_id.sales_review_id.opinion_ids.grouped("department_id")
        self.assertFalse(opinions[self.technical].opinion)
        self.assertEqual(opinions[self.finance].opinion, "agree")

    def test_rule_that_fails_anew(self):
        """SA-11: a department that has answered about one rule is asked again when
        another of its rules fails now."""
        self.rules["discount"].department_ids = self.finance
        review = self._create_answered()
        line = review.order_id.order_line
        line.with_user(self.salesperson).discount = 40
        opinions = review.order_id.sales_review_id.opinion_ids
        self.assertFalse(any(opinions.mapped("opinion")))

    def test_other_customer_touches_all(self):
        """SA-11: for another customer everybody is asked again."""
        review = self._create_answered()
        other = self._create_customer("Andere AG")
        new = self._revise(review.order_id, partner_id=other.id)
        self.assertFalse(any(new.opinion_ids.mapped("opinion")))

    def test_kept_over_two_revisions(self):
        """SA-11: an opinion is kept as long as its terms stay, from where it was
        given."""
        review = self._create_answered()
        self._revise(review.order_id, commitment_date=self._promise(4))
        new = self._revise(review.order_id, commitment_date=self._promise(5))
        kept = new.opinion_ids.grouped("department_id")[self.technical]
        self.assertEqual(kept.kept_from_id.review_id, review)

    def test_confirmed_order(self):
        """SA-11: a confirmed order is reviewed again after a change, with the
        difference shown and the untouched opinion kept; the manager decides again."""
        review = self._create_answered()
        order = review.order_id
        self._decide(review)
        order.with_user(self.salesperson).action_confirm()
        new = self._revise(order, commitment_date=self._promise(9))
        self.assertEqual((order.state, new.state), ("sale", "in_review"))
        self.assertIn("→", "".join(order.message_ids.mapped("body")))
        self.assertTrue(new.changes_html)
        opinion = new.opinion_ids.filtered(lambda one: not one.opinion)
        self.assertEqual(opinion.department_id, self.finance)
        self._answer(opinion, self.desk_manager)
        self._decide(new)
        self.assertEqual(new.state, "approved")

    def test_asked_by_hand(self):
        """SA-11: a department that a manager asked about the whole is asked again."""
        quality = self.env["sales.department"].create(
            {"name": "Quality", "user_id": self.lead.id}
        )
        review = self._create_answered()
        asked = (
            self.env["sales.assistant.review.opinion"]
            .with_user(self.desk_manager)
            .create({"review_id": review.id, "department_id": quality.id})
        )
        self._answer(asked.sudo(False), self.lead)
        new = self._revise(review.order_id, commitment_date=self._promise(4))
        opinions = new.opinion_ids.grouped("department_id")
        self.assertFalse(opinions[quality].opinion)

    def test_withdrawn_keeps_nothing(self):
        """SA-11: a review asked for by hand starts with all departments."""
        review = self._create_answered()
        review.with_user(self.salesperson).action_supersede()
        new = self._request(review.order_id)
        self.assertEqual(len(new.opinion_ids), 2)
        self.assertFalse(any(new.opinion_ids.mapped("opinion")))

    def test_kept_is_closed(self):
        """SA-11: nobody writes an opinion as if it had been kept."""
        review = self._create_answered()
        new = self._revise(review.order_id, commitment_date=self._promise(4))
        for fname in ("kept_from_id", "principal_id", "reminder_count"):
            with self.subTest(field=fname), self.assertRaises(AccessError):
                new.opinion_ids.with_user(self.desk_manager).write({fname: False})

    # ---------------------------------------------------------------- stand-in

    def test_standin_answers(self):
        """SA-11: while a member is absent his stand-in sees and gives the opinion, and
        both names are kept."""
        review = self._create_special()
        opinion = review.opinion_ids
        as_other = opinion.with_user(self.other_tech)
        self.assertFalse(as_other.search([("id", "=", opinion.id)]))
        with self.assertRaises(AccessError):
            self._answer(opinion, self.other_tech)
        self.technician.sales_standin_id = self.other_tech
        self.assertTrue(as_other.search([("id", "=", opinion.id)]))
        self.assertTrue(as_other.can_answer)
        self.assertIn("Bearing 6204", review.with_user(self.other_tech).terms_html)
        self.assertIn(opinion, as_other.search(as_other._get_mine_domain()))
        self._answer(opinion, self.other_tech)
        self.assertEqual(opinion.user_id, self.other_tech)
        self.assertEqual(opinion.principal_id, self.technician)

    def test_member_answers_for_himself(self):
        """SA-11: who is a member himself answers on nobody's behalf."""
        opinion = self._create_special().opinion_ids
        self._answer(opinion, self.technician)
        self.assertFalse(opinion.principal_id)

    # ---------------------------------------------------------------- reminder

    def _remind(self):
        opinions = self.env["sales.assistant.review.opinion"]
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        opinions.with_company(self.company)._do_remind(
            opinions.search(opinions._get_reminder_domain(self.company))
        )
        return self.env["mail.message"].search(
            [("id", ">", before), ("message_type", "=", "user_notification")]
        )

    def test_reminder(self):
        """SA-11: one message per person the working day before, one when the day has
        passed, and no more."""
        self.env["sales.assistant.review.opinion"].search(
            [("opinion", "=", False)]
        ).reminder_count = 2  # what the demo data left
        self.company.sales_assistant_opinion_days = 20
        opinions = (self._create_special() | self._create_special()).opinion_ids
        self.assertFalse(self._remind())
        opinions.date_due = self.company._get_sales_day_ahead(1)
        message = self._remind()
        self.assertEqual(message.notified_partner_ids, self.technician.partner_id)
        for opinion in opinions:
            self.assertIn(opinion.review_id.name, message.body)
        self.assertFalse(self._remind())
        opinions.date_due = self.today - timedelta(days=1)
        self.assertEqual(len(self._remind()), 1)
        self.assertFalse(self._remind())

    def test_reminder_goes_to_the_standin(self):
        """SA-11: the stand-in is reminded instead of who is absent."""
        self.technician.sales_standin_id = self.other_tech
        opinion = self._create_special().opinion_ids
        self.assertEqual(opinion._get_addressees(), self.other_tech)

    # ------------------------------------------------------------------ record

    def test_review_record(self):
        """SA-11: the record of the review is printed with findings, changes, opinions
        and decision, in the reader's language."""
        review = self._create_answered()
        new = self._revise(review.order_id, commitment_date=self._promise(4))
        self._answer(
            new.opinion_ids.filtered(lambda one: not one.opinion), self.desk_manager
        )
        self._decide(new, "Agreed in the meeting")
        html = self._print(new)
        for text in (
            new.name,
            "In two lots",
            "Agreed in the meeting",
            "is over",
            "Changed since the review before",
            f"kept from <span>{review.name}</span>",
            "Bearing 6204",
        ):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def test_review_record_in_chinese(self):
        """F-08: the record is complete in Chinese."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["sales_assistant"], ["zh_CN"])
        html = self._print(self._create_answered(), lang="zh_CN")
        for text in ("合同评审", "各部门会签意见", "评审条款"):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def _print(self, review, lang="en_US"):
        report = self.env["ir.actions.report"].with_user(self.desk_manager)
        html, _kind = report.with_context(lang=lang)._render_qweb_html(
            "sales_assistant.report_review_record_document", review.ids
        )
        return html.decode()
