# pylint: disable=consider-merging-classes-inherited
# Own file: the rules that concern one kind of claim.
from odoo import fields, models

from ..tools import (  # noqa: F401  each enters its rules
    adjudication_purchase,
    adjudication_rescue,
    adjudication_unit,
)

KIND_RULE_KEYS = [
    ("rescue_times", "Rescue: times in order"),
    ("rescue_speed", "Rescue: speed"),
    ("rescue_distance", "Rescue: distance"),
    ("rescue_position", "Rescue: distance and position"),
    ("rescue_overlap", "Rescue: two trips at once"),
    ("purchase_request", "Purchase: agreed to before"),
    ("invoice_twice", "Purchase: the same invoice twice"),
    ("invoice_amount", "Purchase: more than the invoice"),
    ("running_in", "Running-in service once and in time"),
    ("assembly_serial", "Serial numbers of the assembly"),
]


class AfterSalesRule(models.Model):
    """Rules that concern one kind of claim (AS-06, AS-08); the others pass them by."""

    _inherit = "after.sales.rule"

    key = fields.Selection(
        selection_add=KIND_RULE_KEYS,
        ondelete={key: "cascade" for key, _label in KIND_RULE_KEYS},
    )
