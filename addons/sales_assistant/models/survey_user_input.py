from odoo import models

from ..tools.satisfaction import scale_score


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
