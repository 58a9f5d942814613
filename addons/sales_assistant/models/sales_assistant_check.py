from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

CHECK_STATES = [
    ("open", "To Check"),
    ("passed", "Checked"),
    ("failed", "Error Found"),
    ("superseded", "Superseded"),
]
CHECK_KINDS = [
    ("quotation", "Quotation"),
    ("order", "Order"),
    ("document_set", "Document Set"),
]
#: the part of the desk that can be switched off
FEATURE = "sales_assistant.group_sales_assistant_check"


class SalesAssistantCheck(models.Model):
    """SA-13: a document is looked at by a second person, or by several, before it
    leaves the house (经过双人或多人复核制, S3 销售助理工作职责).

    Whoever prepared the document is none of its checkers. The checkers look at a copy
    of the content; the document counts as checked as long as it still says the same.
    An error that is found is counted with its kind, and the document has to be checked
    again once it is corrected. A document has one check that is not superseded.
    """

    _name = "sales.assistant.check"
    _inherit = ["sales.assistant.order.mixin", "sales.sheet.mixin"]
    _description = "Four-Eyes Check"
    _order = "id desc"

    _steps = {
        "pass": Step({"open"}, None, FEATURE, "read"),
        "fail": Step({"open"}, "failed", FEATURE, "read", "sales_check_error"),
        "withdraw": Step({"open"}, "superseded", FEATURE, "read"),
    }
    _deletable_states = frozenset()
    _frozen_states = frozenset({"passed", "failed", "superseded"})
    _closed_fields = frozenset(
        {
            "kind",
            "order_id",
            "content",
            "required_count",
            "signer_ids",
            "preparer_ids",
            "requested_by_id",
            "requested_at",
            "decided_by_id",
            "decided_at",
            "result",
            "error_percent",
            "decision_hours",
            "user_id",
        }
    )

    kind = fields.Selection(CHECK_KINDS, required=True, readonly=True, index=True)
    state = fields.Selection(
        CHECK_STATES, required=True, default="open", index=True, tracking=True
    )
    user_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )

    # content
    content = fields.Json("Copied Content", readonly=True, copy=False)
    content_html = fields.Html("Content", compute="_compute_content_html")

    # people
    preparer_ids = fields.Many2many(
        "res.users",
        "sales_assistant_check_preparer_rel",
        string="Prepared by",
        readonly=True,
        copy=False,
    )
    checker_ids = fields.Many2many(
        "res.users",
        "sales_assistant_check_checker_rel",
        string="Asked to Check",
        copy=False,
        domain=[("share", "=", False)],
        help="Only these people check; without a name everybody who sees the document "
        "and did not prepare it.",
    )
    required_count = fields.Integer("Checkers Needed", readonly=True, copy=False)
    signer_ids = fields.Many2many(
        "res.users",
        "sales_assistant_check_signer_rel",
        string="Checked by",
        readonly=True,
        copy=False,
    )
    requested_by_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False, index="btree_not_null"
    )
    requested_at = fields.Datetime("Requested on", readonly=True, copy=False)

    # result
    decided_by_id = fields.Many2one(
        "res.users", "Last Checker", readonly=True, copy=False, index="btree_not_null"
    )
    decided_at = fields.Datetime("Checked on", readonly=True, copy=False)
    result = fields.Selection(
        [("passed", "No Error"), ("failed", "Error Found")],
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    cancel_reason_id = fields.Many2one(string="Kind of Error")
    reason_note = fields.Text("What Is Wrong")
    error_percent = fields.Float(
        "With Error (%)", readonly=True, copy=False, aggregator="avg"
    )
    decision_hours = fields.Float(
        "Hours until Checked", readonly=True, copy=False, aggregator="avg"
    )

    can_pass = fields.Boolean(compute="_compute_can_steps")
    can_fail = fields.Boolean(compute="_compute_can_steps")
    can_withdraw = fields.Boolean(compute="_compute_can_steps")

    _current_uniq = models.UniqueIndex(
        "(order_id) WHERE state <> 'superseded' AND document_set_id IS NULL",
        "This document has a check already.",
    )
    _open_idx = models.Index("(requested_at, id) WHERE state = 'open'")

    # ---------------------------------------------------------------- computes

    @api.depends("state", "signer_ids", "preparer_ids", "checker_ids")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for check in self:
            order_sudo = check.order_id.sudo()  # sudo: a number is no secret
            check.display_name = f"{check.name} ({order_sudo.name})"

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_content_html(self):
        for check in self:
            check.content_html = check._render_content()

    def _render_content(self):
        """Hook: the copied content as the checker reads it; orders by default."""
        reviews = self.env["sales.assistant.review"]
        return self.content and reviews._render_contents(self.content)

    # ------------------------------------------------------------------- search

    @api.model
    def _get_mine_domain(self):
        """Checks that wait for the current user."""
        uid = self.env.uid
        return (
            Domain("state", "=", "open")
            & Domain("preparer_ids", "not in", [uid])
            & Domain("signer_ids", "not in", [uid])
            & (Domain("checker_ids", "=", False) | Domain("checker_ids", "in", [uid]))
        )

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("kind"),
            Column("order_id", label=self.env._("Order")),
            Column("partner_id"),
            Column("requested_by_id"),
            Column("requested_at"),
            Column("state"),
            Column("decided_by_id"),
            Column("decided_at"),
            Column("cancel_reason_id"),
            Column("reason_note"),
        ]
