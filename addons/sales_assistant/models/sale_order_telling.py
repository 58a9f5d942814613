# pylint: disable=consider-merging-classes-inherited
# What the customer was told is a concept of its own beside the plan.
from datetime import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .sales_assistant_order_mixin import MILESTONE, USER

#: hour of a promised day where an order names none
PROMISED_AT = time(17)


class SaleOrder(models.Model):
    """SA-10: the dates a customer was told; once he was, they change with a reason, and
    he hears of the change (及时与客户沟通, S0 职责三·四)."""

    _inherit = "sale.order"

    sales_told_date = fields.Date(
        "Date Told",
        readonly=True,
        copy=False,
        help="The delivery date that the customer was told last.",
    )
    sales_told_at = fields.Datetime("Customer Told on", readonly=True, copy=False)
    sales_telling_ids = fields.One2many(
        "sales.assistant.telling", "order_id", "Told to the Customer", groups=MILESTONE
    )
    is_sales_telling_due = fields.Boolean(
        "Customer to Be Told",
        compute="_compute_is_sales_telling_due",
        search="_search_is_sales_telling_due",
        groups=MILESTONE,
        help="A date that the customer knows has moved since he was told.",
    )

    _told_idx = models.Index(
        "(sales_told_date) WHERE sales_told_date IS NOT NULL AND state = 'sale'"
    )

    @api.depends(
        "state",
        "sales_told_date",
        "sales_promised_date",
        "sales_milestone_ids.date_planned",
        "sales_milestone_ids.date_told",
        "sales_milestone_ids.state",
    )
    def _compute_is_sales_telling_due(self):
        for order in self:
            order.is_sales_telling_due = (
                order.state == "sale"
                and order.sales_told_date
                and (
                    order.sales_told_date != order.sales_promised_date
                    or any(
                        one.state == "pending"
                        and one.is_public
                        and one.date_told
                        and one.date_planned > one.date_told
                        for one in order.sales_milestone_ids
                    )
                )
            )

    def _search_is_sales_telling_due(self, operator, value):
        if operator != "in":
            return NotImplemented

        def has_moved(model, alias, query):
            return SQL(
                """(%(told)s IS DISTINCT FROM %(promised)s OR EXISTS (
                    SELECT 1
                      FROM sales_assistant_milestone step
                     WHERE step.order_id = %(order)s
                       AND step.state = 'pending'
                       AND step.is_public
                       AND step.date_planned > step.date_told
                ))""",
                told=SQL.identifier(alias, "sales_told_date"),
                promised=SQL.identifier(alias, "sales_promised_date"),
                order=SQL.identifier(alias, "id"),
            )

        self.env["sales.assistant.milestone"].flush_model(
            ["order_id", "state", "is_public", "date_planned", "date_told"]
        )
        self.flush_model(["sales_told_date", "sales_promised_date"])
        return (
            Domain("state", "=", "sale")
            & Domain("sales_told_date", "!=", False)
            & Domain.custom(
                to_sql=has_moved, predicate=lambda order: order.is_sales_telling_due
            )
        )

    # ------------------------------------------------------------------ guards

    def _check_promise_stays(self, vals):
        """:raises UserError: the promised date would move without a reason although the
        customer was told"""
        moment = fields.Datetime.to_datetime(vals["commitment_date"])
        moved = self.filtered(
            lambda order: (
                order.state == "sale"
                and order.sales_told_date
                and order.sales_promised_date
                != (moment and order.company_id._get_sales_day(moment))
            )
        )
        if moved:
            raise UserError(
                self.env._(
                    "The customer was told the delivery date, it moves with a reason: "
                    "move the shipment among the milestones.\n%(orders)s",
                    orders="\n".join(
                        f"{order.name}: {format_date(self.env, order.sales_told_date)}"
                        for order in moved
                    ),
                )
            )

    def _do_promise(self, day):
        """Promise another day, at the same time of the day."""
        # sudo: the wizard has asked for the reason
        self.sudo().commitment_date = self._get_promise_moment(day)

    def _get_promise_moment(self, day):
        """``day`` at the hour that is promised so far, else at the day's end."""
        self.ensure_one()
        company = self.company_id
        clock = PROMISED_AT
        if self.commitment_date:
            clock = company._get_sales_clock(self.commitment_date)
        return company._get_sales_moment(day, clock)

    # -------------------------------------------------------------------- tell

    def action_tell_customer(self):
        """The wizard that notes what the customer was told."""
        self.ensure_one()
        self._check_can_tell()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Told"),
            "res_model": "sales.assistant.telling.log",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _check_can_tell(self):
        """:raises AccessError: not one's own order
        :raises UserError: an order that is not confirmed, or without a date"""
        self.check_access("write")
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("You are not entitled to take this step."))
        for order in self:
            if order.state != "sale":
                raise UserError(
                    self.env._(
                        "%(order)s is not confirmed: there is no date to tell.",
                        order=order.name,
                    )
                )
            if not order.sales_promised_date:
                raise UserError(
                    self.env._(
                        "%(order)s has no delivery date that could be told.",
                        order=order.name,
                    )
                )

    def _do_tell(self, values):
        """Note that the customer was told the date and the shown milestones.

        :param dict values: of the telling: ``told_at``, ``channel`` and, where known,
            ``contact_id``, ``note``, ``reason_id``
        :returns: the telling
        """
        self.ensure_one()
        # sudo: tellings and told days are written by this step only
        order_sudo = self.sudo()
        telling_sudo = self.env["sales.assistant.telling"].sudo()  # sudo: as above
        telling = telling_sudo.create(
            {
                **values,
                "order_id": self.id,
                "user_id": self.env.uid,
                "date_before": self.sales_told_date,
                "date_told": self.sales_promised_date,
            }
        )
        order_sudo.write(
            {
                "sales_told_date": self.sales_promised_date,
                "sales_told_at": telling.told_at,
            }
        )
        shown = order_sudo._get_open_milestones().filtered("is_public")
        for day, milestones in shown.grouped("date_planned").items():
            milestones._write_guarded({"date_told": day})
        return telling
