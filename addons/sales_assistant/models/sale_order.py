from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .sales_assistant_order_mixin import MILESTONE

REVIEW_STATUS = [
    ("draft", "Draft"),
    ("in_review", "In Review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
]
#: whoever else reads orders reads none of the desk's documents
DESK = "sales_assistant.group_sales_assistant_user"
#: written by the desk's own steps only
CLOSED_FIELDS = frozenset(
    {
        "sales_review_state",
        "is_accepted_by_customer",
        "accepted_by_customer_at",
        "sales_promised_date",
        "sales_told_date",
        "sales_told_at",
    }
)


class SaleOrder(models.Model):
    """An order has an assistant besides its salesperson: the customer's, else the
    team's (协助业务人员进行订单制作、跟单, S0 二)."""

    _inherit = ["sale.order", "sales.snapshot.source.mixin"]
    _name = "sale.order"

    assistant_id = fields.Many2one(
        "res.users",
        "Sales Assistant",
        compute="_compute_assistant_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        tracking=True,
        domain=[("share", "=", False)],
    )
    sales_promised_date = fields.Date(
        "Promised Date",
        compute="_compute_sales_promised_date",
        store=True,
        precompute=True,
        help="The business day of the delivery date promised to the customer.",
    )

    sales_special_requirement = fields.Text(
        "Special Requirement",
        tracking=True,
        help="What the customer wants otherwise than usual: material, tolerance, "
        "marking, packing, documents.",
    )
    is_sales_oral_contract = fields.Boolean(
        "Oral Contract",
        copy=False,
        tracking=True,
        help="Agreed by word of mouth; nothing in writing from the customer yet.",
    )

    # review (sale_order_review.py)
    sales_review_ids = fields.One2many(
        "sales.assistant.review",
        "order_id",
        "Contract Reviews",
        copy=False,
        groups=DESK,
    )
    sales_review_id = fields.Many2one(
        "sales.assistant.review",
        "Current Review",
        compute="_compute_sales_review_id",
        groups=DESK,
    )
    sales_review_state = fields.Selection(
        REVIEW_STATUS,
        "Review",
        compute="_compute_sales_review_state",
        store=True,
        copy=False,
    )
    sales_review_count = fields.Integer(compute="_compute_sales_review_id", groups=DESK)
    is_sales_review_required = fields.Boolean(
        compute="_compute_is_sales_review_required"
    )

    # the customer's acceptance
    is_accepted_by_customer = fields.Boolean(
        "Accepted by Customer", readonly=True, copy=False
    )
    accepted_by_customer_at = fields.Datetime("Accepted on", readonly=True, copy=False)

    # follow-up (sale_order_milestone.py)
    sales_order_type_id = fields.Many2one(
        "sales.assistant.order.type",
        "Order Type",
        index="btree_not_null",
        check_company=True,
        help="Says which milestones the order takes.",
    )
    sales_milestone_ids = fields.One2many(
        "sales.assistant.milestone",
        "order_id",
        "Milestones",
        copy=False,
        groups=MILESTONE,
    )
    sales_timeline = fields.Json(compute="_compute_sales_timeline", groups=MILESTONE)
    sales_milestone_count = fields.Integer(
        compute="_compute_sales_milestone_count", groups=MILESTONE
    )
    sales_milestone_late_count = fields.Integer(
        compute="_compute_sales_milestone_count", groups=MILESTONE
    )

    _accepted_waiting_idx = models.Index(
        "(accepted_by_customer_at, id) "
        "WHERE is_accepted_by_customer AND state IN ('draft', 'sent')"
    )
    _sales_review_open_idx = models.Index(
        "(sales_review_state, id) WHERE sales_review_state IN ('in_review', 'rejected')"
    )

    def _auto_init(self):
        """Columns are made and filled by SQL: an installation on a million orders must
        not compute them one by one."""
        cr = self.env.cr
        if not column_exists(cr, "sale_order", "assistant_id"):
            create_column(cr, "sale_order", "assistant_id", "int4")
        if not column_exists(cr, "sale_order", "sales_review_state"):
            create_column(cr, "sale_order", "sales_review_state", "varchar")
        if not column_exists(cr, "sale_order", "sales_promised_date"):
            create_column(cr, "sale_order", "sales_promised_date", "date")
            cr.execute(
                SQL(
                    """
                    UPDATE sale_order o
                       SET sales_promised_date = (
                               o.commitment_date AT TIME ZONE 'UTC'
                               AT TIME ZONE COALESCE(calendar.tz, 'UTC')
                           )::date
                      FROM res_company company
                 LEFT JOIN resource_calendar calendar
                        ON calendar.id = company.resource_calendar_id
                     WHERE company.id = o.company_id
                       AND o.commitment_date IS NOT NULL
                    """
                )
            )
        return super()._auto_init()

    # ---------------------------------------------------------------- computes

    @api.depends("partner_id", "team_id")
    def _compute_assistant_id(self):
        for order in self:
            # sudo: a customer's assistant is no secret to who sells to him
            partner_sudo = order.partner_id.sudo()
            order.assistant_id = (
                partner_sudo.assistant_id
                or partner_sudo.commercial_partner_id.assistant_id
                or order.team_id.sudo().assistant_id  # sudo: see above
            )

    @api.depends("commitment_date", "company_id")
    def _compute_sales_promised_date(self):
        for order in self:
            order.sales_promised_date = order.commitment_date and (
                order.company_id._get_sales_day(order.commitment_date)
            )

    # ------------------------------------------------------------------ closed

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and field.name in CLOSED_FIELDS:
            return False
        return super()._has_field_access(field, operation)

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            for vals in vals_list:  # no default opens what is closed
                for fname in CLOSED_FIELDS & vals.keys():
                    del vals[fname]
        return vals_list

    # -------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._check_reviewed()
        return orders

    def write(self, vals):
        confirmed = self.browse()
        if vals.get("state") == "sale":
            confirmed = self.filtered(lambda order: order.state != "sale")
        promised = {}
        if "commitment_date" in vals and not self.env.su:
            self._check_promise_stays(vals)
        if "commitment_date" in vals:
            promised = {order.id: order.sales_promised_date for order in self}
        with self._watch_terms(vals):
            result = super().write(vals)
            confirmed._check_reviewed()
        moved = self.filtered(
            lambda order: (
                order.id in promised and promised[order.id] != order.sales_promised_date
            )
        )
        moved._replan_milestones()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_reviews(self):
        """A quotation that was never asked to be reviewed goes with its drafts; a
        reviewed one is kept."""
        self.sudo().sales_review_ids.unlink()  # sudo: the reviews refuse by themselves

    # ------------------------------------------------------------------- hooks

    def _is_confirmation_guarded(self):
        """Hook: whether something has to be decided before this order is confirmed."""
        return False

    def _get_confirmation_gap(self):
        """What this order still lacks before it is confirmed, or False."""
        self.ensure_one()
        return self._get_confirmation_gaps()[self]

    def _get_confirmation_gaps(self):
        """Hook: what each order still lacks before it is confirmed; asked of the
        database alone.

        :returns: {order: text or False}
        """
        return dict.fromkeys(self, False)

    def _lock_confirmation_guards(self):
        """Hook: lock what lets these orders through, so that it cannot be taken back
        at this moment."""

    def _request_for_accepted(self):
        """Hook: ask for what these orders, accepted by their customer, lack."""

    def _get_waiting_words(self):
        """Hook: what the responsible is told about an accepted order that waits."""
        return ""

    def _note_change_of_terms(self):
        """Hook: the current user changes terms of these orders."""

    def _follow_changed_terms(self):
        """Hook: what follows a change of terms once it is complete."""

    def _action_cancel(self):
        result = super()._action_cancel()
        self._close_follow_up()
        return result

    def _action_confirm(self):
        result = super()._action_confirm()
        self._create_milestones()
        return result
