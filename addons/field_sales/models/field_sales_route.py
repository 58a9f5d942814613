from odoo import fields, models


class FieldSalesRoute(models.Model):
    """Area and route: stores that are walked together."""

    _name = "field.sales.route"
    _description = "Route"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    region_id = fields.Many2one("sales.region", index="btree_not_null")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", default=lambda self: self.env.company
    )
    store_ids = fields.One2many("res.partner", "field_sales_route_id")
    store_count = fields.Integer(compute="_compute_store_count")
    active = fields.Boolean(default=True)

    def _compute_store_count(self):
        counted = dict(
            self.env["res.partner"]._read_group(
                [("field_sales_route_id", "in", self.ids)],
                ["field_sales_route_id"],
                ["__count"],
            )
        )
        for route in self:
            route.store_count = counted.get(route, 0)
