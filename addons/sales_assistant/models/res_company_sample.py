# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models


class ResCompany(models.Model):
    """SA-15: every company has a sample room, and limits for what leaves it."""

    _inherit = "res.company"

    sales_sample_transit_days = fields.Integer(
        "Days on the Way",
        default=5,
        help="Working days after its sending until somebody asks whether a sample has "
        "arrived.",
    )
    sales_sample_follow_up_days = fields.Integer(
        "Days to Evaluate",
        default=5,
        help="Working days after its arrival until the customer is asked about a "
        "sample, and between two questions.",
    )
    sales_sample_courier_tolerance = fields.Float(
        "Courier Tolerance",
        default=5.0,
        help="Percent over the expected charge that a courier's bill may ask for.",
    )
    sales_sample_courier_product_id = fields.Many2one(
        "product.product",
        "Courier Service",
        domain=[("type", "=", "service")],
        help="On the vendor bills of couriers: says account and tax.",
    )

    _sales_sample_limits_positive = models.Constraint(
        "CHECK(sales_sample_transit_days >= 0 AND sales_sample_follow_up_days >= 0 "
        "AND sales_sample_courier_tolerance >= 0)",
        "Days and tolerance of samples cannot be negative.",
    )

    def _create_per_company_locations(self):
        result = super()._create_per_company_locations()
        self._create_sales_sample_room()
        return result

    @api.model
    def _create_sales_sample_rooms(self):
        """A sample room for every company that has none; safe to run again."""
        for company in self.search([]):
            company._create_sales_sample_room()

    def _create_sales_sample_room(self):
        self.ensure_one()
        if not self._get_sales_sample_room():
            # sudo: a company gets its locations whoever creates it
            self.env["stock.location"].sudo().create(
                {
                    "name": self.env._("Sample Room"),
                    "usage": "internal",
                    "company_id": self.id,
                    "is_sales_sample_room": True,
                }
            )

    def _get_sales_sample_room(self):
        """Location the company's samples leave from; empty if it was archived."""
        self.ensure_one()
        # sudo: who sends samples need not see locations
        return (
            self.env["stock.location"]
            .sudo()
            .search(
                [("is_sales_sample_room", "=", True), ("company_id", "=", self.id)],
                order="id",
                limit=1,
            )
        )

    def _get_sales_sample_arrival_day(self):
        return self._get_sales_day_ahead(self.sales_sample_transit_days)

    def _get_sales_sample_question_day(self):
        return self._get_sales_day_ahead(self.sales_sample_follow_up_days)
