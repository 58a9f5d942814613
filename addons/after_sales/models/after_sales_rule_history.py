# pylint: disable=consider-merging-classes-inherited
# Own file: one family of rules.
from odoo import fields, models

from ..tools import adjudication_history  # noqa: F401  enters its rules

RULE_KEYS = [
    ("foreign_unit", "Unit not the station's"),
    ("repeated", "Repeated repair"),
    ("two_stations", "Two stations at the same time"),
    ("split", "One visit in several claims"),
    ("usage_rate", "Usage a day not plausible"),
    ("usage_after", "Usage higher than later"),
    ("cost_outlier", "Cost unusual for this fault"),
]


class AfterSalesRule(models.Model):
    """Rules that compare a claim with others of its unit and its fault (AS-08)."""

    _inherit = "after.sales.rule"

    key = fields.Selection(
        selection_add=RULE_KEYS,
        ondelete={key: "cascade" for key, _label in RULE_KEYS},
    )
