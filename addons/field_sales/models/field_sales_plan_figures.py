# pylint: disable=consider-merging-classes-inherited
# What became of a week, in figures, is a topic of its own.
from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.sales_base.tools.sheet import Column


class FieldSalesPlan(models.Model):
    """How a week's plan was kept: visits planned, made, moved, skipped, and the share
    of stores that were seen as often as the rules ask (FS-06, FS-20)."""

    _inherit = "field.sales.plan"

    visit_count = fields.Integer("Visits Planned", compute="_compute_figures")
    done_count = fields.Integer("Visits Done", compute="_compute_figures")
    skipped_count = fields.Integer("Visits Skipped", compute="_compute_figures")
    changed_count = fields.Integer("Changes", compute="_compute_figures")
    unplanned_count = fields.Integer("Unplanned Visits", compute="_compute_figures")
    kept_percent = fields.Float("Plan Kept (%)", compute="_compute_figures")
    frequency_percent = fields.Float("Frequency Kept (%)", compute="_compute_figures")
    load_text = fields.Char("Visits per Day", compute="_compute_load_text")

    @api.depends("visit_ids.state", "visit_ids.is_changed", "asked")
    def _compute_figures(self):
        groups = self.env["field.sales.visit"]._read_group(
            [("plan_id", "in", self.ids)],
            ["plan_id", "store_id", "state", "is_unplanned", "is_changed"],
            ["__count"],
        )
        by_plan = {}
        for plan, *group in groups:
            by_plan.setdefault(plan.id, []).append(group)
        for plan in self:
            plan.update(plan._get_figures(by_plan.get(plan.id, [])))

    def _get_figures(self, groups):
        """Figures of one plan.

        :param list groups: [store, state, is_unplanned, is_changed, count]
        """
        figures = dict.fromkeys(("planned", "done", "skipped", "changed", "extra"), 0)
        kept, visited = 0, {}
        for store, state, is_unplanned, is_changed, count in groups:
            figures["extra" if is_unplanned else "planned"] += count
            figures["changed"] += is_changed and count
            figures["skipped"] += state == "skipped" and count
            if state == "done":
                figures["done"] += count
                visited[str(store.id)] = visited.get(str(store.id), 0) + count
                kept += count if not (is_unplanned or is_changed) else 0
        asked = self.asked or {}
        met = sum(visited.get(key, 0) >= number for key, number in asked.items())
        planned = figures["planned"]
        return {
            "visit_count": planned,
            "done_count": figures["done"],
            "skipped_count": figures["skipped"],
            "changed_count": figures["changed"],
            "unplanned_count": figures["extra"],
            "kept_percent": 100 * kept / planned if planned else 0,
            "frequency_percent": 100 * met / len(asked) if asked else 0,
        }

    @api.depends("visit_ids.date_planned")
    @api.depends_context("lang")
    def _compute_load_text(self):
        days = self.env["field.sales.visit"]._read_group(
            [("plan_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["plan_id", "date_planned:day"],
            ["__count"],
        )
        by_plan = {}
        for plan, day, count in days:
            by_plan.setdefault(plan.id, []).append((day, count))
        for plan in self:
            plan.load_text = " · ".join(
                f"{format_date(self.env, day, date_format='EEE')} {count}"
                for day, count in sorted(by_plan.get(plan.id, []))
            )

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Visit Plans")

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("week"),
            Column("date_start"),
            Column("date_end"),
            Column("user_id"),
            Column("state"),
            Column(
                "visit_count",
                label=self.env._("Visits Planned"),
                kind="integer",
                getter="_get_sheet_visit_count",
                total=True,
            ),
            Column(
                "done_count",
                label=self.env._("Visits Done"),
                kind="integer",
                getter="_get_sheet_done_count",
                total=True,
            ),
            Column(
                "changed_count",
                label=self.env._("Changes"),
                kind="integer",
                getter="_get_sheet_changed_count",
                total=True,
            ),
            Column(
                "kept_percent",
                label=self.env._("Plan Kept"),
                kind="percent",
                getter="_get_sheet_kept_percent",
            ),
            Column(
                "frequency_percent",
                label=self.env._("Frequency Kept"),
                kind="percent",
                getter="_get_sheet_frequency_percent",
            ),
            Column("approved_by_id"),
        ]

    def _get_sheet_visit_count(self):
        return {plan.id: plan.visit_count for plan in self}

    def _get_sheet_done_count(self):
        return {plan.id: plan.done_count for plan in self}

    def _get_sheet_changed_count(self):
        return {plan.id: plan.changed_count for plan in self}

    def _get_sheet_kept_percent(self):
        return {plan.id: plan.kept_percent for plan in self}

    def _get_sheet_frequency_percent(self):
        return {plan.id: plan.frequency_percent for plan in self}
