from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.sales_assistant.tests.common import AssistantCommon


@tagged("post_install", "-at_install")
class TestSuggestion(AssistantCommon):
    """SA-07: suggestions are judged, adopted, carried out and measured (合理化建议,
    S0 八)."""

    def _suggest(self, **values):
        return (
            self.env["sales.complaint.proposal"]
            .with_user(self.assistant)
            .create(
                {
                    "subject": "Item number on the label",
                    "department_id": self.technical.id,
                    "date_due": self.today + timedelta(days=5),
                    **values,
                }
            )
        )

    def _measure(self, proposal, after, saving=0, user=None):
        wizard = (
            self.env["sales.assistant.proposal.measure"]
            .with_user(user or self.technician)
            .create(
                {
                    "proposal_id": proposal.id,
                    "value_after": after,
                    "saving_amount": saving,
                }
            )
        )
        return wizard.action_apply()

    def test_from_suggestion_to_effect(self):
        """SA-07: adopted with a day, carried out with words, measured with a figure."""
        proposal = self._suggest(
            source="customer",
            partner_id=self.customer.id,
            measure="Questions a month",
            value_before=20,
        )
        judged = proposal.with_user(self.technician)
        with self.assertRaisesRegex(UserError, "until when"):
            judged.action_adopt()
        proposal.date_planned = self.today + timedelta(days=30)
        judged.action_adopt()
        self.assertEqual(
            (proposal.state, proposal.adopted_by_id, proposal.adoption_rate),
            ("adopted", self.technician, 100),
        )
        with self.assertRaisesRegex(UserError, "say what was done"):
            judged.action_done()
        judged.result = "On all labels."
        judged.action_done()
        self._measure(proposal, 5, 900)
        self.assertEqual(
            (proposal.effect_percent, proposal.saving_amount, proposal.date_measured),
            (75, 900, self.today),
        )
        judged.action_reopen()
        self.assertFalse(proposal.adopted_at or proposal.date_measured)

    def test_more_is_better(self):
        """SA-07: the effect has the sign of the improvement."""
        proposal = self._suggest(
            measure="Orders a month",
            is_lower_better=False,
            value_before=10,
            date_planned=self.today,
            result="Done.",
        )
        proposal.with_user(self.technician).action_done()
        self._measure(proposal, 8)
        self.assertEqual(proposal.effect_percent, -20)

    def test_guards(self):
        """SA-07: the department judges; the effect is closed and needs a measure."""
        proposal = self._suggest(date_planned=self.today, result="Done.")
        with self.assertRaisesRegex(UserError, "for the department"):
            proposal.action_adopt()
        with self.assertRaises(AccessError):
            proposal.write({"value_after": 3})
        with self.assertRaises(UserError):
            self._measure(proposal, 3)
        proposal.with_user(self.technician).action_done()
        with self.assertRaisesRegex(UserError, "could be measured"):
            self._measure(proposal, 3)

    def test_lanes(self):
        """SA-01, SA-07: to carry out and to measure, for the department's people."""
        self.technical.member_ids |= self.assistant
        proposal = self._suggest(
            date_planned=self.today, measure="Days", date_measure=self.today
        )
        proposal.with_user(self.technician).action_adopt()

        def get_ids(user, key):
            self.env.flush_all()
            board = self.env["sales.assistant.board"].with_user(user).get_board()
            lane = next(one for one in board["lanes"] if one["key"] == key)
            return [row["id"] for row in lane["rows"]]

        self.assertIn(proposal.id, get_ids(self.assistant, "suggestions_to_do"))
        self.assertNotIn(proposal.id, get_ids(self.colleague, "suggestions_to_do"))
        proposal.result = "Done."
        proposal.with_user(self.technician).action_done()
        self.assertIn(proposal.id, get_ids(self.assistant, "suggestions_to_measure"))
        self._measure(proposal, 3)
        self.assertNotIn(proposal.id, get_ids(self.assistant, "suggestions_to_measure"))
