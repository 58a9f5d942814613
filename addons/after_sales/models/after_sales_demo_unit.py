# pylint: disable=consider-merging-classes-inherited
# Own file: the way of one unit through the whole house.
import random
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_base.tools.period import add_months, month_of

#: months back; the settlement of that month is paid, its recovery set off
MONTHS_BACK = 4
#: last digits of its serial number
UNIT = "0095"
COMPLAINT = "水泵 2000 公里异响 / Water pump noisy after 2,000 km"


class AfterSalesDemo(models.AbstractModel):
    """One truck, from its delivery to the closed complaint: repaired at the station
    that sold it, claimed, returned once for a missing photo, approved; its old pump
    sent back and written off, the supplier charged, the station paid. Settlement and
    recovery of its month take it along with all others."""

    _inherit = "after.sales.demo"

    def _settle_history(self, today):
        month = month_of(add_months(today.replace(day=1), -MONTHS_BACK))
        self._tell_unit(month.first)
        return super()._settle_history(today)

    @api.model
    def _tell_complaints(self):
        result = super()._tell_complaints()
        self._link_story_complaint()
        return result

    def _tell_unit(self, first):
        """:param date first: the repair is booked for the next day"""
        dice = random.Random(95)
        station = self._get_demo("station_beijing")
        user = self._get_demo("user_station")
        unit = self._deliver_unit(station, first - timedelta(days=45))
        repair = self._repair_unit(dice, station, user, unit, first)
        told = self.with_context(tracking_disable=False)
        claim = told._claim_repair(dice, repair, user, first)
        self._return_old_pump(claim, first)

    def _deliver_unit(self, station, day):
        """A delivery from stock: the serial number becomes a sold unit by itself."""
        product = self._get_demo("product_truck_k3")
        built = day - timedelta(days=30)
        unit = self.env["stock.lot"].create(
            {
                "name": f"{product.default_code}{built:%y%m}{UNIT}",
                "product_id": product.id,
                "company_id": self.env.company.id,
                "production_batch": f"{product.default_code}-{built:%Y%m}",
                "date_production": built,
            }
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        self.env["stock.quant"]._update_available_quantity(
            product, warehouse.lot_stock_id, 1, lot_id=unit
        )
        move = {"product_id": product.id, "product_uom_qty": 1, **places}
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": station.partner_id.id,
                "move_ids": [Command.create(move)],
                **places,
            }
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        unit.date_sold = day
        return unit

    def _repair_unit(self, dice, station, user, unit, first):
        """From the appointment to the pickup, and the call a day later."""
        self._create_bays(station)
        begin = self.env.company._get_sales_moment(first) + timedelta(days=1, hours=9)
        pump = self._get_demo("product_pump")
        labor = self._get_demo("labor_l101")
        repair = self.env["after.sales.repair"].create(
            {
                "station_id": station.id,
                "lot_id": unit.id,
                "bay_id": station.bay_ids[0].id,
                "begin_at": begin,
                "end_at": begin + timedelta(hours=3),
                "usage": 2040,
                "fault_id": self._get_demo("fault_e01").id,
                "customer_name": "陈静 Chen Jing",
                "customer_phone": "+86 138 0000 0095",
                "complaint": "水泵啸叫，上坡更响；早上车底有冷却液。\n"
                "The water pump whines, louder uphill; coolant below the truck in the "
                "morning.",
                "line_ids": [
                    Command.create(
                        {
                            "line_type": "part",
                            "product_id": pump.id,
                            "quantity": 1,
                            "price_unit": pump.standard_price,
                            "payer": "warranty",
                        }
                    ),
                    Command.create(
                        {
                            "line_type": "labor",
                            "labor_id": labor.id,
                            "quantity": labor.standard_hours,
                            "price_unit": station.labor_rate,
                            "payer": "warranty",
                        }
                    ),
                    Command.create(
                        {
                            "line_type": "other",
                            "name": "洗车 Washing",
                            "quantity": 1,
                            "price_unit": 60,
                            "payer": "customer",
                        }
                    ),
                ],
            }
        )
        photos = self.env["after.sales.repair.photo"]
        for kind, text in (("plate", unit.name), ("damage", "E01")):
            content = self._draw(kind, text, dice)
            photos._add_photo(repair, f"{kind}-{unit.name}.jpg", content, kind=kind)
        # sudo: as the portal does
        self._take_repair_to(repair.with_user(user).sudo(), "picked_up", begin)
        repair.with_user(self._get_demo("user_quality"))._rate(92, "")
        repair.called_at = begin + timedelta(days=1)
        unit.reading_ids.date = begin.date()
        return repair

    def _claim_repair(self, dice, repair, user, first):
        """One click; returned for the picture of the meter, then approved."""
        # sudo: as the portal does
        claim = repair.with_user(user).sudo()._make_claim().with_env(self.env)
        self._write_chatter({})
        moments = [
            fields.Datetime.to_datetime(first + timedelta(days=days))
            for days in (2, 3, 4, 6)
        ]
        sent, returned, again, decided = moments
        self._submit({claim: sent.date()})
        auditor = self._get_demo("user_auditor")
        self._write_chatter({})  # of what was done before, by its own people
        claim.with_user(auditor).sudo()._do_with_reason(  # sudo: as the auditor
            "return",
            self.env.ref("after_sales.reason_return_1"),
            "缺里程表照片。 The picture of the meter is missing.",
        )
        self._write_chatter({claim: returned.date()})
        self.env["after.sales.claim.photo"]._add_photo(
            claim,
            f"meter-{claim.name}.jpg",
            self._draw("meter", f"{claim.usage} km", dice),
            kind="meter",
        )
        first_taken = claim.submission_ids.taken_at
        self._submit({claim: again.date()})
        latest, earlier = claim.submission_ids
        latest.taken_at, earlier.taken_at = again, first_taken
        claim._adjudicate()  # as on the day of the story
        self._write_chatter({})
        approved_sudo = claim.with_user(auditor).sudo()  # sudo: as the auditor
        approved_sudo._check_can("approve")
        approved_sudo._do_approve(day=decided.date())
        claim.write(
            {
                "submitted_at": sent,
                "decided_at": decided,
                "our_hours": 72,
                "their_hours": 24,
            }
        )
        self._write_chatter({claim: decided.date()})
        return claim

    def _return_old_pump(self, claim, first):
        """The old pump on its way, moves dated as they were."""

        def day(number):
            return first + timedelta(days=number)

        pump = claim.old_part_ids
        pump._move("in_transit", moved_on=day(9))
        pump.acceptance = "accepted"
        pump._move(
            "received",
            moved_on=day(13),
            partner_id=self.env.company.partner_id.id,
            condition="good",
        )
        pump._move("forwarded", moved_on=day(20), partner_id=pump.supplier_id.id)
        pump._move("written_off", moved_on=day(40))

    def _link_story_complaint(self):
        """The owner's complaint was closed at 95 points."""
        claim = self.env["after.sales.claim"].search(
            [("lot_id.name", "=like", f"%{UNIT}")], limit=1
        )
        complaint = self.env["sales.complaint"].search(
            [("subject", "=", COMPLAINT), ("state", "=", "closed")], limit=1
        )
        claim._link_complaint(complaint)
