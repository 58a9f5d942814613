from odoo import fields, models


class SalesComplaintSeverity(models.Model):
    """How bad a complaint is, and in how many working hours it is responded to and
    resolved."""

    _name = "sales.complaint.severity"
    _description = "Complaint Severity"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The worst has the lowest number.")
    respond_hours = fields.Float(
        "Respond Within (h)",
        required=True,
        help="Working hours until somebody has told the customer that he takes care.",
    )
    resolve_hours = fields.Float(
        "Resolve Within (h)",
        required=True,
        help="Working hours until the customer has his answer.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    _hours_order = models.Constraint(
        "CHECK (respond_hours > 0 AND resolve_hours >= respond_hours)",
        "A complaint is responded to before it is resolved, and neither in no time.",
    )
