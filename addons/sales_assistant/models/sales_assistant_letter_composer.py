from odoo import fields, models
from odoo.exceptions import UserError

from .sales_assistant_letter_check import LETTER_GROUP


class SalesAssistantLetterComposer(models.AbstractModel):
    """What the host's composers share when a letter to a customer is checked before it
    is sent (SA-08).

    Whoever sends in spite of a finding says why where the company asks for it; the
    reason is kept in either case. Who does not work at the desk sends as before.
    """

    _name = "sales.assistant.letter.composer"
    _inherit = ["sales.assistant.letter.check"]
    _description = "Composer with a Check of Letters"

    sales_letter_findings = fields.Json(compute="_compute_sales_letter_findings")
    sales_letter_warning = fields.Text(
        "Check of the Letter", compute="_compute_sales_letter_findings"
    )
    sales_letter_reason_required = fields.Boolean(
        compute="_compute_sales_letter_findings"
    )
    sales_letter_reason = fields.Char(
        "Send Anyway Because", help="Kept with the findings."
    )

    def _compute_sales_letter_findings(self):
        """Each composer names the fields its letter depends on."""
        required = self.env.company.sales_assistant_letter_reason_required
        is_writer = self.env.user.has_group(LETTER_GROUP)
        for composer in self:
            findings = is_writer and composer._find_in_sales_letter()
            composer.sales_letter_findings = findings or False
            composer.sales_letter_warning = self._explain_findings(findings)
            composer.sales_letter_reason_required = bool(findings and required)

    def _find_in_sales_letter(self):
        """Hook: what the check finds in the letter of one composer; nothing where it
        is no letter to a customer."""
        return []

    def _get_sales_letter_records(self):
        """Hook: the documents the letter of one composer is about."""
        return self.browse()

    def _check_sales_letter(self):
        """Ask for the reason where the company wants one, and keep the findings.

        :raises UserError: naming the findings
        """
        override = self.env["sales.assistant.letter.override"]
        for composer in self.filtered("sales_letter_findings"):
            reason = (composer.sales_letter_reason or "").strip()
            if composer.sales_letter_reason_required and not reason:
                raise UserError(
                    self.env._(
                        "Mend the letter, or say why it is sent as it is:\n"
                        "%(findings)s",
                        findings=composer.sales_letter_warning,
                    )
                )
            override._keep(
                composer._get_sales_letter_records(),
                composer.subject,
                composer.sales_letter_findings,
                reason,
            )
