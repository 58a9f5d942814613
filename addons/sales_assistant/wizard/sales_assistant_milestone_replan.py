from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.sales_assistant_telling import CHANNELS
from ..tools import milestone


class SalesAssistantMilestoneReplan(models.TransientModel):
    """SA-10: moves a milestone and shows before what follows: each later milestone, old
    and new, and whether the date promised to the customer is crossed."""

    _name = "sales.assistant.milestone.replan"
    _description = "Move a Milestone"

    milestone_id = fields.Many2one(
        "sales.assistant.milestone", required=True, readonly=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="milestone_id.order_id")
    date_before = fields.Date(related="milestone_id.date_planned", string="Planned")
    date_new = fields.Date("New Date", required=True)
    following = fields.Selection(
        [
            ("keep", "Keep their distance"),
            ("push", "Move only as far as the work needs"),
        ],
        "Following Milestones",
        required=True,
        default="keep",
    )
    reason_id = fields.Many2one(
        "sales.reason", domain=[("usage", "=", "sales_milestone_move")]
    )
    note = fields.Char()
    is_told = fields.Boolean(compute="_compute_is_told")
    seen = fields.Char(readonly=True)

    # effect
    preview_html = fields.Html(compute="_compute_effect", sanitize=False)
    date_promised = fields.Date(related="order_id.sales_promised_date")
    date_ready = fields.Date("Ready", compute="_compute_effect")
    is_promise_crossed = fields.Boolean(compute="_compute_effect")

    # promise
    is_promise_moved = fields.Boolean(
        "Move the Promised Date, too",
        help="The promised date becomes the day of “Ready”.",
    )
    is_told_now = fields.Boolean("The Customer Has Been Told")
    channel = fields.Selection(CHANNELS, "How", default="phone")
    contact_id = fields.Many2one("res.partner", "To Whom")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        one = self.env["sales.assistant.milestone"].browse(values.get("milestone_id"))
        if one:
            values["date_new"] = one.date_planned
            values["seen"] = self._get_plan_mark(one.order_id)
            values["contact_id"] = one.partner_id.id
        return values

    @api.model
    def _get_plan_mark(self, order):
        """Tells the plan that was shown from another one."""
        return ",".join(
            f"{one.id}:{one.date_planned}:{one.duration_days}"
            for one in order._get_open_milestones()
        )

    @api.depends("milestone_id")
    def _compute_is_told(self):
        for wizard in self:
            # sudo: who is responsible for a step may not see its order
            order_sudo = wizard.order_id.sudo()
            wizard.is_told = bool(
                wizard.milestone_id.date_told or order_sudo.sales_told_date
            )

    @api.depends("milestone_id", "date_new", "following")
    def _compute_effect(self):
        for wizard in self:
            # sudo: see above
            order_sudo = wizard.order_id.sudo()
            days = wizard._get_new_days()
            steps = order_sudo._get_open_milestones()
            until = order_sudo._filter_promised(steps)
            ready = max((days[one.id] for one in until), default=False)
            promised = order_sudo.sales_promised_date
            wizard.date_ready = ready
            wizard.is_promise_crossed = bool(ready and promised and ready > promised)
            wizard.preview_html = self.env["ir.qweb"]._render(
                "sales_assistant.milestone_replan_preview",
                {"rows": wizard._get_preview_rows(steps, days)},
            )

    def _get_preview_rows(self, steps, days):
        promised = self.date_promised
        until = self.order_id._filter_promised(steps)
        return [
            {
                "name": one.name,
                "before": one.date_planned,
                "after": days[one.id],
                "days": (days[one.id] - one.date_planned).days,
                "told": one.date_told,
                "is_crossed": bool(
                    promised and one in until and days[one.id] > promised
                ),
            }
            for one in steps
        ]

    def _get_new_days(self):
        """Day of each open milestone of the order after the move.

        :returns: {milestone id: day}
        """
        # sudo: see above
        order_sudo, one = self.order_id.sudo(), self.milestone_id
        steps = order_sudo._get_open_milestones()
        days = {step.id: step.date_planned for step in steps}
        if not one or not self.date_new or one.id not in days:
            return days
        following = steps.filtered(lambda step: step == one or step._is_after(one))
        # the moved one leads, whatever shares its place
        open_steps = one._to_open_steps() + (following - one)._to_open_steps()
        dates = [self.date_new, *(step.planned for step in open_steps)]
        span = (max(dates) - min(dates)).days + sum(s.duration for s in open_steps)
        window = milestone.get_window(dates, [-span, span])
        working_days = order_sudo.company_id._get_sales_working_days(
            *window, calendar=order_sudo._get_sales_calendar()
        )
        return {
            **days,
            **milestone.move(
                open_steps, self.date_new, self.following == "push", working_days
            ),
        }

    # ------------------------------------------------------------------- apply

    def action_apply(self):
        self.ensure_one()
        one, order = self.milestone_id, self.order_id
        one._check_can("move")
        steps = order._get_open_milestones()
        steps._lock_for_step()
        self._check_complete()
        days = self._get_new_days()
        before = {step.id: step.date_planned for step in steps}
        is_promise_moved = self.is_promise_moved and self.is_promise_crossed
        if is_promise_moved or self.is_told_now:
            order.check_access("write")
        if is_promise_moved:
            order._do_promise(self.date_ready)
        moved = steps._do_move(days, before, self.reason_id, self.note)
        if self.is_told_now:
            order._check_can_tell()
            order._do_tell(
                {
                    "told_at": fields.Datetime.now(),
                    "channel": self.channel,
                    "contact_id": self.contact_id.id,
                    "note": self.note,
                    "reason_id": self.reason_id.id,
                }
            )
        self._say_in_order(moved)
        return {"type": "ir.actions.act_window_close"}

    def _check_complete(self):
        """:raises UserError: something is missing, or the plan is no longer the one
        that was shown"""
        _ = self.env._
        reason = self.reason_id
        if self.seen and self.seen != self._get_plan_mark(self.order_id):
            raise UserError(
                _("Somebody else has changed the plan meanwhile. Look at it again.")
            )
        if self.is_told and not reason:
            raise UserError(_("The customer was told the dates: say why they change."))
        if reason and reason.usage != "sales_milestone_move":
            raise UserError(_("This reason is not meant for this step."))
        if reason.is_note_required and not (self.note or "").strip():
            raise UserError(
                _("The reason “%(reason)s” needs a note.", reason=reason.name)
            )
        if self.is_told_now and not self.channel:
            raise UserError(_("Say how the customer was told."))

    def _say_in_order(self, moved):
        if not moved:
            return
        text = self.env._(
            "Milestones moved: %(names)s", names=", ".join(moved.mapped("name"))
        )
        words = [self.reason_id.name, self.note]
        body = " · ".join([text, *(word for word in words if word)])
        # sudo: a note of what was just done
        self.order_id.sudo().message_post(body=body, subtype_xmlid="mail.mt_note")
