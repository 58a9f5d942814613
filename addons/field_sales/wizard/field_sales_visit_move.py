from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools.period import week_of


class FieldSalesVisitMove(models.TransientModel):
    """Asks for the new day of visits, and for the reason where the plan is settled
    (FS-06: 计划大于变化)."""

    _name = "field.sales.visit.move"
    _description = "Move Visits"

    visit_ids = fields.Many2many("field.sales.visit", string="Visits", required=True)
    date_planned = fields.Date(
        "New Day",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    is_reason_required = fields.Boolean(compute="_compute_is_reason_required")
    reason_id = fields.Many2one("sales.reason", domain=[("usage", "=", "visit_move")])
    note = fields.Text()

    @api.depends("visit_ids")
    def _compute_is_reason_required(self):
        for wizard in self:
            wizard.is_reason_required = any(
                visit.plan_id and visit.plan_id.state != "draft"
                for visit in wizard.visit_ids
            )

    def action_apply(self):
        self.ensure_one()
        visits = self.visit_ids
        visits._check_can("move")
        self._check_reason()
        self._check_day()
        visits._do_move(self.date_planned, self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _check_reason(self):
        if not self.is_reason_required and not self.reason_id:
            return
        if not self.reason_id:
            raise UserError(
                self.env._("The plan has been handed in: give the reason of the move.")
            )
        if self.reason_id.usage != "visit_move":
            raise UserError(self.env._("This reason is not meant for moving a visit."))
        if self.reason_id.is_note_required and not (self.note or "").strip():
            raise UserError(
                self.env._(
                    "The reason “%(reason)s” needs a note.", reason=self.reason_id.name
                )
            )

    def _check_day(self):
        """A visit moves within its week, and not into the past."""
        if self.date_planned < self.env.company._get_sales_today():
            raise UserError(self.env._("A visit is not moved into the past."))
        for visit in self.visit_ids.filtered("plan_id"):
            if week_of(visit.date_planned) != week_of(self.date_planned):
                raise UserError(
                    self.env._(
                        "%(visit)s belongs to the plan of week %(week)s: move it within"
                        " that week, or skip it and plan another one.",
                        visit=visit.display_name,
                        week=visit.plan_id.week,
                    )
                )
