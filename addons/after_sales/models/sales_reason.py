from odoo import fields, models


class SalesReason(models.Model):
    """Reasons counted in after-sales: each step asks for its own (AS-07, AS-08)."""

    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[
            ("after_sales_return", "Claim returned"),
            ("after_sales_reject", "Claim rejected"),
            ("after_sales_cut", "Claim line cut"),
            ("after_sales_cancel", "Claim or settlement cancelled"),
            ("after_sales_write_off", "Replaced part written off"),
            ("after_sales_repair", "Repair cancelled"),
            ("after_sales_charge", "Charge of a station or supplier"),
            ("after_sales_objection", "Objection to a settlement"),
            ("after_sales_decline", "Urgent parts not shipped"),
            ("after_sales_reopen", "Approved claim reopened"),
            ("after_sales_appraisal", "Appraisal cancelled"),
            ("after_sales_dispute", "Supplier disputes"),
            ("after_sales_uphold", "Recovery upheld"),
            ("after_sales_drop", "Recovery dropped"),
        ],
        ondelete={
            "after_sales_return": "cascade",
            "after_sales_reject": "cascade",
            "after_sales_cut": "cascade",
            "after_sales_cancel": "cascade",
            "after_sales_write_off": "cascade",
            "after_sales_repair": "cascade",
            "after_sales_charge": "cascade",
            "after_sales_objection": "cascade",
            "after_sales_decline": "cascade",
            "after_sales_reopen": "cascade",
            "after_sales_appraisal": "cascade",
            "after_sales_dispute": "cascade",
            "after_sales_uphold": "cascade",
            "after_sales_drop": "cascade",
        },
    )
