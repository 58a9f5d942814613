# pylint: disable=consider-merging-classes-inherited
# Own file: how a company watches the usual pattern.
from odoo import fields, models

from .sales_assistant_order_mixin import PATTERN


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_pattern_enabled = fields.Boolean(
        "Check Unusual Orders",
        help="An order that is unusual for its customer is confirmed only after it was "
        "checked with the customer.",
    )
    sales_assistant_pattern_share = fields.Float(
        "Usual Orders Flagged (%)",
        default=5.0,
        help="So many of a hundred usual orders may be flagged at most.",
    )
    sales_assistant_pattern_orders = fields.Integer(
        "Shortest History",
        default=5,
        help="Customers with fewer orders are not compared.",
    )

    _sales_assistant_pattern_limits = models.Constraint(
        "CHECK(sales_assistant_pattern_share BETWEEN 0 AND 100 "
        "AND sales_assistant_pattern_orders >= 5)",
        "The share lies between 0 and 100 percent, the shortest history is at least 5 "
        "orders.",
    )

    def _is_sales_pattern_guarded(self):
        """Whether unusual orders are checked before their confirmation; not where the
        part is switched off."""
        self.ensure_one()
        return self.sales_assistant_pattern_enabled and self.env[
            "res.groups"
        ]._is_feature_enabled(PATTERN)
