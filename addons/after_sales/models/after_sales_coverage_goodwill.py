from odoo import fields, models

from .after_sales_station import LEVELS


class AfterSalesCoverageGoodwill(models.Model):
    """What a station of a level may give after the warranty has ended (AS-02, goodwill
    limits by level)."""

    _name = "after.sales.coverage.goodwill"
    _description = "Goodwill After a Coverage"
    _order = "level, id"

    coverage_id = fields.Many2one(
        "after.sales.coverage", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(LEVELS, "Station Level", required=True)
    months = fields.Integer("Months After")
    usage = fields.Integer("Usage After")
    percent = fields.Float("Share Paid (%)", required=True, default=50)

    _level_uniq = models.Constraint(
        "UNIQUE (coverage_id, level)", "This level has its goodwill already."
    )
    _limits_valid = models.Constraint(
        "CHECK (months >= 0 AND usage >= 0 AND percent BETWEEN 0 AND 100)",
        "Months and usage are not negative, the share lies between 0 and 100.",
    )
