# pylint: disable=consider-merging-classes-inherited
# Own file: the other kinds of claims in the demo story.
import random
from datetime import datetime, time, timedelta

from odoo import Command, api, models

KM_RATE = 3.0
MANAGER_AMOUNT = 8000
#: state, days ago, place, km, minutes out, minutes until the return
RESCUES = [
    ("approved", 21, "京藏高速 58 公里 G6 Jingzang Expressway, km 58", 58, 50, 150),
    ("approved", 12, "昌平南邵路 Changping, Nanshao Road", 34, 45, 110),
    ("returned", 6, "顺义机场西路 Shunyi, Airport West Road", 41, 15, 60),
    ("submitted", 3, "怀柔雁栖湖 Huairou, Yanqi Lake", 66, 70, 190),
    ("submitted", 3, "密云水库大坝 Miyun, reservoir dam", 160, 110, 300),
    ("draft", 1, "大兴黄村 Daxing, Huangcun", 28, 40, 100),
]
#: where the phone was, in the order of the rescues; it is not always taken
POSITIONS = [
    (40.24, 116.13),
    (40.19, 116.3),
    (40.07, 116.58),
    (40.4, 116.67),
    (0, 0),
    (39.73, 116.33),
]
#: state, request, days ago, vendor, invoice, price, invoiced
PURCHASES = [
    ("approved", "granted", 18, "信达汽配 Xinda Auto Parts", "24117003", 690, 690),
    ("submitted", "granted", 7, "信达汽配 Xinda Auto Parts", "24117190", 540, 540),
    ("submitted", "granted", 5, "信达汽配 XINDA auto parts", "2411 7190", 470, 540),
    ("submitted", "none", 4, "鸿运轴承 Hongyun Bearings", "00381277", 380, 320),
    ("draft", "granted", 2, False, False, 820, 0),
    ("draft", "asked", 1, False, False, 1260, 0),
    ("draft", "asked", 0, False, False, 310, 0),
    ("draft", "refused", 3, False, False, 2950, 0),
]
#: state, days ago, old and new serial number
SWAPS = [
    ("approved", 16, "D20-2305118", "D20-2607731"),
    ("submitted", 4, "D20-2306402", "D20-2607731"),
    ("draft", 1, "D20-2308850", False),
]
#: part, quantity, days ago, way, how far it has come, received, bearer
TRANSFERS = [
    ("pump", 2, 15, "own", "cleared", 2, False),
    ("injector", 4, 11, "station", "cleared", 3, "shipper"),
    ("alternator", 2, 8, "station", "received", 1, False),
    ("radiator", 1, 5, "supplier", "dispatched", 0, False),
    ("compressor", 1, 3, "supplier", "ordered", 0, False),
    ("pump", 1, 2, "own", "ordered", 0, False),
    ("controller", 1, 2, "station", "declined", 0, False),
    ("master", 1, 1, False, "approved", 0, False),
    ("disc", 2, 0, False, "submitted", 0, False),
]
#: station, part, pieces, declared days ago
STOCKS = [
    ("shanghai", "injector", 6, 9),
    ("shanghai", "alternator", 3, 9),
    ("shanghai", "controller", 2, 30),
    ("shanghai", "disc", 8, 9),
    ("tianjin", "master", 2, 3),
    ("tianjin", "disc", 2, 3),
    ("hangzhou", "master", 4, 14),
]


class AfterSalesDemo(models.AbstractModel):
    """Rescues, purchases, running-in cards, major assemblies and urgent parts of the
    Beijing station, in their several states."""

    _inherit = "after.sales.demo"

    @api.model
    def _create_kinds(self):
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        self.env["after.sales.station"].search([]).km_rate = KM_RATE
        dice = random.Random(919)
        today = company._get_sales_today()
        beijing = story._get_demo("station_beijing")
        units = story.env["stock.lot"].search(
            [
                ("sold_station_id", "=", beijing.id),
                ("date_warranty_end", ">", today),
                ("product_id", "!=", story._get_demo("product_scooter_s1").id),
            ],
            order="id",
        )
        # those without a claim of their own first
        units = units.sorted(lambda unit: (unit.after_sales_claim_count, unit.id))
        story._declare_stock(today)
        story._tell_running_in(dice, today, beijing)
        story._tell_rescues(dice, today, beijing, units)
        story._tell_purchases(dice, today, beijing, units)
        story._tell_swaps(dice, today, beijing, units)
        story._tell_transfers(dice, today, beijing, units)
        # from now on: an engine is for the manager to decide
        company.after_sales_manager_amount = MANAGER_AMOUNT

    def _prepare_kind(self, dice, unit, day, kind, lines, **values):
        """A claim of a kind: the repair of the story with other lines.

        :param lines: dicts of claim lines; None: those of the repair
        """
        claim = self._prepare_claim(
            dice, unit, max(day, unit.date_sold), self._get_demo("station_beijing")
        )
        if lines is None:
            lines = [line[2] for line in claim["line_ids"][:2]]
        return {
            **claim,
            "kind": kind,
            "line_ids": [Command.create(line) for line in lines],
            **values,
        }

    def _bring_claim_to(self, claim, state, day, photos):
        """A claim through its station's and the auditor's real steps."""
        dice = random.Random(claim.id)
        model = self.env["after.sales.claim.photo"]
        for kind in photos:
            drawn = "damage" if kind in ("damage", "place") else "plate"
            content = self._draw(drawn, f"{kind} {claim.lot_id.name}", dice)
            model._add_photo(claim, f"{kind}-{claim.name}.jpg", content, kind=kind)
        if state == "draft":
            return
        self._submit({claim: day})
        if claim.state != "submitted":
            return  # the policy has decided it
        # sudo: the story is told as the auditor
        auditor_sudo = claim.with_user(self._get_demo("user_auditor")).sudo()
        if state == "returned":
            auditor_sudo._do_with_reason(
                "return",
                self.env.ref("after_sales.reason_return_4"),
                "请核对往返时间。 Please check the times of the trip.",
            )
        elif state == "approved":
            auditor_sudo.action_approve()
            claim.date_approved = min(
                day + timedelta(days=2), claim.company_id._get_sales_today()
            )

    # -------------------------------------------------------------------- rescues

    def _tell_rescues(self, dice, today, station, units):
        company = station.company_id
        for row, position, unit in zip(RESCUES, POSITIONS, units, strict=False):
            state, days, place, distance, out, back = row
            day = today - timedelta(days=days)
            start = company._to_sales_utc(datetime.combine(day, time(8, 20)))
            claim = self.env["after.sales.claim"].create(
                self._prepare_kind(
                    dice,
                    unit,
                    day,
                    "rescue",
                    None,
                    rescue_place=place,
                    rescue_distance=distance,
                    rescue_latitude=position[0],
                    rescue_longitude=position[1],
                    departed_at=start,
                    arrived_at=start + timedelta(minutes=out),
                    returned_at=start + timedelta(minutes=back),
                )
            )
            self._bring_claim_to(claim, state, day, ("damage", "plate", "place"))

    # ------------------------------------------------------------------ purchases

    def _tell_purchases(self, dice, today, station, units):
        auditor = self._get_demo("user_auditor")
        for row, unit in zip(PURCHASES, units[6:], strict=False):
            state, request, days, vendor, number, price, invoiced = row
            day = today - timedelta(days=days)
            part = self._get_demo(f"product_{dice.choice(('alternator', 'master'))}")
            line = {
                "line_type": "purchase",
                "product_id": part.id,
                "quantity": 1,
                "price_unit": price,
            }
            claim = self.env["after.sales.claim"].create(
                self._prepare_kind(
                    dice,
                    unit,
                    day,
                    "purchase",
                    [line],
                    purchase_reason="车辆急等配送，本站无此件。\n"
                    "The vehicle blocks a delivery, the part is not in our stock.",
                    vendor_name=vendor,
                    invoice_number=number,
                    date_invoice=day if number else False,
                    invoice_amount=invoiced,
                )
            )
            # sudo: the story is told as station and auditor
            asked_sudo = claim.with_user(self._get_demo("user_station")).sudo()
            granted_sudo = claim.with_user(auditor).sudo()  # sudo: as above
            if request != "none":
                asked_sudo.action_ask()
            if request == "granted":
                granted_sudo.action_grant()
                moment = station.company_id._get_sales_moment(day)
                claim.write({"purchase_granted_at": moment})
            elif request == "refused":
                granted_sudo._do_with_reason(
                    "refuse",
                    self.env.ref("after_sales.reason_reject_5"),
                    "上海站有货，请申请紧急调件。\n"
                    "The Shanghai station has the part: ask for an urgent transfer.",
                )
            photos = ("plate", "invoice") if number else ()
            self._bring_claim_to(claim, state, day, photos)

    # ----------------------------------------------------------------- running-in

    def _tell_running_in(self, dice, today, station):
        """Trucks of the cold chain are asked for the service within 120 days and 10,000
        km, or their warranty is the shorter one: the old ones had it, the newest get it
        now."""
        self._get_demo("coverage_cold").write(
            {
                "running_in_effect": "shorten",
                "running_in_days": 120,
                "running_in_usage": 10000,
                "shortened_months": 24,
                "shortened_usage": 60000,
            }
        )
        units = self.env["stock.lot"].search(
            [
                ("product_id", "=", self._get_demo("product_truck_k5").id),
                ("date_sold", "!=", False),
            ],
            order="date_sold desc, id",
        )
        fresh, old = units[:4], units[4:]
        for sold, own in old.grouped("date_sold").items():
            own.write(
                {
                    "running_in_date": sold + timedelta(days=60),
                    "running_in_usage": 4200,
                }
            )
        labor = self._get_demo("labor_l101")
        line = {
            "line_type": "labor",
            "labor_id": labor.id,
            "name": "走合保养 Running-in service",
            "quantity": labor.standard_hours,
            "price_unit": station.labor_rate,
        }
        for number, unit in enumerate(fresh):
            day = today - timedelta(days=9 - 2 * number)
            claim = self.env["after.sales.claim"].create(
                self._prepare_kind(
                    dice,
                    unit,
                    day,
                    "running_in",
                    [line],
                    card_number=f"ZB-{26000 + 7 * number}",
                    date_card=day,
                    usage=5200 + 900 * number,
                    fault_id=False,
                    complaint=False,
                    cause=False,
                    correction="更换机油机滤，紧固螺栓，无异常。\n"
                    "Oil and filter changed, bolts tightened, no findings.",
                )
            )
            if number == 2:
                claim._make_defect_claim()
            state = ("approved", "approved", "submitted", "draft")[number]
            self._bring_claim_to(claim, state, day, ("card", "plate", "meter"))

    # ----------------------------------------------------------------- assemblies

    def _tell_swaps(self, dice, today, station, units):
        engine = self._get_demo("product_engine")
        for row, unit in zip(SWAPS, units[14:], strict=False):
            state, days, old, new = row
            self.env["after.sales.assembly"].create(
                {
                    "lot_id": unit.id,
                    "product_id": engine.id,
                    "serial": old,
                    "date_from": unit.date_production,
                }
            )
            day = today - timedelta(days=days)
            line = {
                "line_type": "part",
                "product_id": engine.id,
                "is_causal": True,
                "quantity": 1,
                "price_unit": engine.standard_price,
            }
            claim = self.env["after.sales.claim"].create(
                self._prepare_kind(
                    dice,
                    unit,
                    day,
                    "major_assembly",
                    [line],
                    assembly_product_id=engine.id,
                    assembly_old_serial=old,
                    assembly_new_serial=new,
                )
            )
            photos = ("damage", "plate", "meter", "assembly")
            self._bring_claim_to(claim, state, day, photos)

    # --------------------------------------------------------------- urgent parts

    def _declare_stock(self, today):
        for key, part, quantity, days in STOCKS:
            stock = self.env["after.sales.station.stock"].create(
                {
                    "station_id": self._get_demo(f"station_{key}").id,
                    "product_id": self._get_demo(f"product_{part}").id,
                    "quantity": quantity,
                }
            )
            stock.date = today - timedelta(days=days)

    def _tell_transfers(self, dice, today, station, units):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", station.company_id.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self._get_demo("product_pump"), warehouse.lot_stock_id, 12
        )
        for row, unit in zip(TRANSFERS, units[17:], strict=False):
            part, quantity, days, way, state, received, bearer = row
            day = today - timedelta(days=days)
            product = self._get_demo(f"product_{part}")
            request = Command.create({"product_id": product.id, "quantity": quantity})
            claim = self.env["after.sales.claim"].create(
                self._prepare_kind(
                    dice, unit, day, "part_transfer", [], request_ids=[request]
                )
            )
            decided = "submitted" if state == "submitted" else "approved"
            self._bring_claim_to(claim, decided, day, ("plate",))
            if way and claim.state == "approved":
                self._ship_demo(claim, day, way, state, received, bearer)

    def _tell_as(self, record, login):
        # sudo: the story is told as this person, without his rights
        return record.with_user(self._get_demo(f"user_{login}")).sudo()

    def _ship_demo(self, claim, day, way, state, received, bearer):
        """One shipment, by the people of the parties."""
        transfer = self._tell_as(claim, "auditor")._make_transfer()
        source = {
            "own": {},
            "station": {"from_station_id": self._get_demo("station_shanghai").id},
            "supplier": {"supplier_id": self._get_demo("supplier_cooling").id},
        }[way]
        transfer.write(
            {"way": way, "from_station_id": False, "supplier_id": False, **source}
        )
        transfer.action_order()
        shipper = self._tell_as(
            transfer, "supplier" if way == "supplier" else "station2"
        )
        if state == "declined":
            shipper._do_with_reason(
                "decline", self.env.ref("after_sales.reason_decline_1"), False
            )
        if state in ("ordered", "declined"):
            return
        if way == "own":
            picking = transfer.picking_id.with_user(self.env.user)
            picking.move_ids.picked = True
            picking.with_context(skip_sms=True, skip_backorder=True).button_validate()
        else:
            transfer.write(
                {
                    "carrier": "顺丰 SF Express",
                    "waybill": f"SF20{transfer.id:08d}",
                    "freight_amount": 45,
                }
            )
            shipper.action_dispatch()
        if state != "dispatched":
            receiver = self._tell_as(transfer, "station")
            receiver._check_can("receive")
            receiver._do_receive(dict.fromkeys(transfer.line_ids.ids, received))
        if state == "cleared":
            transfer.difference_bearer = bearer
            self._tell_as(transfer, "clerk").action_clear()
