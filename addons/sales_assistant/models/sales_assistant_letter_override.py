from odoo import api, fields, models

from .sales_assistant_letter_check import FINDINGS


class SalesAssistantLetterOverride(models.Model):
    """A letter that was sent in spite of what the check found, and why.

    Written at sending only; nobody changes or deletes it.
    """

    _name = "sales.assistant.letter.override"
    _description = "Letter Sent in Spite of Findings"
    _inherit = ["sales.assistant.letter.check"]
    _order = "id desc"
    _rec_name = "subject"

    subject = fields.Char(readonly=True)
    res_model = fields.Char("Document Type", readonly=True, index=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", readonly=True
    )
    document_name = fields.Char("About", readonly=True)
    findings = fields.Json("Kinds and Words", readonly=True)
    findings_text = fields.Text("What Was Found", compute="_compute_findings_text")
    kind = fields.Selection(
        FINDINGS,
        "First Finding",
        readonly=True,
        index=True,
        help="What is counted when letters are grouped by finding.",
    )
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Sent by", readonly=True, index=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_findings_text(self):
        for override in self:
            override.findings_text = self._explain_findings(override.findings)

    @api.model
    def _keep(self, records, subject, findings, reason):
        """Keep that letters about ``records`` left with ``findings``.

        :param list findings: as ``_find_in_letter`` returns them
        """
        # sudo: the record is proof, nobody has rights to write it
        self.sudo().create(
            [
                {
                    "subject": subject,
                    "res_model": record._name,
                    "res_id": record.id,
                    "document_name": record.display_name,
                    "findings": findings,
                    "kind": findings[0]["kind"],
                    "reason": reason,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                }
                for record in records
            ]
        )

    def action_open_document(self):
        """Open the document the letter is about, if it is still there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [[False, "form"]],
        }
