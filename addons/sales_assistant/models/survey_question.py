from odoo import api, fields, models


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    sales_is_scored = fields.Boolean(compute="_compute_sales_is_scored")

    @api.depends("question_type", "suggested_answer_ids.answer_score")
    def _compute_sales_is_scored(self):
        """Points come from a scale, or from one choice among scored ones."""
        for question in self:
            question.sales_is_scored = question.question_type == "scale" or (
                question.question_type == "simple_choice"
                and any(one.answer_score > 0 for one in question.suggested_answer_ids)
            )
