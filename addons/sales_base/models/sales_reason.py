from odoo import fields, models


class SalesReason(models.Model):
    """A reason that is counted: why a document was returned, cut, refused, cancelled.

    ``usage`` names the step that asks for it; each app adds its own.
    """

    _name = "sales.reason"
    _description = "Reason"
    _order = "usage, sequence, id"

    name = fields.Char(required=True, translate=True)
    usage = fields.Selection(
        [
            ("sales_complaint_reopen", "Complaint: Reopen"),
            ("sales_complaint_cancel", "Complaint: Cancel"),
        ],
        required=True,
        index=True,
    )
    sequence = fields.Integer(default=10)
    is_note_required = fields.Boolean("Note Required")
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)
