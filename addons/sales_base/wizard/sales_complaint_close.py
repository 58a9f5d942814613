from odoo import fields, models
from odoo.exceptions import ValidationError


class SalesComplaintClose(models.TransientModel):
    """F-21: a complaint is closed only after a call back to the customer, with his
    score."""

    _name = "sales.complaint.close"
    _description = "Call Back and Close a Complaint"

    complaint_ids = fields.Many2many(
        "sales.complaint", string="Complaints", required=True
    )
    satisfaction = fields.Integer(required=True, help="0 to 100.")
    is_reached = fields.Boolean(
        "Customer Reached", help="The customer himself was asked and gave this score."
    )
    note = fields.Text("What He Said")

    def action_apply(self):
        self.ensure_one()
        if not self.is_reached:
            raise ValidationError(
                self.env._("A complaint stays open until the customer was reached.")
            )
        if not 0 <= self.satisfaction <= 100:
            raise ValidationError(
                self.env._(
                    "The score lies between 0 and 100, not %s.", self.satisfaction
                )
            )
        self.complaint_ids._check_can("close")
        self.complaint_ids._do_close(self.satisfaction, self.note)
        return {"type": "ir.actions.act_window_close"}
