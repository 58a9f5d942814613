from odoo import api, fields, models

from ..tools import fact

VERDICTS = [("pass", "Pass"), ("warn", "Warning"), ("fail", "Fail")]


class SalesFindingMixin(models.AbstractModel):
    """What a rule found on a document: verdict and facts are stored, the sentence is
    made when it is read, in the reader's language."""

    _name = "sales.finding.mixin"
    _description = "Finding"

    key = fields.Char(required=True, readonly=True)
    verdict = fields.Selection(VERDICTS, required=True, readonly=True)
    facts = fields.Json(readonly=True)
    sentence = fields.Char(compute="_compute_sentence")

    @api.depends("key", "verdict", "facts")
    @api.depends_context("lang")
    def _compute_sentence(self):
        sentences = self._get_sentences()
        for finding in self:
            # no "or": the truth of a lazy text is asked without a language
            template = sentences.get(
                (finding.key, finding.verdict), sentences.get(finding.key)
            )
            if template is None:
                finding.sentence = finding.key
                continue
            words = fact.worded(self.env, finding.facts or {})
            finding.sentence = template._translate(self.env.lang or "en_US") % words

    @api.model
    def _get_sentences(self):
        """Hook: the wording of each rule.

        :returns: {(key, verdict) or key: LazyTranslate with ``%(fact)s`` places}
        :rtype: dict
        """
        return {}
