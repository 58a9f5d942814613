# pylint: disable=consider-merging-classes-inherited
# Own file: how content a station's customers are is one concept.
from odoo import fields, models

#: days whose calls count
DAYS = 365


class AfterSalesStation(models.Model):
    """Satisfaction per station (AS-18; S2 二·4): the average score of the calls after
    its repairs within a year, beside the company's target."""

    _inherit = "after.sales.station"

    satisfaction = fields.Float(
        compute="_compute_satisfaction",
        digits=(4, 1),
        help="Average score of the follow-up calls of the last 12 months, 0 to 100.",
    )
    satisfaction_count = fields.Integer(
        "Calls", compute="_compute_satisfaction", help="Calls that the average is of."
    )
    satisfaction_target = fields.Integer(
        related="company_id.after_sales_satisfaction_target"
    )
    is_satisfaction_low = fields.Boolean(
        "Below Target", compute="_compute_satisfaction"
    )

    def _compute_satisfaction(self):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS)
        rows = self.env["after.sales.repair"]._read_group(
            [("station_id", "in", self.ids), ("called_at", ">=", since)],
            ["station_id"],
            ["score:avg", "__count"],
        )
        scores = {station: (score, count) for station, score, count in rows}
        for station in self:
            score, count = scores.get(station, (0.0, 0))
            station.satisfaction, station.satisfaction_count = score, count
            target = station.company_id.after_sales_satisfaction_target
            station.is_satisfaction_low = bool(count) and score < target

    def action_view_satisfaction(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_repair_action_satisfaction"
        )
        domain = [("called_at", "!=", False), ("station_id", "in", self.ids)]
        return dict(action, domain=domain)
