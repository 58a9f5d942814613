# pylint: disable=consider-merging-classes-inherited
# Own file: the fields of one part.
from odoo import fields, models

from .sales_assistant_campaign import SATISFACTION


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_satisfaction_count = fields.Integer(
        compute="_compute_sales_satisfaction", groups=SATISFACTION
    )
    sales_satisfaction_score = fields.Float(
        "Satisfaction",
        compute="_compute_sales_satisfaction",
        groups=SATISFACTION,
    )

    def _compute_sales_satisfaction(self):
        """The customer's latest points, and how often he has answered."""
        groups = (
            self.env["sales.assistant.campaign.participant"]
            .search_fetch(
                [
                    ("subject_id", "in", self.commercial_partner_id.ids),
                    ("is_scored", "=", True),
                    ("audience", "=", "customers"),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["subject_id", "score"],
                order="answered_at, id",
            )
            .grouped("subject_id")
        )
        none = self.env["sales.assistant.campaign.participant"]
        for partner in self:
            answers = groups.get(partner.commercial_partner_id, none)
            partner.sales_satisfaction_count = len(answers)
            partner.sales_satisfaction_score = answers[-1:].score

    def action_view_sales_satisfaction(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_campaign_participant_action"
        )
        return {
            **action,
            "domain": [("subject_id", "=", self.commercial_partner_id.id)],
            "context": {},
        }

    def _get_sales_survey_contact(self):
        """Who is asked for a customer: himself, else his first contact who can be
        reached by mail."""
        self.ensure_one()
        reachable = self.child_ids.filtered(lambda one: one.email).sorted("id")
        return self if self.email else reachable[:1] or self

    def _prepare_sales_segments(self, audience):
        """By what the answers of this customer or colleague are counted."""
        self.ensure_one()
        if audience == "team":
            return {"team_id": self.user_ids[:1].sale_team_id.id}
        return {
            "grade_id": self.sales_grade_id.id,
            "country_id": self.country_id.id,
            "team_id": self.user_id.sale_team_id.id,
            "user_id": self.user_id.id,
        }
