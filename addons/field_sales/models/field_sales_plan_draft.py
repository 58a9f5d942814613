# pylint: disable=consider-merging-classes-inherited
# Drafting a week from the rules is a topic of its own.
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import planning


class FieldSalesPlan(models.Model):
    """The system drafts a week from the visit rules, the last visits, the working days
    and the way between the stores, and notes what the rules asked and what of it does
    not fit (FS-06)."""

    _inherit = "field.sales.plan"

    asked = fields.Json("Visits Asked", copy=False)
    shortfall = fields.Json(copy=False)
    shortfall_text = fields.Text("What Does Not Fit", compute="_compute_shortfall_text")

    @api.depends("shortfall")
    @api.depends_context("lang")
    def _compute_shortfall_text(self):
        keys = {int(key) for plan in self for key in plan.shortfall or {}}
        stores = self.env["res.partner"].browse(keys).exists()
        names = {store.id: store.display_name for store in stores}
        for plan in self:
            plan.shortfall_text = "\n".join(
                self.env._(
                    "%(store)s: %(asked)s visits asked, %(placed)s fit.",
                    store=names.get(int(key), "?"),
                    asked=asked,
                    placed=placed,
                )
                for key, (asked, placed) in (plan.shortfall or {}).items()
            )

    def action_fill(self):
        """Add the visits the rules ask for and the plan does not hold yet."""
        self.check_access("write")
        self._lock_for_step()
        if any(plan.state != "draft" for plan in self):
            raise UserError(self.env._("Only drafts are filled from the rules."))
        self._fill()

    @api.model
    def _generate(self, users, monday, company):
        """Draft the plans of a week.

        :param res.users users: salespeople; those who have a plan keep it untouched
        :param date monday: first day of the week
        :returns: the new plans
        """
        known = self.sudo().search(  # sudo: plans of people the user may not see count
            [
                ("user_id", "in", users.ids),
                ("date_start", "=", monday),
                ("company_id", "=", company.id),
            ]
        )
        plans_sudo = self.sudo().create(  # sudo: the job drafts for everybody
            [
                {"user_id": user.id, "date_start": monday, "company_id": company.id}
                for user in users - known.user_id
            ]
        )
        plans_sudo._fill()
        return plans_sudo.sudo(self.env.su)

    def _fill(self):
        """Plan the missing visits of drafts; statements do not grow with stores."""
        for (company, monday), plans in self.grouped(
            lambda plan: (plan.company_id, plan.date_start)
        ).items():
            plans._fill_week(company, monday)

    def _fill_week(self, company, monday):
        days = [
            day
            for day in company._get_sales_working_days(
                monday, monday + timedelta(days=6)
            ).days
            if monday <= day <= monday + timedelta(days=6)
        ]
        stores = self.env["res.partner"]._get_planned_stores(self.user_id, company)
        rules = self.env["field.sales.visit.rule"]._get_rules(stores, company)
        fixed = self._get_fixed_days()
        by_user = stores.grouped("user_id")
        vals_list = []
        for plan in self:
            facts = [
                store._prepare_planning_store(rules[store.id], fixed)
                for store in by_user.get(plan.user_id, stores.browse())
                if store.id in rules
            ]
            week = planning.plan_week(facts, days)
            vals_list += plan._prepare_visits(week)
            plan._write_guarded({"asked": week.asked, "shortfall": week.short})
        # sudo: the planning writes for the salesperson; the plan's guard has been asked
        self.env["field.sales.visit"].sudo().create(vals_list)
        self._sort_days()

    def _get_fixed_days(self):
        """Days of the week on which a store has a visit already: {store id: [days]}."""
        self.env["field.sales.visit"].flush_model()
        groups = (
            self.env["field.sales.visit"]
            .sudo()  # sudo: anybody's visits count
            ._read_group(
                [
                    ("date_planned", ">=", min(self.mapped("date_start"))),
                    ("date_planned", "<=", max(self.mapped("date_end"))),
                    ("state", "not in", ("cancelled", "skipped")),
                    ("store_id.user_id", "in", self.user_id.ids),
                ],
                ["store_id", "date_planned:day"],
            )
        )
        fixed = {}
        for store, day in groups:
            fixed.setdefault(store.id, []).append(day)
        return fixed

    def _prepare_visits(self, week):
        return [
            {
                "plan_id": self.id,
                "company_id": self.company_id.id,
                "user_id": self.user_id.id,
                "store_id": store_id,
                "date_planned": day,
                "day_order": number,
            }
            for day, store_ids in week.visits.items()
            for number, store_id in enumerate(store_ids, 1)
        ]

    def _sort_days(self, days=None):
        """Number the open stops of each day along a sensible route.

        :param days: only these days, the salesperson's own order of the others stays
        """
        visits_sudo = self.sudo().visit_ids  # sudo: order of the stops, no facts
        waiting = visits_sudo.filtered(
            lambda visit: (
                visit.state == "planned" and (not days or visit.date_planned in days)
            )
        )
        places = {}
        for stops in waiting.grouped(
            lambda visit: (visit.plan_id, visit.date_planned)
        ).values():
            keys = planning.route(
                [(visit.id, visit.store_id._get_store_position()) for visit in stops]
            )
            places.update({key: number for number, key in enumerate(keys, 1)})
        for number, visits in waiting.grouped(lambda visit: places[visit.id]).items():
            moved = visits.filtered(lambda visit, n=number: visit.day_order != n)
            moved.day_order = number

    @api.model
    def _cron_plan_next_week(self):
        """Queue next week's planning of each company that wants it."""
        for company in self.env["res.company"].search([]):
            if not company.field_sales_plan_auto:
                continue
            own = self.with_company(company)
            monday = own._default_date_start()
            own.env["sales.run"]._start(
                "field_sales_plan", {"date_start": monday.isoformat()}
            )
