from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

from .sales_assistant_order_mixin import LEAD, USER

#: contracts reminded of between two commits of the cron
REMIND_BATCH = 200
CONTRACT_STATES = [
    ("draft", "Draft"),
    ("to_approve", "To Approve"),
    ("approved", "Approved"),
    ("active", "In Force"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
CONTRACT_KINDS = [
    ("sale", "Sale"),
    ("processing", "Processing"),
    ("cooperation", "Cooperation"),
    ("other", "Other"),
]


class SalesAssistantContract(models.Model):
    """SA-16: the contract register (合同台账, S2 内勤 8、13; S3 合同的整理与建档):
    all contracts of sale, written and oral (包括书面合同和口头合同).

    Who submits a contract does not approve it. A written one is sealed and archived
    before it is in force; of an oral one the register keeps with whom and how it was
    agreed. Expiring: in force and the day of the reminder has come.
    """

    _name = "sales.assistant.contract"
    _inherit = [
        "sales.document.mixin",
        "sales.board.source.mixin",
        "sales.sheet.mixin",
    ]
    _description = "Contract"
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "submit": Step({"draft"}, "to_approve", USER),
        "approve": Step({"to_approve"}, "approved", LEAD),
        "return": Step({"to_approve"}, "draft", LEAD, "write", "sales_paper_cancel"),
        "seal": Step({"approved"}, "approved", USER),
        "activate": Step({"approved"}, "active", USER),
        "close": Step({"active"}, "closed", USER),
        "cancel": Step(
            {"draft", "to_approve", "approved", "active"},
            "cancelled",
            LEAD,
            "write",
            "sales_paper_cancel",
        ),
    }
    _frozen_states = frozenset(
        {"to_approve", "approved", "active", "closed", "cancelled"}
    )
    _open_when_frozen = frozenset(
        {
            "assistant_id",
            "date_signed",
            "file_place",
            "handover_ids",
            "note",
            "notice_days",
            "order_ids",
            "paper_place",
            "user_id",
        }
    )
    _board_user_fields = ("user_id", "assistant_id", "team_id.user_id")
    _closed_fields = frozenset(
        {
            "approved_at",
            "approved_by_id",
            "reminded_for",
            "sealed_at",
            "sealed_by_id",
            "submitted_by_id",
        }
    )

    subject = fields.Char(required=True, tracking=True)
    state = fields.Selection(
        CONTRACT_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    form = fields.Selection(
        [("written", "Written"), ("oral", "Oral")], required=True, default="written"
    )
    kind = fields.Selection(CONTRACT_KINDS, required=True, default="sale", index=True)

    # parties and people
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, tracking=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        index=True,
        string="Commercial Customer",
    )
    party_ids = fields.Many2many(
        "res.partner",
        "sales_assistant_contract_party_rel",
        string="Other Parties",
        help="Guarantor, agent, buyer's group.",
    )
    partner_ref = fields.Char("Customer's Number", index="trigram")
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        compute="_compute_people",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
    )
    assistant_id = fields.Many2one(
        "res.users",
        compute="_compute_people",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
    )
    team_id = fields.Many2one(
        related="user_id.sale_team_id", store=True, index=True, string="Sales Team"
    )

    # money and dates
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(tracking=True, help="As agreed; 0: by order.")
    date_signed = fields.Date("Concluded on", tracking=True)
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid until", index=True, help="The last day of its term.")
    renewal = fields.Selection(
        [
            ("none", "Ends"),
            ("negotiate", "To Be Negotiated"),
            ("automatic", "Renews Itself"),
        ],
        required=True,
        default="negotiate",
    )
    notice_days = fields.Integer(
        "Remind before (Days)",
        default=lambda self: self.env.company.sales_assistant_contract_days,
        help="So many days before its end the contract is on the board.",
    )
    date_remind = fields.Date(
        "Reminder", compute="_compute_date_remind", store=True, index=True
    )
    reminded_for = fields.Date(readonly=True, copy=False)
    is_expiring = fields.Boolean(
        "Expiring", compute="_compute_is_expiring", search="_search_is_expiring"
    )
    is_expired = fields.Boolean("Expired", compute="_compute_is_expiring")
    previous_id = fields.Many2one(
        "sales.assistant.contract",
        "Renews",
        readonly=True,
        index="btree_not_null",
        copy=False,
        check_company=True,
    )

    # approval, seal, archive
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    sealed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    sealed_at = fields.Datetime("Sealed on", readonly=True, copy=False)
    agreed_with = fields.Char("Agreed with", help="Who agreed for the customer.")
    agreed_how = fields.Char("How", help="On the phone, at a visit, at the fair.")
    paper_place = fields.Char("Paper in", help="Cabinet, binder, register.", copy=False)
    file_place = fields.Char("File in", help="Folder or link.", copy=False)
    note = fields.Html()

    # orders and handover
    order_ids = fields.One2many("sale.order", "sales_contract_id", "Orders")
    order_count = fields.Integer(compute="_compute_order_count")
    handover_ids = fields.One2many("sales.assistant.contract.handover", "contract_id")
    handover_open_count = fields.Integer(compute="_compute_handover_open_count")

    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_return = fields.Boolean(compute="_compute_can_steps")
    can_seal = fields.Boolean(compute="_compute_can_steps")
    can_activate = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    _dates_order = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The contract ends before it begins.",
    )
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0 AND notice_days >= 0)",
        "Amount and days cannot be negative.",
    )

    # ------------------------------------------------------------------- computes

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for contract in self:
            parts = (contract.name, contract.subject)
            contract.display_name = " · ".join(part for part in parts if part)

    @api.depends("partner_id")
    def _compute_people(self):
        for contract in self:
            # sudo: who looks after a customer is no secret
            partner_sudo = contract.partner_id.sudo()
            contract.user_id = partner_sudo.user_id or contract.user_id or self.env.user
            contract.assistant_id = partner_sudo.assistant_id or contract.assistant_id

    @api.depends("date_to", "notice_days")
    def _compute_date_remind(self):
        for contract in self:
            contract.date_remind = contract.date_to and (
                contract.date_to - relativedelta(days=contract.notice_days)
            )

    @api.depends("date_to", "date_remind", "state", "company_id")
    def _compute_is_expiring(self):
        for contract in self:
            today = contract.company_id._get_sales_today()
            running = contract.state == "active" and contract.date_to
            contract.is_expiring = bool(running and contract.date_remind <= today)
            contract.is_expired = bool(running and contract.date_to < today)

    @api.model
    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        expiring = Domain("state", "=", "active") & Domain("date_remind", "<=", today)
        return expiring if True in value else ~expiring

    @api.depends("order_ids")
    def _compute_order_count(self):
        counts = dict(
            self.env["sale.order"]._read_group(
                [("sales_contract_id", "in", self.ids)],
                ["sales_contract_id"],
                ["__count"],
            )
        )
        for contract in self:
            contract.order_count = counts.get(contract._origin, 0)

    @api.depends("handover_ids.is_done")
    def _compute_handover_open_count(self):
        for contract in self:
            open_items = contract.handover_ids.filtered(lambda one: not one.is_done)
            contract.handover_open_count = len(open_items)

    @api.depends(
        "state",
        "form",
        "date_signed",
        "paper_place",
        "sealed_at",
        "agreed_with",
        "handover_ids.is_done",
    )
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # ----------------------------------------------------------------------- steps

    def _get_submit_obstacle(self):
        oral = self.form == "oral" and not (self.agreed_with and self.agreed_how)
        return oral and self.env._("say with whom and how it was agreed.")

    def action_submit(self):
        self._check_can("submit")
        self._take_step("submit", submitted_by_id=self.env.uid)

    def _get_approve_obstacle(self):
        return self.submitted_by_id == self.env.user and self.env._(
            "who submits a contract does not approve it."
        )

    def action_approve(self):
        self._check_can("approve")
        self._take_step(
            "approve", approved_by_id=self.env.uid, approved_at=fields.Datetime.now()
        )

    def action_return(self):
        return self._ask_reason("return")

    def _do_return(self, reason, note):
        self._take_step("return", cancel_reason_id=reason.id, reason_note=note)

    def _get_seal_obstacle(self):
        if self.form == "oral":
            return self.env._("an oral contract bears no seal.")
        return self.sealed_at and self.env._("it is sealed already.")

    def action_seal(self):
        self._check_can("seal")
        self._take_step(
            "seal", sealed_by_id=self.env.uid, sealed_at=fields.Datetime.now()
        )

    def _get_activate_obstacle(self):
        _ = self.env._
        if self.form == "written" and not self.sealed_at:
            return _("it is not sealed.")
        if not self.date_signed:
            return _("the day it was concluded is missing.")
        archived = self.paper_place or self.file_place
        return (
            self.form == "written" and not archived and _("say where it is archived.")
        )

    def action_activate(self):
        """In force: orders can be placed under it."""
        self._check_can("activate")
        self._take_step("activate", cancel_reason_id=False, reason_note=False)

    def _get_close_obstacle(self):
        return self.handover_open_count and self.env._("the handover is not complete.")

    def action_close(self):
        self._check_can("close")
        self._take_step("close")
        self._end_reminder()

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        self._end_reminder()

    def _end_reminder(self):
        # sudo: a colleague's activity ends with the reason for it
        self.sudo().activity_unlink(["sales_assistant.mail_act_contract_expiring"])

    def action_renew(self):
        """A draft for the following term, with the same parties and conditions."""
        self.ensure_one()
        self.check_access("write")
        follower = self.search([("previous_id", "=", self.id)], limit=1)
        if not follower:
            follower = self.copy({"previous_id": self.id, **self._get_next_term()})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": follower.id,
            "view_mode": "form",
        }

    def _get_next_term(self):
        """The term after this one, of the same length."""
        if not self.date_from or not self.date_to:
            return {"date_signed": False}
        begin = self.date_to + relativedelta(days=1)
        length = relativedelta(begin, self.date_from)
        return {
            "date_signed": False,
            "date_from": begin,
            "date_to": begin + length - relativedelta(days=1),
        }

    # ------------------------------------------------------------------- reminders

    @api.model
    def _cron_remind(self):
        """SA-16: the salesperson learns once per end date that a contract expires."""
        for company in self.env["res.company"].search([]):
            due = self._get_remind_domain(company)
            while contracts := self.search(due, limit=REMIND_BATCH):
                contracts._do_remind()
                self.env["ir.cron"]._commit_progress(len(contracts))

    @api.model
    def _get_remind_domain(self, company):
        today = company._get_sales_today()
        reminded = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IS DISTINCT FROM %s",
                model._field_to_sql(alias, "reminded_for", query),
                model._field_to_sql(alias, "date_to", query),
            ),
            predicate=lambda one: one.reminded_for != one.date_to,
        )
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "active")
            & Domain("date_remind", "<=", today)
            & reminded
        )

    def _do_remind(self):
        for contract in self:
            contract.activity_schedule(
                "sales_assistant.mail_act_contract_expiring",
                date_deadline=max(
                    contract.company_id._get_sales_today(), contract.date_to
                ),
                user_id=(contract.assistant_id or contract.user_id).id,
            )
            contract._write_guarded({"reminded_for": contract.date_to})

    # ----------------------------------------------------------------------- lists

    def action_view_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders"),
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("sales_contract_id", "=", self.id)],
            "context": {
                "default_sales_contract_id": self.id,
                "default_partner_id": self.partner_id.id,
            },
        }

    def action_view_performance(self):
        """SA-16: ordered, delivered, invoiced, collected under this contract."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_performance_report_action"
        )
        return {**action, "domain": [("contract_id", "=", self.id)], "context": {}}

    @api.model
    def _get_sheet_title(self):
        return self.env._("Contract Register")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("partner_ref"),
            Column("subject"),
            Column("partner_id"),
            Column("form"),
            Column("kind"),
            Column("date_signed"),
            Column("date_from"),
            Column("date_to"),
            Column("amount", total=True),
            Column("sealed_at"),
            Column("paper_place"),
            Column("file_place"),
            Column("user_id"),
            Column("state"),
        ]
