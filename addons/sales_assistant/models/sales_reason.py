from odoo import fields, models


class SalesReason(models.Model):
    _inherit = "sales.reason"

    usage = fields.Selection(
        selection_add=[
            ("sales_review_reject", "Contract Review: Reject"),
            ("sales_milestone_skip", "Milestone: Skip"),
            ("sales_check_error", "Four-Eyes Check: Error"),
            ("sales_contact_drop", "Contact: Close without Answer"),
            ("sales_milestone_move", "Milestone: Move"),
            ("sales_requirement_cancel", "Process Requirement Sheet: Cancel"),
            ("sales_exception", "Order Exception: Cancel"),
            ("sales_paper_cancel", "Contracts and Papers: Cancel"),
            ("sales_document_void", "Controlled Document: Void"),
            ("sales_promise_broken", "Promise: Broken"),
            ("sales_promise_cancel", "Promise: Cancel"),
            ("sales_property_write_off", "Customer Property: Write Off"),
            ("sales_property_cancel", "Customer Property: Cancel"),
            ("sales_sample_return", "Sample: Send Back"),
            ("sales_sample_cancel", "Sample: Cancel"),
            ("sales_sample_outcome", "Sample: Outcome"),
            ("sales_document_set_refuse", "Document Set: Came Back"),
        ],
        ondelete={
            "sales_review_reject": "cascade",
            "sales_milestone_skip": "cascade",
            "sales_check_error": "cascade",
            "sales_contact_drop": "cascade",
            "sales_milestone_move": "cascade",
            "sales_requirement_cancel": "cascade",
            "sales_exception": "cascade",
            "sales_paper_cancel": "cascade",
            "sales_document_void": "cascade",
            "sales_promise_broken": "cascade",
            "sales_promise_cancel": "cascade",
            "sales_property_write_off": "cascade",
            "sales_property_cancel": "cascade",
            "sales_sample_return": "cascade",
            "sales_sample_cancel": "cascade",
            "sales_sample_outcome": "cascade",
            "sales_document_set_refuse": "cascade",
        },
    )
