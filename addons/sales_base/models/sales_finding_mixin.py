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
            template = sentences.get((finding.key, finding._get_cause()))
            finding.sentence = (
                finding.key
                if template is None
                else self._word(template) % finding._get_words()
            )

    @api.model
    def _get_sentences(self):
        """Hook: the wording of each rule.

        :returns: {(key, cause): LazyTranslate with ``%(fact)s`` places}
        :rtype: dict
        """
        return {}

    def _get_cause(self):
        """Hook: which sentence of its rule tells this finding; the verdict, unless a
        rule words one verdict in several ways."""
        return self.verdict

    def _get_words(self):
        """Hook: the facts as texts in the reader's language."""
        return fact.worded(self.env, self.facts or {})

    @api.model
    def _word(self, text):
        """A lazy text in the reader's language, in English where there is none."""
        return text._translate(self.env.lang or "en_US")
