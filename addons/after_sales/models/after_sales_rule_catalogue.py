# pylint: disable=consider-merging-classes-inherited
# Own file: one family of rules.
from odoo import fields, models

from ..tools import adjudication_catalogue  # noqa: F401  enters its rules

RULE_KEYS = [
    ("part_price", "Part price over its limit"),
    ("part_quantity", "More pieces than one repair takes"),
    ("labor_rate", "Labour rate over the agreed one"),
    ("extra_cost", "Extra costs over a limit"),
    ("operation", "Operation not for this product"),
    ("fault_part", "Fault and parts do not match"),
]


class AfterSalesRule(models.Model):
    """Rules that compare a claim with the catalogues (AS-08)."""

    _inherit = "after.sales.rule"

    key = fields.Selection(
        selection_add=RULE_KEYS,
        ondelete={key: "cascade" for key, _label in RULE_KEYS},
    )
