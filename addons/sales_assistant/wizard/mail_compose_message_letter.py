# pylint: disable=consider-merging-classes-inherited
# Own file: the check of letters is a part that can be switched off.
from odoo import api, fields, models

from ..models.sales_assistant_letter_check import LETTER_GROUP


class MailComposeMessage(models.TransientModel):
    """SA-08: the composer checks a letter to a customer before it is sent, and writes
    it in two languages on request."""

    _name = "mail.compose.message"
    _inherit = ["mail.compose.message", "sales.assistant.letter.composer"]

    sales_letter_both = fields.Boolean("English and Chinese")
    can_sales_letter_both = fields.Boolean(compute="_compute_can_sales_letter_both")

    @api.model
    def _get_sales_letter_models(self):
        """Hook: documents whose messages to customers are checked."""
        return {
            "account.move",
            "crm.lead",
            "res.partner",
            "sale.order",
            "sales.assistant.letter",
            "sales.complaint",
            "stock.picking",
        }

    def _is_sales_letter(self):
        """Whether this message goes to a customer."""
        self.ensure_one()
        return self.model in self._get_sales_letter_models() and not self.subtype_is_log

    def _is_sales_letter_raw(self):
        """Whether the text is still a template, to be rendered for each record."""
        return self.composition_mode != "comment" or self.composition_batch

    @api.depends(
        "subject",
        "body",
        "attachment_ids",
        "model",
        "template_id",
        "subtype_is_log",
        "composition_mode",
        "composition_batch",
    )
    def _compute_sales_letter_findings(self):
        return super()._compute_sales_letter_findings()

    def _find_in_sales_letter(self):
        if not self._is_sales_letter():
            return []
        raw = self._is_sales_letter_raw()
        return self._find_in_letter(
            self.subject,
            self.body,
            self.attachment_ids.mapped("name"),
            ("placeholder", "attachment") if raw else (),
        )

    def _get_sales_letter_records(self):
        return self.env[self.model].browse(self._evaluate_res_ids())

    @api.depends(
        "model",
        "template_id",
        "subtype_is_log",
        "composition_mode",
        "composition_batch",
    )
    def _compute_can_sales_letter_both(self):
        is_writer = self.env.user.has_group(LETTER_GROUP)
        for composer in self:
            composer.can_sales_letter_both = bool(
                is_writer
                and composer.template_id
                and composer._is_sales_letter()
                and not composer._is_sales_letter_raw()
            )

    # The dependencies of the host, and the choice of languages.
    @api.depends(
        "composition_mode",
        "model",
        "parent_id",
        "res_domain",
        "res_ids",
        "template_id",
        "sales_letter_both",
    )
    def _compute_subject(self):
        result = super()._compute_subject()
        for composer in self._filter_sales_letter_both():
            composer.subject = composer._render_sales_letter()[0]
        return result

    @api.depends(
        "composition_mode",
        "model",
        "res_domain",
        "res_ids",
        "template_id",
        "sales_letter_both",
    )
    def _compute_body(self):
        result = super()._compute_body()
        for composer in self._filter_sales_letter_both():
            composer.body = composer._render_sales_letter()[1]
        return result

    def _filter_sales_letter_both(self):
        return self.filtered(
            lambda one: (
                one.sales_letter_both
                and one.template_id
                and not one._is_sales_letter_raw()
            )
        )

    def _render_sales_letter(self):
        """Subject and body in both languages, the customer's first."""
        self.ensure_one()
        res_ids = self._evaluate_res_ids()
        template = self.template_id
        lang = template._render_lang(res_ids)[res_ids[0]]
        langs = template._get_sales_letter_langs(lang, both=True)
        return template._render_sales_letters(res_ids, langs)[res_ids[0]]

    def _action_send_mail(self, auto_commit=False):
        self._check_sales_letter()
        return super()._action_send_mail(auto_commit=auto_commit)

    def _action_schedule_message(self):
        self._check_sales_letter()
        return super()._action_schedule_message()
