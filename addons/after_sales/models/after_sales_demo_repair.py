# pylint: disable=consider-merging-classes-inherited
# Own file: the repairs of the demo story.
import base64
import io
import random
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, fields, models

#: state it has come to, days from today, hour, bay, score of the call
LIVES = [
    ("picked_up", -9, 9, 0, 96),
    ("picked_up", -7, 13, 1, 82),
    ("picked_up", -4, 9, 0, None),
    ("picked_up", -2, 10, 1, None),
    ("accepted", -1, 9, 0, None),
    ("in_work", 0, 8, 0, None),
    ("consented", 0, 10, 1, None),
    ("estimated", 0, 13, 0, None),
    ("received", 0, 15, 1, None),
    ("booked", 1, 9, 0, None),
    ("booked", 1, 9, 1, None),
    ("booked", 2, 14, 0, None),
]
STATION_STARTS = {"beijing": "user_station", "shanghai": "user_station2"}


class AfterSalesDemo(models.AbstractModel):
    """Two weeks of repairs at two stations; one unit comes for its fifth repair."""

    _inherit = "after.sales.demo"

    @api.model
    def _create_repairs(self):
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        dice = random.Random(513)
        for key, login in STATION_STARTS.items():
            station = story._get_demo(f"station_{key}")
            story._create_bays(station)
            units = story.env["stock.lot"].search(
                [("sold_station_id", "=", station.id), ("date_sold", "!=", False)],
                order="date_sold desc, id",
                limit=len(LIVES),
            )
            for life, unit in zip(LIVES, units, strict=False):
                story._create_repair(dice, station, story._get_demo(login), unit, life)
        story._create_fifth_repair(dice)

    def _create_bays(self, station):
        if not station.bay_ids:
            station.bay_ids = [
                Command.create(
                    {"name": f"{station.code} {n} 号工位 Bay {n}", "sequence": n}
                )
                for n in (1, 2)
            ]

    def _create_repair(self, dice, station, user, unit, life):
        """One repair, taken by the station's person to its state."""
        state, days, hour, bay, score = life
        company = station.company_id
        day = company._get_sales_today() + timedelta(days=days)
        begin = company._get_sales_moment(day) + timedelta(hours=hour)
        claim = self._prepare_claim(dice, unit, max(day, unit.date_sold), station)
        lines = [
            Command.create(
                {
                    "line_type": line[2]["line_type"],
                    "product_id": line[2].get("product_id"),
                    "labor_id": line[2].get("labor_id"),
                    "quantity": line[2]["quantity"],
                    "price_unit": line[2]["price_unit"],
                    "payer": "warranty",
                }
            )
            for line in claim["line_ids"][:2]
        ]
        lines.append(
            Command.create(
                {
                    "line_type": "other",
                    "name": "检查与洗车 Inspection and washing",
                    "quantity": 1,
                    "price_unit": 60,
                    "payer": dice.choice(("customer", "customer", "goodwill")),
                }
            )
        )
        repair = self.env["after.sales.repair"].create(
            {
                "station_id": station.id,
                "lot_id": unit.id,
                "bay_id": station.bay_ids[bay].id,
                "begin_at": begin,
                "end_at": begin + timedelta(hours=2),
                "line_ids": lines if state != "booked" else False,
                **{
                    name: claim[name]
                    for name in (
                        "customer_name",
                        "customer_phone",
                        "complaint",
                        "fault_id",
                        "usage",
                    )
                },
            }
        )
        self._take_repair_to(repair.with_user(user).sudo(), state, begin)  # as portal
        if score:
            repair.with_user(self._get_demo("user_auditor"))._rate(score, "")
            repair.called_at = begin + timedelta(days=1)
        return repair

    def _take_repair_to(self, repair, state, begin):
        """The real steps, then the moments of the story."""
        signature = self._sign_demo(repair.customer_name)

        def sign(verb):
            seen = repair._get_terms_hash()
            repair._sign(verb, repair.customer_name, signature, seen)

        steps = [
            ("received", "received_at", repair.action_receive),
            ("estimated", "estimated_at", repair.action_estimate),
            (
                "consented",
                "consented_at",
                lambda: sign("consent"),
            ),
            ("in_work", "started_at", repair.action_start),
            ("accepted", "accepted_at", repair.action_accept),
            (
                "picked_up",
                "picked_up_at",
                lambda: sign("pickup"),
            ),
        ]
        if state == "booked":
            return
        person = repair.env.user.partner_id
        repair.inspection = (
            "左车门有划痕，油箱半满。\nScratch on the left door, tank half full."
        )
        for number, (name, moment, take) in enumerate(steps):
            if name == "in_work":
                repair.mechanic_id = person
            if name == "accepted":
                repair.cause = "磨损。 Worn."
                repair.correction = "已更换，试车正常。 Part replaced, test drive fine."
            take()
            repair[moment] = min(
                begin + timedelta(minutes=40 * number), fields.Datetime.now()
            )
            if name == state:
                break
        repair.consent_ids.taken_at = repair.consented_at

    def _create_fifth_repair(self, dice):
        """The story of B-13: a unit comes with the same fault for the fifth time."""
        repair = self.env["after.sales.repair"].search(
            [("state", "=", "booked")], order="begin_at, id", limit=1
        )
        unit, station = repair.lot_id, repair.station_id
        user = self._get_demo(
            "user_station"
            if station == self._get_demo("station_beijing")
            else "user_station2"
        )
        for number in range(4):
            life = ("picked_up", -48 + 8 * number, 16, 0, 90)
            earlier = self._create_repair(dice, station, user, unit, life)
            earlier.fault_id = repair.fault_id

    def _sign_demo(self, name):
        """A drawn signature, base64."""
        image = Image.new("RGB", (240, 80), "white")
        pen = ImageDraw.Draw(image)
        points = [
            (12 + 9 * n, 40 + (ord(letter) % 23 - 11) * 2)
            for n, letter in enumerate(name * 2)
        ][:24]
        pen.line(points, "#1F3A5F", 3, joint="curve")
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return base64.b64encode(stream.getvalue()).decode()
