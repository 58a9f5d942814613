from odoo import fields, models


class SalesAssistantCampaignAnswer(models.Model):
    """SA-05: the points, 0 to 100, that one participant gave one question."""

    _name = "sales.assistant.campaign.answer"
    _description = "Points of a Question"
    _order = "participant_id, id"
    _rec_name = "question_id"

    participant_id = fields.Many2one(
        "sales.assistant.campaign.participant",
        required=True,
        index=True,
        ondelete="cascade",
    )
    campaign_id = fields.Many2one(
        related="participant_id.campaign_id",
        store=True,
        precompute=True,
        index=True,
        string="Survey",
    )
    company_id = fields.Many2one(
        related="participant_id.company_id", store=True, precompute=True, index=True
    )
    subject_id = fields.Many2one(
        related="participant_id.subject_id",
        store=True,
        precompute=True,
        index=True,
        string="Who Was Asked",
    )
    date_period = fields.Date(
        "Quarter", related="participant_id.date_period", store=True, precompute=True
    )
    audience = fields.Selection(
        related="participant_id.audience", store=True, precompute=True
    )
    grade_id = fields.Many2one(
        related="participant_id.grade_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    question_id = fields.Many2one(
        "survey.question", required=True, index=True, ondelete="restrict"
    )
    score = fields.Float("Points", required=True, aggregator="avg")
