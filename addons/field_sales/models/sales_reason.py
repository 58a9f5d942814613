from odoo import fields, models


class SalesReason(models.Model):
    """Why a visit was skipped, moved or cancelled, or a plan returned."""

    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[
            ("visit_skip", "Visit: skipped"),
            ("visit_move", "Visit: moved after approval"),
            ("visit_cancel", "Visit: cancelled"),
            ("plan_return", "Visit plan: returned"),
        ],
        ondelete={
            "visit_skip": "cascade",
            "visit_move": "cascade",
            "visit_cancel": "cascade",
            "plan_return": "cascade",
        },
    )
