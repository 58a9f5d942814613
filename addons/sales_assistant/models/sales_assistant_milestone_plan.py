# pylint: disable=consider-merging-classes-inherited
# The plan of a milestone and how it moves is a concept of its own beside its life.
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.sql import column_exists, create_column, table_exists

from ..tools import milestone

#: what the last day without risk depends on
PLAN = ("state", "date_planned", "date_done", "duration_days", "sequence")


class SalesAssistantMilestone(models.Model):
    """SA-10: the plan of a milestone: its first day, the day the customer knows, the
    work that it takes, and the last day on which all is still well.

    Once the customer was told a day, it moves with a reason only. What happens in Odoo
    completes its milestones itself: nobody ticks them.
    """

    _inherit = "sales.assistant.milestone"

    duration_days = fields.Integer(
        "Takes (Working Days)",
        help="Working days that the step takes once the step before it is done.",
    )
    date_first = fields.Date("First Planned", readonly=True, copy=False)
    date_told = fields.Date(
        "Told to Customer",
        readonly=True,
        copy=False,
        help="The day that the customer was told last.",
    )
    date_expected = fields.Date(
        "Expected",
        readonly=True,
        copy=False,
        help="Day on which it happens as far as Odoo knows, such as the planned end of "
        "production.",
    )
    date_latest = fields.Date(
        "Without Risk Until",
        compute="_compute_date_latest",
        store=True,
        help="Until this day the first open step of the order can be done, and this "
        "one still keeps its planned day.",
    )
    change_ids = fields.One2many(
        "sales.assistant.milestone.change", "milestone_id", "Changes of the Date"
    )
    can_move = fields.Boolean(compute="_compute_can_steps")

    _duration_sane = models.Constraint(
        "CHECK(duration_days BETWEEN 0 AND 365)",
        "A step takes between 0 and 365 working days.",
    )
    _latest_idx = models.Index(
        "(date_latest) WHERE state = 'pending' AND date_latest IS NOT NULL"
    )

    def _auto_init(self):
        """The column of the last day is made before Odoo would compute it for every
        milestone there is; the migration fills it for the open ones."""
        cr = self.env.cr
        if table_exists(cr, self._table) and not column_exists(
            cr, self._table, "date_latest"
        ):
            create_column(cr, self._table, "date_latest", "date")
        return super()._auto_init()

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {
            "date_first",
            "date_told",
            "date_expected",
            "date_latest",
        }

    # ---------------------------------------------------------------- computes

    @api.depends(
        *PLAN,
        "date_expected",
        *(f"order_id.sales_milestone_ids.{fname}" for fname in PLAN),
        "order_id.sales_milestone_ids.date_expected",
    )
    def _compute_date_latest(self):
        days = self.order_id._get_latest_days()
        for one in self:
            one.date_latest = days.get(one._origin.id, False)

    # -------------------------------------------------------------------- CRUD

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        for vals in vals_list:
            vals["date_first"] = vals.get("date_planned")
        return vals_list

    def write(self, vals):
        if not self.env.su:
            self._check_plan_stays(vals)
        return super().write(vals)

    def _check_plan_stays(self, vals):
        """:raises UserError: a day the customer knows would move without a reason, or
        what completes a milestone would be exchanged"""
        if "trigger" in vals and self.filtered(lambda m: m.trigger != vals["trigger"]):
            raise UserError(
                self.env._(
                    "What completes a milestone stays as it was planned. Skip it with "
                    "a reason and add another one."
                )
            )
        if "date_planned" not in vals:
            return
        day = fields.Date.to_date(vals["date_planned"])
        told = self.filtered(lambda m: m.date_told and m.date_planned != day)
        if told:
            raise UserError(
                self.env._(
                    "The customer was told these days, they move with a reason: use "
                    "“Move”.\n%(milestones)s",
                    milestones="\n".join(
                        f"{one.display_name}: {format_date(self.env, one.date_told)}"
                        for one in told
                    ),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_told(self):
        told = self.filtered("date_told")
        if told:
            raise UserError(
                self.env._(
                    "The customer knows of these milestones, skip them with a reason: "
                    "%(milestones)s.",
                    milestones=", ".join(told.mapped("display_name")),
                )
            )

    # ------------------------------------------------------------------- steps

    def _filter_automatic(self):
        """Hook: milestones that something in Odoo completes, so that nobody ticks
        them."""
        return self.filtered(lambda one: one.trigger != "hand")

    def _get_cannot_done(self):
        automatic = self._filter_automatic()
        labels = dict(self._fields["trigger"]._description_selection(self.env))
        return {
            one.id: one in automatic
            and self.env._(
                "it is done by what happens in Odoo: %(event)s.",
                event=labels[one.trigger],
            )
            for one in self
        }

    def action_move(self):
        """The wizard that moves a milestone and shows what follows."""
        self.ensure_one()
        self._check_can("move")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move Milestone"),
            "res_model": "sales.assistant.milestone.replan",
            "view_mode": "form",
            "target": "new",
            "context": {"default_milestone_id": self.id},
        }

    def _do_move(self, days, before, reason, note):
        """Move milestones and keep what was planned before, and why it changed.

        :param dict days: {milestone id: new day}
        :param dict before: {milestone id: day of the plan that is left}
        :param reason: sales.reason, empty where nobody was told
        :param str note: in words
        :returns: the moved milestones
        """
        moved = self.filtered(lambda one: days[one.id] != before[one.id])
        # sudo: changes are written by the step only
        self.env["sales.assistant.milestone.change"].sudo().create(
            [
                {
                    "milestone_id": one.id,
                    "date_before": before[one.id],
                    "date_after": days[one.id],
                    "reason_id": reason.id,
                    "note": note,
                    "user_id": self.env.uid,
                    "is_after_told": bool(one.date_told),
                }
                for one in moved
            ]
        )
        # the promise may have moved others meanwhile
        changed = self.filtered(lambda one: days[one.id] != one.date_planned)
        for day, milestones in changed.grouped(lambda one: days[one.id]).items():
            milestones._write_guarded({"date_planned": day})
        return moved

    def _note_expected(self, days):
        """Note when what completes the pending milestones is expected.

        :param dict days: {order id: day}
        """
        changed = self.filtered(
            lambda one: (
                one.state == "pending"
                and one.date_expected != days.get(one.order_id.id, False)
            )
        )
        for day, milestones in changed.grouped(
            lambda one: days.get(one.order_id.id, False)
        ).items():
            milestones._write_guarded({"date_expected": day})

    @api.model
    def _get_order_key(self, one):
        """Sorts milestones of an order in the order of their steps."""
        return (one.sequence, one.date_planned, one.id)

    def _is_after(self, other):
        return self._get_order_key(self) > self._get_order_key(other)

    def _to_open_steps(self):
        """Milestones of one order as the planning functions take them."""
        return [
            milestone.OpenStep(
                one.id, one.date_planned, one.duration_days, one.date_expected or None
            )
            for one in self.sorted(self._get_order_key)
        ]
