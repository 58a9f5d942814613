from datetime import date, timedelta

from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestCoverage(AfterSalesCommon):
    def test_months_include_the_last_day(self):
        """AS-02: twelve months from 1 March end on 28 February."""
        unit = self._create_unit("T-0100", date_sold=date(2026, 3, 1))
        self.assertEqual(unit.warranty_coverage_id, self.coverage)
        self.assertEqual(unit.date_warranty_start, date(2026, 3, 1))
        self.assertEqual(unit.date_warranty_end, date(2027, 2, 28))
        self.assertEqual(unit.warranty_usage_limit, 50000)

    def test_nearest_policy_wins(self):
        """AS-02: product before category, deeper category before higher, then all."""
        policies = self.env["after.sales.coverage"]
        policies.create({"name": "All", "months": 1, "sequence": 1})
        unit = self._create_unit("T-0101")
        self.assertEqual(unit.warranty_coverage_id, self.coverage)
        special = policies.create(
            {
                "name": "T1",
                "product_tmpl_id": self.truck.product_tmpl_id.id,
                "months": 36,
            }
        )
        self.assertEqual(
            self._create_unit("T-0102").warranty_coverage_id,
            special,
        )
        special.action_archive()
        child = self.env["product.category"].create(
            {"name": "Heavy", "parent_id": self.categ.id}
        )
        self.truck.categ_id = child
        deep = policies.create({"name": "Heavy", "categ_id": child.id, "months": 6})
        self.assertEqual(self._create_unit("T-0103").warranty_coverage_id, deep)

    def test_policy_by_date_of_sale(self):
        """AS-02: a policy counts for units sold in its time."""
        self.coverage.write(
            {"date_from": date(2026, 1, 1), "date_to": date(2026, 1, 31)}
        )
        covered = self._create_unit("T-0104", date_sold=date(2026, 1, 31))
        late = self._create_unit("T-0105", date_sold=date(2026, 2, 1))
        self.assertEqual(covered.warranty_coverage_id, self.coverage)
        self.assertNotEqual(late.warranty_coverage_id, self.coverage)

    def test_start_rule_production(self):
        """AS-02: the warranty may count from production."""
        self.coverage.start_rule = "production"
        unit = self._create_unit(
            "T-0106", date_production=date(2025, 12, 1), date_sold=date(2026, 3, 1)
        )
        self.assertEqual(unit.date_warranty_start, date(2025, 12, 1))

    def test_apply_reaches_sold_units(self):
        """AS-02: a changed policy reaches sold units when the manager says so."""
        self.assertEqual(self.unit.warranty_usage_limit, 50000)
        self.coverage.usage_limit = 80000
        self.assertEqual(self.unit.warranty_usage_limit, 50000)
        self.coverage.with_user(self.chief).action_apply()
        self.assertEqual(self.unit.warranty_usage_limit, 80000)

    def test_under_warranty_search(self):
        """AS-01: the filter and the field agree, at the edges too."""
        units = self.unit | self._create_unit(
            "T-0107", date_sold=self.today - timedelta(days=800)
        )
        over = self._create_unit("T-0108")
        over.usage_reading = 50001
        edge = self._create_unit("T-0109")
        edge.usage_reading = 50000
        units |= over | edge
        found = self.env["stock.lot"].search(
            [("is_under_warranty", "=", True), ("id", "in", units.ids)]
        )
        self.assertEqual(found, self.unit | edge)
        self.assertEqual(found, units.filtered("is_under_warranty"))

    def test_reading_typed_on_the_unit_is_kept(self):
        """AS-01: the unit shows its last reading and keeps the earlier ones."""
        self.unit.usage_reading = 1000
        self.unit.usage_reading = 2000
        self.assertEqual(self.unit.reading_ids.mapped("value"), [2000, 1000])
        self.assertEqual(self.unit.usage_reading, 2000)

    def test_delivery_makes_a_sold_unit(self):
        """AS-01: the delivery sets sale date, customer and selling station by itself;
        a return takes them back."""
        unit = self.env["stock.lot"].create(
            {"name": "T-0110", "product_id": self.truck.id}
        )
        stock = self.env.ref("stock.warehouse0").lot_stock_id
        self.env["stock.quant"]._update_available_quantity(
            self.truck, stock, 1, lot_id=unit
        )
        customer = self.env.ref("stock.stock_location_customers")
        picking = self._move(unit, stock, customer, "stock.picking_type_out")
        self.assertEqual(picking.state, "done")
        self.assertEqual(unit.date_sold, self.today)
        self.assertEqual(unit.sold_partner_id, self.garage)
        self.assertEqual(unit.sold_station_id, self.station)
        self.assertEqual(unit.warranty_coverage_id, self.coverage)
        self._move(unit, customer, stock, "stock.picking_type_in")
        self.assertFalse(unit.date_sold)
        self.assertFalse(unit.warranty_coverage_id)

    def _move(self, unit, source, destination, picking_type):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.env.ref(picking_type).id,
                "location_id": source.id,
                "location_dest_id": destination.id,
                "partner_id": self.garage.id,
                "move_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": unit.product_id.id,
                            "product_uom_qty": 1,
                            "location_id": source.id,
                            "location_dest_id": destination.id,
                        },
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            {
                "move_id": picking.move_ids.id,
                "picking_id": picking.id,
                "product_id": unit.product_id.id,
                "lot_id": unit.id,
                "quantity": 1,
                "picked": True,
                "location_id": source.id,
                "location_dest_id": destination.id,
            }
        )
        picking.button_validate()
        return picking
