# pylint: disable=consider-merging-classes-inherited
# What ties a visit to its week's plan is a topic of its own.
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.sales_base.tools.period import week_of

#: what the plan's approval settles
PLANNED_FIELDS = frozenset(
    {"store_id", "user_id", "date_planned", "plan_id", "company_id"}
)


class FieldSalesVisit(models.Model):
    """A visit belongs to its week's plan. Once that is handed in, nothing is slipped in
    and nothing taken out: 计划大于变化, a visit moves with a reason only, and it shows
    (FS-06)."""

    _inherit = "field.sales.visit"

    plan_id = fields.Many2one(
        "field.sales.plan", check_company=True, index="btree_not_null"
    )
    plan_state = fields.Selection(related="plan_id.state", string="State of the Plan")
    is_changed = fields.Boolean("Moved", copy=False)
    date_original = fields.Date("First Planned For", copy=False)
    change_reason_id = fields.Many2one(
        "sales.reason", "Reason of the Change", copy=False, index="btree_not_null"
    )
    change_note = fields.Text("Note on the Change", copy=False)

    @api.constrains("plan_id", "user_id", "date_planned")
    def _check_plan(self):
        for visit in self.filtered("plan_id"):
            plan = visit.plan_id
            if visit.user_id != plan.user_id or not (
                plan.date_start <= visit.date_planned <= plan.date_end
            ):
                raise ValidationError(
                    self.env._(
                        "The visit of “%(store)s” does not belong in the plan "
                        "%(plan)s: it is of another week or salesperson.",
                        store=visit.store_id.name,
                        plan=plan.name,
                    )
                )

    # ----------------------------------------------------------- ORM overrides

    def _prepare_create_values(self, vals_list):
        plans = self.env["field.sales.plan"].browse(
            {vals["plan_id"] for vals in vals_list if vals.get("plan_id")}
        )
        owners = {plan.id: plan.user_id.id for plan in plans}
        for vals in vals_list:
            if vals.get("plan_id"):
                vals.setdefault("user_id", owners[vals["plan_id"]])
        vals_list = super()._prepare_create_values(vals_list)
        self._link_plans(vals_list)
        return vals_list

    def _link_plans(self, vals_list):
        """Visits created apart from a plan belong to their week's plan all the same."""
        loose = [vals for vals in vals_list if not vals.get("plan_id")]
        keys = [
            self._get_plan_key(
                vals.get("user_id"),
                fields.Date.to_date(vals.get("date_planned")),
                vals.get("company_id"),
            )
            for vals in loose
        ]
        plans = self._find_plans(keys)
        for vals, key in zip(loose, keys, strict=True):
            vals["plan_id"] = plans.get(key, False)

    def _join_plans(self):
        """Visits outside of a plan come into that of their week, if there is one."""
        keys = {
            visit: self._get_plan_key(
                visit.user_id.id, visit.date_planned, visit.company_id.id
            )
            for visit in self
            if not visit.plan_id
        }
        plans = self._find_plans(keys.values())
        for key, visits in (
            self.browse(visit.id for visit in keys).grouped(keys.get).items()
        ):
            if key in plans:
                visits._write_guarded({"plan_id": plans[key]})

    @api.model
    def _get_plan_key(self, user_id, day, company_id):
        return (user_id, day and week_of(day).first, company_id)

    @api.model
    def _find_plans(self, keys):
        """Plans by what tells them apart: {(user id, monday, company id): plan id}."""
        if not keys:
            return {}
        users, mondays, companies = map(set, zip(*keys, strict=True))
        plans_sudo = (
            self.env["field.sales.plan"]
            .sudo()  # sudo: only the link
            .search_fetch(
                [
                    ("user_id", "in", users),
                    ("date_start", "in", mondays),
                    ("company_id", "in", companies),
                ],
                ["user_id", "date_start", "company_id"],
            )
        )
        return {
            (plan.user_id.id, plan.date_start, plan.company_id.id): plan.id
            for plan in plans_sudo
        }

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.su:
            visits._check_adding()
        return visits

    def write(self, vals):
        if not self.env.su and PLANNED_FIELDS & set(vals):
            self._check_plan_open()
        result = super().write(vals)
        if not self.env.su and PLANNED_FIELDS & set(vals):
            self._join_plans()
            self._check_adding()
            self.check_access("write")  # nothing is pushed to where it is out of reach
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        if not self.env.su:
            self._check_plan_open()

    def _check_adding(self):
        """Into a plan that was handed in nothing is slipped."""
        for visit in self:
            if visit.plan_id and visit.plan_id.state != "draft":
                raise UserError(
                    self.env._(
                        "The plan %(plan)s has been handed in. Begin an unplanned visit"
                        " in the store itself, or ask your supervisor to return the "
                        "plan.",
                        plan=visit.plan_id.name,
                    )
                )
            if not visit._is_visitor() and not self.env.user.has_group(
                "field_sales.group_field_sales_supervisor"
            ):
                raise AccessError(
                    self.env._(
                        "Visits of somebody else are planned by a supervisor: "
                        "%(visit)s.",
                        visit=visit.display_name,
                    )
                )

    def _check_plan_open(self):
        """计划大于变化: what the plan settles changes by a step with a reason."""
        for visit in self:
            if visit.state != "planned":
                raise UserError(
                    self.env._(
                        "Store, salesperson and day of %(visit)s are settled: it has "
                        "been begun or closed.",
                        visit=visit.display_name,
                    )
                )
            if visit.plan_id and visit.plan_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(visit)s is part of a plan that has been handed in: use "
                        "“Move” or “Cancel” and give the reason.",
                        visit=visit.display_name,
                    )
                )

    # ------------------------------------------------------------------- steps

    def action_move(self):
        """Ask for the new day and, when the plan is settled, for the reason."""
        self._check_can("move")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move Visits"),
            "res_model": "field.sales.visit.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_visit_ids": self.ids},
        }

    def _do_move(self, day, reason, note):
        """Move visits within their week; the first day planned for is kept."""
        for original, visits in self.grouped(
            lambda visit: visit.date_original or visit.date_planned
        ).items():
            settled = visits.filtered(
                lambda visit: visit.plan_id and visit.plan_id.state != "draft"
            )
            settled._write_guarded(
                {
                    "is_changed": True,
                    "date_original": original,
                    "change_reason_id": reason.id,
                    "change_note": note,
                }
            )
        self._write_guarded({"date_planned": day, "day_order": 99})
        loose = self.filtered(lambda visit: not visit.plan_id)
        loose._join_plans()
        loose.filtered("plan_id")._check_adding()
        self.plan_id._sort_days({day})

    def action_view_plan(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "field.sales.plan",
            "res_id": self.plan_id.id,
            "views": [(False, "form")],
        }
