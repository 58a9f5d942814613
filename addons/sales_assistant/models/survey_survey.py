from odoo import api, fields, models

from ..tools.satisfaction import scale_score
from .sales_assistant_campaign import AUDIENCES


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    sales_audience = fields.Selection(
        AUDIENCES,
        "Satisfaction of",
        index="btree_not_null",
        help="Satisfaction surveys of the assistant desk may ask these questions. The "
        "desk sees them.",
    )


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


class SurveyUserInput(models.Model):
    """SA-05: a form that is handed in gives its points to the participant."""

    _inherit = "survey.user_input"

    def _mark_done(self):
        result = super()._mark_done()
        self.env["sales.assistant.campaign.participant"]._take_answers(self)
        return result

    def _get_sales_scores(self):
        """Points of the questions that were answered, in their order.

        :returns: list of (``survey.question``, float)
        """
        self.ensure_one()
        scores = []
        for line in self.user_input_line_ids.sorted("question_sequence"):
            question = line.question_id
            if line.skipped or not question.sales_is_scored:
                continue
            if line.answer_type == "scale":
                score = scale_score(
                    line.value_scale, question.scale_min, question.scale_max
                )
            elif line.answer_type == "suggestion":
                best = max(question.suggested_answer_ids.mapped("answer_score"))
                score = scale_score(line.suggested_answer_id.answer_score, 0, best)
            else:
                continue  # a comment beside the choice
            scores.append((question, score))
        return scores

    def _get_sales_remark(self):
        """What was written in own words."""
        self.ensure_one()
        texts = [
            (line.value_text_box or line.value_char_box or "").strip()
            for line in self.user_input_line_ids.sorted("question_sequence")
        ]
        return "\n".join(text for text in texts if text) or False
