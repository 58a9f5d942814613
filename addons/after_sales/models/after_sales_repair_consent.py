from odoo import api, fields, models

CHANNELS = [("screen", "On the Station's Screen"), ("link", "By the Customer's Link")]


class AfterSalesRepairConsent(models.Model):
    """What a customer signed (AS-05): the lines as they were, and the signature.

    Nobody writes or deletes one; after a change of the lines the next one follows.
    """

    _name = "after.sales.repair.consent"
    _description = "Consent to a Repair"
    _inherit = ["sales.snapshot.mixin"]
    _document_field = "repair_id"

    repair_id = fields.Many2one(
        "after.sales.repair",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    signature = fields.Binary(readonly=True, attachment=True)
    signed_by = fields.Char(readonly=True)
    channel = fields.Selection(CHANNELS, "Signed", readonly=True)
    is_valid = fields.Boolean("Still Valid", compute="_compute_is_valid")
    lines_text = fields.Text("Signed Lines", compute="_compute_lines_text")

    @api.depends("content", "repair_id.line_ids.amount", "repair_id.line_ids.payer")
    def _compute_is_valid(self):
        valid = self.repair_id._get_valid_consents()
        for consent in self:
            consent.is_valid = consent in valid

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_lines_text(self):
        """The lines as signed, each with amount and payer; they stay readable when the
        repair has changed."""
        for consent in self:
            consent.lines_text = "\n".join(
                " · ".join(row) for row in consent._get_signed_lines()
            )

    def _get_signed_lines(self):
        """``(what, amount, who pays)`` of each line as signed."""
        payers = dict(
            self.env["after.sales.repair.line"]
            ._fields["payer"]
            ._description_selection(self.env)
        )
        lines = (self.content or {}).get("lines", {}).get("line_ids", [])
        return [
            (
                line["shown"],
                f"{line['fields']['amount']['value']:.2f}",
                payers.get(line["fields"]["payer"]["value"], ""),
            )
            for line in lines
        ]
