from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import USER

REQUIREMENT_STATES = [
    ("draft", "Draft"),
    ("issued", "Issued"),
    ("superseded", "Superseded"),
    ("cancelled", "Cancelled"),
]


class SalesAssistantRequirement(models.Model):
    """SA-12: the process requirement sheet of an order line (要按客户的要求,并以书面的
    形式详细列出工艺要求明细, S0 二·3): what has to be made and how, with its drawings.

    Issued, it goes as a notice to the departments concerned, and each acknowledges it
    (以书面的形式传递给公司相关部门, S0 二·9). A change is a new revision, which goes
    the same way and supersedes the one before. Until each department has acknowledged
    the revision in force, that shows on the order, its milestones and the board.
    """

    _name = "sales.assistant.requirement"
    _inherit = ["sales.assistant.order.mixin", "sales.sheet.mixin"]
    _description = "Process Requirement Sheet"
    _order = "id desc"

    _steps = {
        "issue": Step({"draft"}, "issued", USER),
        "revise": Step({"issued"}, None, USER),
        "cancel": Step(
            {"draft", "issued"}, "cancelled", USER, "write", "sales_requirement_cancel"
        ),
    }
    _frozen_states = frozenset({"issued", "superseded", "cancelled"})
    _closed_fields = frozenset(
        {
            "revision",
            "previous_id",
            "issued_at",
            "issued_by_id",
            "notice_id",
            "is_acknowledged",
            "salesperson_id",
        }
    )

    state = fields.Selection(
        REQUIREMENT_STATES, required=True, default="draft", index=True, tracking=True
    )
    revision = fields.Integer(readonly=True, default=1, copy=False)
    previous_id = fields.Many2one(
        "sales.assistant.requirement",
        "Revision Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    line_id = fields.Many2one(
        "sale.order.line",
        "Order Line",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
    )
    product_id = fields.Many2one(
        related="line_id.product_id", store=True, precompute=True, index=True
    )
    quantity = fields.Float(related="line_id.product_uom_qty", string="Quantity")
    uom_id = fields.Many2one(related="line_id.product_uom_id")
    salesperson_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )

    # what is required
    subject = fields.Char("Requirement")
    drawing_number = fields.Char()
    drawing_revision = fields.Char()
    drawing_ids = fields.Many2many(
        "ir.attachment",
        relation="sales_assistant_requirement_drawing_rel",
        string="Drawings",
        copy=False,
    )
    detail_ids = fields.One2many(
        "sales.assistant.requirement.detail", "requirement_id", copy=True
    )
    note = fields.Text()
    change_note = fields.Text(
        "What Has Changed", help="For the departments that know the revision before."
    )

    # who must know
    department_ids = fields.Many2many(
        "sales.department",
        relation="sales_assistant_requirement_department_rel",
        string="Departments",
        check_company=True,
    )
    notice_id = fields.Many2one(
        "sales.notice", readonly=True, copy=False, index="btree_not_null"
    )
    issued_at = fields.Datetime("Issued on", readonly=True, copy=False)
    issued_by_id = fields.Many2one(
        "res.users", "Issued by", readonly=True, copy=False, index="btree_not_null"
    )
    is_acknowledged = fields.Boolean(
        "Acknowledged",
        compute="_compute_is_acknowledged",
        store=True,
        help="Somebody of each department has said that he has read it.",
    )
    missing_text = fields.Char("Not Yet Acknowledged by", compute="_compute_missing")

    can_issue = fields.Boolean(compute="_compute_can_steps")
    can_revise = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _revision_uniq = models.Constraint(
        "UNIQUE(name, revision, company_id)",
        "This revision of the process requirement sheet exists already.",
    )
    _waiting_idx = models.Index("(id) WHERE state = 'issued' AND NOT is_acknowledged")

    # ---------------------------------------------------------------- computes

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "revision", "product_id")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "%(number)s rev. %(revision)s",
                number=sheet.name,
                revision=sheet.revision,
            )

    @api.depends(
        "state",
        "department_ids.member_ids",
        "department_ids.user_id",
        "notice_id.receipt_ids.read_at",
    )
    def _compute_is_acknowledged(self):
        for sheet in self:
            sheet.is_acknowledged = bool(
                sheet.notice_id and not sheet._get_missing_departments()
            )

    @api.depends("is_acknowledged")
    def _compute_missing(self):
        for sheet in self:
            missing_sudo = sheet._get_missing_departments()
            sheet.missing_text = sheet.state == "issued" and ", ".join(
                missing_sudo.mapped("name")
            )

    def _get_missing_departments(self):
        """Departments of which nobody has acknowledged the sheet, in sudo."""
        # sudo: receipts belong to their readers, the outcome to who follows the order
        sheet_sudo = self.sudo()
        read = sheet_sudo.notice_id.receipt_ids.filtered("read_at").user_id
        return sheet_sudo.department_ids.filtered(
            lambda one: not (one.member_ids | one.user_id) & read
        )

    # -------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        sheets._keep_drawings()
        return sheets

    def write(self, vals):
        result = super().write(vals)
        if "drawing_ids" in vals:
            self._keep_drawings()
        return result

    def _get_drawing_pictures(self):
        """Drawings that are printed with the sheet; other files are named there."""
        return self.drawing_ids.filtered(
            lambda one: (one.mimetype or "").startswith("image/")
        )

    def _keep_drawings(self):
        """Files that were uploaded on the form belong to their sheet from now on."""
        for sheet in self:
            # sudo: one's own upload, not yet anybody's
            loose_sudo = sheet.sudo().drawing_ids.filtered(
                lambda one: not one.res_id and one.create_uid == self.env.user
            )
            loose_sudo.write({"res_model": sheet._name, "res_id": sheet.id})

    # ------------------------------------------------------------------- checks

    @api.constrains("line_id", "order_id")
    def _check_line(self):
        if any(sheet.line_id.order_id != sheet.order_id for sheet in self):
            raise UserError(
                self.env._("The line of a requirement sheet belongs to its order.")
            )

    def _get_issue_obstacle(self):
        if self.order_id.state != "sale":
            return self.env._("its order is not confirmed.")
        if not self.department_ids:
            return self.env._("choose the departments that must know.")
        if not (self.subject or self.detail_ids or self.note):
            return self.env._("say what is required.")
        if self.previous_id and not (self.change_note or "").strip():
            return self.env._("say what has changed since the revision before.")
        return False

    def _get_revise_obstacle(self):
        draft = self.search(
            [("previous_id", "=", self.id), ("state", "=", "draft")], limit=1
        )
        return draft and self.env._(
            "%(revision)s is being written already.", revision=draft.display_name
        )

    # -------------------------------------------------------------------- steps

    def action_issue(self):
        self._check_can("issue")
        for sheet in self:
            sheet._do_issue()

    def _do_issue(self):
        """Give the sheet to the departments; the revision before is void."""
        self.ensure_one()
        # sudo: the revision before and its notice are closed by this step
        before_sudo = self.sudo().previous_id
        before_sudo.filtered(lambda one: one.state == "issued")._write_guarded(
            {"state": "superseded"}
        )
        before_sudo.notice_id.filtered(
            lambda notice: notice.state == "published"
        )._take_step("close")
        self._take_step(
            "issue",
            issued_at=fields.Datetime.now(),
            issued_by_id=self.env.uid,
            notice_id=self._publish_notice().id,
        )

    def _publish_notice(self):
        """The notice by which the departments hear of the sheet.

        :returns: sales.notice, in sudo
        """
        # sudo: published in the name of who issues, whatever his rights on notices
        notices_sudo = self.env["sales.notice"].sudo()
        company = self.company_id
        notice = notices_sudo.create(
            {
                "subject": self.env._(
                    "%(sheet)s · %(order)s · %(product)s",
                    sheet=self.display_name,
                    order=self.order_id.name,
                    product=self.product_id.display_name,
                ),
                "body": self.env["ir.qweb"]._render(
                    "sales_assistant.requirement_content", {"doc": self}
                ),
                "company_id": company.id,
                "user_id": self.env.uid,
                "sale_order_id": self.order_id.id,
                "is_must_read": True,
                "date_due": company._get_sales_day_ahead(
                    company.sales_assistant_requirement_days
                ),
                "department_ids": [Command.set(self.department_ids.ids)],
            }
        )
        notice.attachment_ids = self._copy_drawings(notice)
        notice._do_publish()
        return notice

    def _copy_drawings(self, notice):
        """The drawings as files of the notice: its readers may not read the order."""
        drawings_sudo = self.sudo().drawing_ids  # sudo: see above
        # nobody passes on what he may not see himself
        drawings_sudo.with_user(self.env.user).check_access("read")
        return drawings_sudo.browse().union(
            *(
                drawing.copy({"res_model": notice._name, "res_id": notice.id})
                for drawing in drawings_sudo
            )
        )

    def action_revise(self):
        """A new revision to be written; the one in force stays until it is issued."""
        self.ensure_one()
        self._check_can("revise")
        # sudo: number and revision are closed
        revised_sudo = self.sudo().copy(
            {
                "name": self.name,
                "revision": self.revision + 1,
                "previous_id": self.id,
            }
        )
        revised_sudo.drawing_ids = self.sudo().drawing_ids  # sudo: as above
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": revised_sudo.id,
            "view_mode": "form",
        }

    def copy_data(self, default=None):
        """A copy in the step of a revision keeps what the step gives it."""
        return [
            {**vals, **(default or {})} for vals in super().copy_data(default=default)
        ]

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        # sudo: the notice goes with its sheet
        self.sudo().notice_id.filtered(
            lambda notice: notice.state == "published"
        )._take_step("close")
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def action_view_notice(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.notice",
            "res_id": self.notice_id.id,
            "view_mode": "form",
        }

    def _get_warning(self):
        """In words: which sheets in force are not acknowledged, and by whom.

        :returns: text, or False
        """
        waiting = self.filtered(
            lambda one: one.state == "issued" and not one.is_acknowledged
        )
        return (
            "; ".join(
                self.env._(
                    "%(sheet)s is not acknowledged by: %(departments)s",
                    sheet=one.display_name,
                    departments=one.missing_text,
                )
                for one in waiting
            )
            or False
        )

    @api.model
    def _get_waiting_domain(self):
        """Sheets in force that a department has not acknowledged."""
        return Domain("state", "=", "issued") & Domain("is_acknowledged", "=", False)

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("revision"),
            Column("order_id", label=_("Order")),
            Column("partner_id"),
            Column("product_id", label=_("Product")),
            Column("subject", width=40),
            Column("drawing_number"),
            Column("drawing_revision"),
            Column("state"),
            Column("issued_at"),
            Column("is_acknowledged"),
        ]
