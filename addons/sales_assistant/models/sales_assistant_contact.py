from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.sheet import Column

CONTACT_CHANNELS = [
    ("visit", "Visit"),
    ("phone", "Phone"),
    ("letter", "Letter"),
    ("email", "E-mail"),
    ("fax", "Fax"),
    ("message", "Message"),
]
CONTACT_WISHES = [
    ("enquiry", "Enquiry"),
    ("order", "Order"),
    ("complaint", "Complaint"),
    ("payment", "Payment"),
    ("sample", "Sample"),
    ("other", "Other"),
]
CONTACT_STATES = [("open", "Open"), ("answered", "Answered"), ("closed", "Closed")]
#: what the systray's window may say about a contact
LOGGED_FIELDS = frozenset(
    "channel direction wish partner_id contact_name phone email subject note".split()
)


class SalesAssistantContact(models.Model):
    """SA-03: a customer came, called or wrote 接待来访、来电、来函 (S0).

    Who, when, how, what he wished, who answers and until when. A contact that came in
    is open until it was answered; one that went out asks for nothing. It is closed
    when nothing more follows from it; without an answer only with a reason. What it
    leads to (opportunity, quotation, complaint) is made from it and linked both ways.
    """

    _name = "sales.assistant.contact"
    _inherit = [
        "sales.document.mixin",
        "sales.sheet.mixin",
        "sales.board.source.mixin",
    ]
    _description = "Contact"
    _order = "contact_at desc, id desc"
    _check_company_auto = True

    _steps = {
        "answer": Step({"open"}, "answered"),
        "close": Step({"answered"}, "closed"),
        "drop": Step({"open"}, "closed", reason_usage="sales_contact_drop"),
        "reopen": Step({"answered", "closed"}, "open"),
        "plan_visit": Step({"open"}),
        "create_lead": Step({"open", "answered"}),
        "create_order": Step({"open", "answered"}),
        "create_complaint": Step({"open", "answered"}),
    }
    _frozen_states = frozenset({"answered", "closed"})
    _deletable_states = frozenset()
    _closed_fields = frozenset(
        "commercial_partner_id salesperson_id assistant_id team_id"
        " due_at answered_at answered_by_id answer_hours is_answered_late"
        " told_due_at is_told event_id lead_id order_id complaint_id".split()
    )

    subject = fields.Char(tracking=True)
    state = fields.Selection(
        CONTACT_STATES,
        required=True,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    channel = fields.Selection(
        CONTACT_CHANNELS, required=True, default="phone", index=True
    )
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], required=True, default="in"
    )
    wish = fields.Selection(
        CONTACT_WISHES, required=True, default="enquiry", index=True, tracking=True
    )
    contact_at = fields.Datetime(
        "When", required=True, default=fields.Datetime.now, tracking=True
    )
    note = fields.Text("What was said")
    answer = fields.Text(copy=False)

    # who
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        string="Company of the Customer",
    )
    contact_name = fields.Char(
        "Who Called", help="Who it was, as long as he is no customer on file."
    )
    phone = fields.Char()
    email = fields.Char("E-mail")

    # people of the house
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_people",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
        domain=[("share", "=", False)],
        tracking=True,
        help="Answers: the customer's assistant, else his salesperson, else whoever "
        "took the contact down.",
    )
    salesperson_id = fields.Many2one(
        "res.users",
        compute="_compute_people",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    assistant_id = fields.Many2one(
        "res.users",
        "Sales Assistant",
        compute="_compute_people",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )

    # steps (sales_assistant_contact_step.py)
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    answered_at = fields.Datetime("Answered", readonly=True, copy=False)
    answer_hours = fields.Float(
        "Hours to Answer",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours from the contact to the first answer.",
    )
    is_answered_late = fields.Boolean("Late Answer", readonly=True, copy=False)

    # what it led to (sales_assistant_contact_turn.py)
    lead_id = fields.Many2one(
        "crm.lead", "Opportunity", readonly=True, copy=False, index="btree_not_null"
    )
    order_id = fields.Many2one(
        "sale.order", "Quotation", readonly=True, copy=False, index="btree_not_null"
    )
    complaint_id = fields.Many2one(
        "sales.complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    can_answer = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_drop = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")
    can_plan_visit = fields.Boolean(compute="_compute_can_steps")
    can_create_lead = fields.Boolean(compute="_compute_can_steps")
    can_create_order = fields.Boolean(compute="_compute_can_steps")
    can_create_complaint = fields.Boolean(compute="_compute_can_steps")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another contact has this number."
    )
    _due_idx = models.Index("(due_at, id) WHERE state = 'open'")
    _customer_idx = models.Index("(commercial_partner_id, contact_at DESC)")

    # ---------------------------------------------------------------- computes

    @api.depends("partner_id")
    def _compute_people(self):
        for contact in self:
            # sudo: who looks after a customer is no secret to who takes his call
            partner_sudo = contact.partner_id.sudo()
            company_sudo = partner_sudo.commercial_partner_id
            contact.salesperson_id = partner_sudo.user_id or company_sudo.user_id
            contact.assistant_id = (
                partner_sudo.assistant_id or company_sudo.assistant_id
            )
            contact.user_id = (
                contact.assistant_id
                or contact.salesperson_id
                or contact.user_id
                or self._get_default_user()
            )

    @api.model
    def _get_default_user(self):
        """Who took it down answers, unless a job did."""
        user = self.env.user
        return user if user._is_internal() else user.browse()

    @api.depends("user_id", "salesperson_id", "company_id")
    def _compute_team_id(self):
        for contact in self:
            # sudo: as for the people
            person_sudo = (contact.salesperson_id or contact.user_id).sudo()
            team_sudo = person_sudo.sale_team_id
            if team_sudo.company_id not in (
                contact.company_id,
                team_sudo.company_id[:0],
            ):
                team_sudo = team_sudo.browse()
            contact.team_id = team_sudo.id

    @api.depends("name", "subject", "wish", "channel")
    def _compute_display_name(self):
        for contact in self:
            contact.display_name = f"{contact.name} · {contact._get_title()}"

    def _get_title(self):
        """The subject, else the wish and the channel in words."""
        self.ensure_one()
        if self.subject:
            return self.subject
        return " · ".join(
            dict(self._fields[fname]._description_selection(self.env)).get(self[fname])
            or ""
            for fname in ("wish", "channel")
        )

    def _get_who(self):
        """The customer on file, else what is known of who it was."""
        self.ensure_one()
        who = self.partner_id.display_name or self.contact_name
        return who or self.phone or self.email or ""

    @api.depends(
        "state",
        "channel",
        "partner_id",
        "host_id",
        "room",
        "visit_hours",
        "contact_at",
        "lead_id",
        "order_id",
        "complaint_id",
    )
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    # ------------------------------------------------------------- constraints

    @api.constrains("contact_at", "channel")
    def _check_contact_at(self):
        """Only a visit can be ahead: it is planned."""
        now = fields.Datetime.now()
        if any(one.contact_at > now and one.channel != "visit" for one in self):
            raise ValidationError(
                self.env._(
                    "Only a visit can be planned ahead; when was the customer in touch?"
                )
            )

    @api.constrains("partner_id", "contact_name", "phone", "email")
    def _check_who(self):
        """Nobody can be answered whom nothing is known of."""
        if any(not one._get_who() for one in self):
            raise ValidationError(
                self.env._(
                    "Note who it was: the customer, a name, a number or an address."
                )
            )

    # -------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        outgoing = contacts.filtered(
            lambda one: one.direction == "out" and one.state == "open"
        )
        outgoing._close_outgoing()
        return contacts

    def _close_outgoing(self):
        """What went out to the customer waits for no answer of ours; a visit that is
        planned does."""
        now = fields.Datetime.now()
        done = self.filtered(lambda one: one.contact_at <= now)
        done._write_guarded({"state": "closed"})

    # ------------------------------------------------------------------- search

    @api.model
    def _get_unanswered_domain(self):
        """What came in, or was planned, and nobody has answered."""
        return Domain("state", "=", "open") & Domain(
            "contact_at", "<=", fields.Datetime.now()
        )

    @api.model
    def _get_coming_visits_domain(self):
        return (
            Domain("state", "=", "open")
            & Domain("channel", "=", "visit")
            & Domain("contact_at", ">", fields.Datetime.now())
        )

    @api.model
    def _get_mine_domain(self):
        """Contacts the current user answers: his own, of those he stands in for, and
        nobody's; a host's visits, too."""
        acting = self.env.user._get_sales_acting_ids()
        return (
            Domain("user_id", "in", acting)
            | Domain("host_id", "in", acting)
            | Domain("user_id", "=", False)
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Contact Log")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("name"),
            Column("contact_at"),
            Column("channel"),
            Column("direction"),
            Column("partner_id.name", label=_("Customer")),
            Column("contact_name"),
            Column("phone"),
            Column("wish"),
            Column("subject", width=40),
            Column("note", width=40),
            Column("user_id"),
            Column("due_at"),
            Column("state"),
            Column("answered_at"),
            Column("answer_hours"),
            Column("is_answered_late"),
            Column("answer", width=40),
            Column("lead_id.name", label=_("Opportunity")),
            Column("order_id.name", label=_("Quotation")),
            Column("complaint_id.name", label=_("Complaint")),
        ]
