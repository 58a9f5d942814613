from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_document_mixin import Step

COMPLAINT_STATES = [
    ("new", "New"),
    ("accepted", "Accepted"),
    ("answered", "Answered"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
COMPLAINT_CHANNELS = [
    ("phone", "Phone"),
    ("visit", "Customer's Visit"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("message", "Message"),
    ("store", "Store Visit"),
    ("portal", "Portal"),
    ("callback", "Callback"),
    ("other", "Other"),
]
JUDGEMENTS = [("justified", "Justified"), ("unjustified", "Not Justified")]
OPEN_STATES = ("new", "accepted")

USER = "sales_base.group_sales_base_user"
MANAGER = "sales_base.group_sales_base_manager"
PORTAL = "base.group_portal"
#: what customers do not read of their own complaints
INTERNAL = "base.group_user"


class SalesComplaint(models.Model):
    """F-21: a customer's complaint 客户投诉 (S0 一·四、六; S2 二·5).

    It comes in at any door. The responsible salesperson and the service-quality office
    are told at once. Whoever takes it over responds (accepted), judges whether it is
    justified, and answers with cause, action and the compensation a manager granted.
    It is closed only after a call back to the customer who gave a score; reopening
    counts. Deadlines are working hours of its severity.
    """

    _name = "sales.complaint"
    _inherit = [
        "sales.document.mixin",
        "sales.sheet.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Complaint"
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _steps = {
        "accept": Step({"new"}, "accepted", USER),
        "grant": Step({"accepted"}, "accepted", MANAGER),
        "answer": Step({"accepted"}, "answered", USER),
        "close": Step({"answered"}, "closed", USER),
        "reopen": Step(
            {"answered", "closed"},
            "accepted",
            f"{USER},{PORTAL}",
            "write",
            "sales_complaint_reopen",
        ),
        "cancel": Step(
            OPEN_STATES, "cancelled", USER, "write", "sales_complaint_cancel"
        ),
    }
    _frozen_states = frozenset({"answered", "closed", "cancelled"})
    _deletable_states = frozenset()
    _closed_fields = frozenset(
        "commercial_partner_id office_id clock_at responded_at answered_at closed_at"
        " respond_due_at resolve_due_at respond_hours resolve_hours"
        " is_respond_late is_resolve_late"
        " accepted_by_id answered_by_id compensation_by_id compensation_granted"
        " granted_by_id"
        " satisfaction called_by_id call_note reopen_count escalation_level"
        " client_key".split()
    )

    subject = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        COMPLAINT_STATES,
        required=True,
        default="new",
        index=True,
        tracking=True,
        group_expand=True,
    )
    client_key = fields.Char(readonly=True, copy=False, groups=INTERNAL)

    # customer
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Company of the Customer",
    )
    channel = fields.Selection(
        COMPLAINT_CHANNELS, required=True, default="phone", index=True
    )
    received_at = fields.Datetime(
        "Received", required=True, default=fields.Datetime.now, tracking=True
    )

    # what about
    category_id = fields.Many2one(
        "sales.complaint.category",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    severity_id = fields.Many2one(
        "sales.complaint.severity",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_severity_id(),
        tracking=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id)]",
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True
    )
    lot_id = fields.Many2one(
        "stock.lot",
        "Lot/Serial Number",
        index="btree_not_null",
        check_company=True,
        domain="[('product_id', '=?', product_id)]",
    )
    description = fields.Text()
    photo_ids = fields.One2many("sales.complaint.photo", "complaint_id", "Photos")

    # people
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
        tracking=True,
        help="The customer's salesperson, unless somebody else takes it over.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        groups=INTERNAL,
    )
    department_id = fields.Many2one(
        "sales.department",
        "Responsible Department",
        compute="_compute_department_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        tracking=True,
        groups=INTERNAL,
    )
    office_id = fields.Many2one(
        "sales.department",
        "Service Quality Office",
        readonly=True,
        index="btree_not_null",
        default=lambda self: self.env.company.sales_complaint_office_id,
        groups=INTERNAL,
    )
    accepted_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )
    answered_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )

    # verdict and answer
    judgement = fields.Selection(
        JUDGEMENTS, copy=False, index=True, tracking=True, groups=INTERNAL
    )
    cause = fields.Text(copy=False, groups=INTERNAL)
    action_taken = fields.Text(copy=False, groups=INTERNAL)
    answer = fields.Text("Answer to the Customer", copy=False)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    compensation_amount = fields.Monetary(
        "Compensation Proposed",
        copy=False,
        tracking=True,
        help="Whoever handles the complaint proposes, a manager grants.",
        groups=INTERNAL,
    )
    compensation_by_id = fields.Many2one(
        "res.users",
        "Compensation Proposed By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )
    compensation_note = fields.Char(copy=False, groups=INTERNAL)
    compensation_granted = fields.Monetary(
        readonly=True, copy=False, tracking=True, groups=INTERNAL
    )
    granted_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )

    # call back
    satisfaction = fields.Integer(
        readonly=True,
        copy=False,
        aggregator="avg",
        help="0 to 100, as the customer said.",
    )
    called_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )
    call_note = fields.Text(readonly=True, copy=False, groups=INTERNAL)
    reopen_count = fields.Integer("Reopened", readonly=True, copy=False)

    # improvement
    proposal_ids = fields.One2many(
        "sales.complaint.proposal", "complaint_id", groups=INTERNAL
    )
    proposal_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    partner_complaint_count = fields.Integer(
        "Complaints of the Customer", compute="_compute_counts", compute_sudo=True
    )

    can_accept = fields.Boolean(compute="_compute_can_steps")
    can_grant = fields.Boolean(compute="_compute_can_steps")
    can_answer = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another complaint has this number."
    )
    _client_key_uniq = models.UniqueIndex(
        "(client_key) WHERE client_key IS NOT NULL",
        "This complaint has been received already.",
    )
    _compensation_positive = models.Constraint(
        "CHECK (compensation_amount >= 0)", "A compensation cannot be negative."
    )

    # ---------------------------------------------------------------- defaults

    @api.model
    def _default_severity_id(self):
        """Neither the worst nor the mildest: the second in order, else the first."""
        severities = self.env["sales.complaint.severity"].search([], limit=2)
        return severities[-1:]

    # ---------------------------------------------------------------- computes

    @api.depends("partner_id", "order_id")
    def _compute_user_id(self):
        for complaint in self:
            # sudo: who sells to a customer is no secret to who takes his complaint
            order_sudo, partner_sudo = (
                complaint.order_id.sudo(),
                complaint.partner_id.sudo(),
            )
            complaint.user_id = (
                order_sudo.user_id
                or partner_sudo.user_id
                or partner_sudo.commercial_partner_id.user_id
                or complaint.user_id
            )

    @api.depends("user_id", "order_id")
    def _compute_team_id(self):
        for complaint in self:
            # sudo: as for the salesperson
            order_sudo, user_sudo = complaint.order_id.sudo(), complaint.user_id.sudo()
            team = order_sudo.team_id or user_sudo.sale_team_id
            if team.company_id in (complaint.company_id, team.company_id.browse()):
                complaint.team_id = team

    @api.depends("category_id")
    def _compute_department_id(self):
        for complaint in self:
            complaint.department_id = (
                complaint.category_id._get_department() or complaint.department_id
            )

    def _compute_counts(self):
        proposals = dict(
            self.env["sales.complaint.proposal"]._read_group(
                [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
            )
        )
        complaints = dict(
            self._read_group(
                [
                    ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for complaint in self:
            complaint.proposal_count = proposals.get(complaint, 0)
            complaint.partner_complaint_count = complaints.get(
                complaint.commercial_partner_id, 0
            )

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for complaint in self:
            names = [complaint.name, complaint.subject]
            complaint.display_name = " · ".join(name for name in names if name)

    @api.depends(
        "state",
        "category_id",
        "judgement",
        "cause",
        "action_taken",
        "answer",
        "compensation_amount",
        "compensation_granted",
    )
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("received_at")
    def _check_received_at(self):
        if any(complaint.received_at > fields.Datetime.now() for complaint in self):
            raise ValidationError(
                self.env._("A complaint cannot have been received in the future.")
            )

    # --------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        proposed = complaints.filtered("compensation_amount")
        proposed._write_guarded({"compensation_by_id": self.env.uid})
        complaints._tell_new()
        return complaints

    def _tell_new(self):
        """S2 二·5: the salesperson and the service-quality office are told at once."""
        for complaint in self.filtered(lambda one: one.state == "new"):
            # sudo: the head of the office is told, whoever took the complaint
            for user in complaint.user_id | complaint.office_id.sudo().user_id:
                complaint._schedule_complaint(user, complaint.respond_due_at)

    def _schedule_complaint(self, user, moment, summary=""):
        # sudo: a customer of the portal sets the house to work
        self.sudo().activity_schedule(
            "sales_base.mail_act_complaint",
            date_deadline=self.company_id._get_sales_day(moment),
            summary=summary or self.subject,
            user_id=user.id,
        )

    def write(self, vals):
        result = super().write(vals)
        if "compensation_amount" in vals:
            self._write_guarded({"compensation_by_id": self.env.uid})
        return result

    # ------------------------------------------------------------------- guards

    def _get_grant_obstacle(self):
        _ = self.env._
        if self.compensation_amount == self.compensation_granted:
            return _("there is no compensation to grant.")
        involved = self.user_id | self.answered_by_id | self.compensation_by_id
        if self.env.user in involved:
            return _("nobody grants a compensation on his own complaint.")
        return False

    def _get_answer_obstacle(self):
        """What the answer lacks."""
        needed = ("judgement", "category_id", "cause", "action_taken", "answer")
        missing = [
            self._fields[fname]._description_string(self.env)
            for fname in needed
            if not self[fname]
        ]
        if missing:
            return self.env._("fill in: %(fields)s.", fields=", ".join(missing))
        if self.compensation_amount != self.compensation_granted:
            return self.env._("the compensation waits for a manager to grant it.")
        return False

    def _get_reopen_obstacle(self):
        days = self.company_id.sudo().sales_complaint_reopen_days  # sudo: a setting
        if self.state == "closed" and self.closed_at:
            if (fields.Datetime.now() - self.closed_at).days >= days:
                return self.env._(
                    "it was closed more than %(days)s days ago: take a new one.",
                    days=days,
                )
        return False
