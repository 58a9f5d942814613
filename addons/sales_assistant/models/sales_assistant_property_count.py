from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools.period import month_of, quarter_of

from .sales_assistant_order_mixin import PROPERTY, USER

COUNT_STATES = [
    ("draft", "To Count"),
    ("counted", "Counted"),
    ("sent", "With the Customer"),
    ("agreed", "Agreed"),
    ("disputed", "Disputed"),
    ("cancelled", "Cancelled"),
]
#: what a customer sees in the portal
SHOWN_STATES = ("sent", "agreed", "disputed")
#: the customer's answer; in the house his signed copy stands for it
SIGNED_FIELDS = frozenset({"signed_copy", "signed_copy_name"})
PERIODS = {"month": month_of, "quarter": quarter_of}


class SalesAssistantPropertyCount(models.Model):
    """SA-17c: what a customer has with us is counted and agreed with him: counted in
    the house, sent, agreed in the portal or by a signed copy. What was counted less or
    more than the books say goes into the ledger once he agrees, not before."""

    _name = "sales.assistant.property.count"
    _inherit = ["sales.assistant.customer.mixin"]
    _description = "Count Sheet of Customer Property"
    _order = "date_count desc, id desc"
    _check_company_auto = True

    _steps = {
        "fill": Step({"draft"}, "draft", USER),
        "count": Step({"draft"}, "counted", USER),
        "recount": Step({"counted", "sent", "disputed"}, "draft", USER),
        "send": Step({"counted"}, "sent", USER),
        "agree": Step({"sent"}, "agreed", USER),
        "confirm": Step({"sent"}, "agreed", "base.group_portal", "read"),
        "dispute": Step({"sent"}, "disputed", "base.group_portal", "read"),
        "cancel": Step(
            {"draft", "counted", "disputed"},
            "cancelled",
            USER,
            "write",
            "sales_property_cancel",
        ),
    }
    _frozen_states = frozenset({"counted", "sent", "agreed", "disputed", "cancelled"})
    _open_when_frozen = frozenset({"user_id", "assistant_id", "team_id"})
    _closed_fields = frozenset(
        {
            "agreed_at",
            "agreed_name",
            "counted_by_id",
            "customer_note",
            "date_sent",
        }
    )

    state = fields.Selection(
        COUNT_STATES,
        required=True,
        default="draft",
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_count = fields.Date(
        "Count on",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        copy=False,
        tracking=True,
        help="The day for which the books and the shelf are compared.",
    )
    line_ids = fields.One2many(
        "sales.assistant.property.count.line", "count_id", "Lines", copy=False
    )
    note = fields.Text()
    difference_count = fields.Integer(
        "Differences", compute="_compute_difference_count"
    )
    counted_by_id = fields.Many2one(
        "res.users", "Counted by", readonly=True, copy=False, index="btree_not_null"
    )
    date_sent = fields.Date("Sent on", readonly=True, copy=False)
    agreed_at = fields.Datetime("Answered on", readonly=True, copy=False)
    agreed_name = fields.Char("Answered by", readonly=True, copy=False)
    customer_note = fields.Text("Customer's Words", readonly=True, copy=False)
    signed_copy = fields.Binary(attachment=True, copy=False)
    signed_copy_name = fields.Char(copy=False)

    can_fill = fields.Boolean(compute="_compute_can_steps")
    can_count = fields.Boolean(compute="_compute_can_steps")
    can_recount = fields.Boolean(compute="_compute_can_steps")
    can_send = fields.Boolean(compute="_compute_can_steps")
    can_agree = fields.Boolean(compute="_compute_can_steps")
    can_confirm = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    # ---------------------------------------------------------------- computes

    @api.depends(
        "state",
        "date_count",
        "signed_copy",
        "line_ids.is_counted",
        "line_ids.note",
        "line_ids.counted_quantity",
    )
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for count in self:
            # sudo: the customer's name stands on his sheet
            names = [count.name, count.partner_id.sudo().name]
            count.display_name = " · ".join(name for name in names if name)

    @api.depends("line_ids.difference")
    def _compute_difference_count(self):
        for count in self:
            count.difference_count = len(count.line_ids._get_different())

    # ------------------------------------------------------------------- frozen

    def _check_not_frozen(self, vals):
        """The customer's signed copy comes when the sheet is with him."""
        sent = self.filtered(lambda count: count.state == "sent")
        rest = {k: value for k, value in vals.items() if k not in SIGNED_FIELDS}
        super(SalesAssistantPropertyCount, self - sent)._check_not_frozen(vals)
        return super(SalesAssistantPropertyCount, sent)._check_not_frozen(rest)

    # ------------------------------------------------------------------- guards

    def _get_count_obstacle(self):
        _ = self.env._
        if self.date_count > self.company_id._get_sales_today():
            return _("its day has not come yet.")
        if not self.line_ids:
            return _("there is nothing on it; fill it from the ledger.")
        if not all(line.is_counted for line in self.line_ids):
            return _("not all lines are counted.")
        if any(
            not (line.note or "").strip() for line in self.line_ids._get_different()
        ):
            return _("each difference needs a word of explanation.")
        if self.line_ids._get_outdated():
            return _("the ledger has changed; fill it again.")
        return False

    def _get_agree_obstacle(self):
        if not self.signed_copy:
            return self.env._("attach the copy that the customer has signed.")
        return False

    # -------------------------------------------------------------------- steps

    def action_fill(self):
        self._check_can("fill")
        self._do_fill()

    def _do_fill(self):
        """Take over what the ledger says of that day; what was counted already stays
        if the books still say the same."""
        owned = self._find_owned()
        lines = self.line_ids
        new, gone = [], lines.browse()
        for count in self:
            known = {line.property_id: line for line in count.line_ids}
            for one in owned[count]:
                booked = one._get_balance(count.date_count)
                line = known.pop(one, None)
                if not line:
                    new.append(
                        {
                            "count_id": count.id,
                            "property_id": one.id,
                            "booked_quantity": booked,
                            "place": one.place,
                            "condition": one.condition,
                        }
                    )
                elif one.uom_id.compare(line.booked_quantity, booked):
                    # sudo: what the books say is closed to the user
                    line.sudo().write({"booked_quantity": booked, "is_counted": False})
            gone = gone.union(*known.values())
        # sudo: the lines of a sheet come from the ledger only
        gone.sudo().unlink()
        lines.sudo().create(new)  # sudo: see above

    def _find_owned(self):
        """What the ledger has of each count's customer on its day."""
        # sudo: a count holds all that the customer has with us, whoever counts
        owned_sudo = (
            self.env["sales.assistant.customer.property"]
            .sudo()
            .search(
                [
                    ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "in", ("held", "closed")),
                ],
                order="kind, id",
            )
        )
        return {
            count: owned_sudo.filtered(
                lambda one, count=count: (
                    one.commercial_partner_id == count.commercial_partner_id
                    and one.company_id == count.company_id
                    and one.uom_id.compare(one._get_balance(count.date_count), 0) > 0
                )
            )
            for count in self
        }

    def action_count(self):
        self._check_can("count")
        self._take_step("count", counted_by_id=self.env.uid)

    def action_recount(self):
        """Back to the shelf: the customer disputes it, or the ledger has changed."""
        self._check_can("recount")
        self._take_step("recount", date_sent=False)

    def action_send(self):
        """The sheet is open for the customer in the portal, and goes to him by mail
        when the letter that opens is sent."""
        self._check_can("send")
        self._do_send()
        if len(self) > 1:
            return False
        template = self.env.ref(
            "sales_assistant.mail_template_property_count", raise_if_not_found=False
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template and template.id,
                "default_composition_mode": "comment",
                "force_email": True,
            },
        }

    def _do_send(self):
        for company, counts in self.grouped("company_id").items():
            counts._take_step("send", date_sent=company._get_sales_today())

    def action_agree(self):
        """The customer has signed the paper."""
        self._check_can("agree")
        for count in self:
            count._do_agree(count.commercial_partner_id.name, False)

    def _do_agree(self, name, words):
        """The customer agrees: the ledger takes the count over."""
        self.ensure_one()
        self._take_step(
            "agree",
            agreed_name=name,
            agreed_at=fields.Datetime.now(),
            customer_note=words,
        )
        # sudo: the count is agreed; the ledger is written by steps only
        self.sudo().line_ids._post()

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ------------------------------------------------------------------- portal

    def _portal_answer(self, verb, words):
        """What the customer says in the portal.

        :param str verb: ``confirm`` or ``dispute``
        :param str words: as received; asked for when he disputes
        """
        self.ensure_one()
        self._check_can(verb)
        if verb == "dispute" and not words:
            raise UserError(self.env._("Say what your records say."))
        person = self.env.user.partner_id
        if verb == "confirm":
            self._do_agree(person.name, words)
        else:
            self._take_step(
                "dispute",
                agreed_name=person.name,
                agreed_at=fields.Datetime.now(),
                customer_note=words,
            )
        # sudo: the customer's answer is told to who looks after him
        self.sudo().message_post(
            author_id=person.id,
            body=words or self.env._("The customer agrees with the count."),
            subtype_xmlid="mail.mt_comment",
        )

    # ------------------------------------------------------------------- search

    @api.model
    def _get_waiting_domain(self, today, answer_days):
        """Sheets with which somebody of the house has to do something."""
        late = today - timedelta(days=answer_days)
        return (
            Domain("state", "in", ("counted", "disputed"))
            | Domain("state", "=", "draft") & Domain("date_count", "<=", today)
            | Domain("state", "=", "sent") & Domain("date_sent", "<=", late)
        )

    # ------------------------------------------------------------------ prepare

    @api.model
    def _create_counts(self, customers, company, day):
        """A filled sheet for each customer who has none for ``day`` yet.

        :param res.partner customers: commercial partners
        :returns: the sheets, those that were there included
        """
        known = self.search(
            [
                ("commercial_partner_id", "in", customers.ids),
                ("company_id", "=", company.id),
                ("date_count", "=", day),
                ("state", "!=", "cancelled"),
            ]
        )
        # sudo: who sells to a customer is read from him
        missing_sudo = (customers - known.commercial_partner_id).sudo()
        counts = self.create(
            [
                {
                    "partner_id": partner_sudo.id,
                    "company_id": company.id,
                    "user_id": (partner_sudo.user_id or self.env.user).id,
                    "date_count": day,
                }
                for partner_sudo in missing_sudo
            ]
        )
        counts._do_fill()
        return known | counts

    @api.model
    def _cron_prepare_counts(self):
        """Every day: shortly before a month or quarter ends, a sheet for each customer
        who has something with us; twice a day gives no second one."""
        if not self.env["res.groups"]._is_feature_enabled(PROPERTY):
            return
        companies = self.env["res.company"].search(
            [("sales_property_count_period", "in", list(PERIODS))]
        )
        for company in companies:
            today = company._get_sales_today()
            last = PERIODS[company.sales_property_count_period](today).last
            if last > today + timedelta(days=company.sales_property_return_days):
                continue
            owners = self.env["sales.assistant.customer.property"]._read_group(
                [("state", "=", "held"), ("company_id", "=", company.id)],
                ["commercial_partner_id"],
            )
            customers = self.env["res.partner"].union(*(row[0] for row in owners))
            self.with_company(company)._create_counts(customers, company, last)

    # --------------------------------------------------------------------- paper

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.env._(
            "Count Sheet %(number)s %(day)s",
            number=self.name,
            day=format_date(self.env, self.date_count, date_format="yyyy-MM-dd"),
        )

    def action_download_lines(self):
        """The sheet as XLSX."""
        self.ensure_one()
        return self.line_ids.action_download_sheet()
