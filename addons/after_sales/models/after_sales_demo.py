import hashlib
import io
import random
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo import Command, api, fields, models

from odoo.addons.sales_base.tools.period import add_months, month_of

from ..tools.demo_texts import REPAIR_TEXTS

#: fault, part, operation, hours, vehicles it happens to, how often
REPAIRS = [
    ("e01", "pump", "l101", 2.0, ("truck_k3", "truck_k5"), 9),
    ("e02", "radiator", "l102", 2.5, ("truck_k3", "truck_k5"), 4),
    ("e03", "hose", "l103", 0.8, ("truck_k3", "truck_k5"), 5),
    ("e04", "injector", "l104", 1.8, ("truck_k3", "truck_k5"), 3),
    ("b01", "pad", "l201", 1.0, ("truck_k3", "truck_k5", "scooter_s1"), 5),
    ("b02", "master", "l202", 1.6, ("truck_k3",), 2),
    ("b03", "disc", "l203", 1.2, ("truck_k5", "scooter_s1"), 2),
    ("p01", "alternator", "l301", 1.5, ("truck_k3", "truck_k5"), 3),
    ("p02", "battery", "l302", 0.7, ("scooter_s1",), 8),
    ("p03", "controller", "l303", 1.1, ("scooter_s1",), 4),
    ("p04", "lamp", "l304", 0.5, ("truck_k3", "scooter_s1"), 3),
    ("c01", "compressor", "l401", 3.5, ("truck_k5",), 4),
]
STATIONS = ("beijing", "tianjin", "shanghai", "hangzhou", "guangzhou", "chengdu")
OWNERS = (
    "王浩 Wang Hao",
    "李娜 Li Na",
    "张勇 Zhang Yong",
    "陈静 Chen Jing",
    "杨帆 Yang Fan",
    "马琳 Ma Lin",
    "郭涛 Guo Tao",
    "何霞 He Xia",
)
UNITS, OLD_CLAIMS, NEW_CLAIMS = 380, 260, 72


class AfterSalesDemo(models.AbstractModel):
    """The demo story: a maker of light trucks and e-scooters, six stations, one year.

    Called by the demo data only. What is older than eight weeks is created as it ended;
    the rest goes through the real steps.
    """

    _name = "after.sales.demo"
    _description = "After-Sales Demo Story"

    @api.model
    def _create_story(self):
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        dice = random.Random(2026)
        today = company._get_sales_today()
        units = story._create_units(dice, today)
        story._create_history(dice, today, units)
        units = units.with_context(tracking_disable=False)
        story.with_env(units.env)._create_recent(dice, today, units)

    def _get_demo(self, name):
        return self.env.ref(f"after_sales.{name}_demo")

    def _create_units(self, dice, today):
        """Sold units with their station, batch and some readings."""
        kinds = ("truck_k3", "truck_k3", "truck_k5", "scooter_s1", "scooter_s1")
        values, counters = [], {}
        for _n in range(UNITS):
            kind = dice.choice(kinds)
            product = self._get_demo(f"product_{kind}")
            counters[kind] = counters.get(kind, 1000) + 1
            sold = today - timedelta(days=dice.randint(70, 760))
            built = sold - timedelta(days=dice.randint(20, 90))
            values.append(
                {
                    "name": f"{product.default_code}{built:%y%m}{counters[kind]}",
                    "product_id": product.id,
                    "company_id": self.env.company.id,
                    "date_sold": sold,
                    "sold_station_id": self._get_demo(
                        f"station_{dice.choice(STATIONS)}"
                    ).id,
                    "production_batch": f"{product.default_code}-{built:%Y%m}",
                    "date_production": built,
                }
            )
        return self.env["stock.lot"].create(values)

    # -------------------------------------------------------------------- claims

    def _prepare_claim(self, dice, unit, day, station=None, fault=None):
        """A repair that fits the unit."""
        kind = {
            self._get_demo(f"product_{key}"): key
            for key in ("truck_k3", "truck_k5", "scooter_s1")
        }[unit.product_id]
        repairs = [row for row in REPAIRS if kind in row[4]]
        weights = [row[5] for row in repairs]
        code, part, labor, hours, _kinds, _weight = dice.choices(repairs, weights)[0]
        station = station or unit.sold_station_id
        months = max(1, (day - unit.date_sold).days / 30)
        per_month = 500 if kind == "scooter_s1" else 2100
        usage = int(months * per_month * dice.uniform(0.7, 1.2))
        if unit.warranty_usage_limit:
            usage = min(usage, int(unit.warranty_usage_limit * dice.uniform(0.8, 0.98)))
        part_record = self._get_demo(f"product_{part}")
        complaint, cause, correction = REPAIR_TEXTS[code]
        lines = [
            {
                "line_type": "part",
                "product_id": part_record.id,
                "is_causal": True,
                "quantity": 1,
                "price_unit": part_record.standard_price,
            },
            {
                "line_type": "labor",
                "labor_id": self._get_demo(f"labor_{labor}").id,
                "quantity": hours,
                "price_unit": station.labor_rate,
            },
        ]
        if dice.random() < 0.2:
            lines.append(
                {
                    "line_type": "travel",
                    "name": "拖车到站 Towing to the station",
                    "quantity": dice.randint(8, 40),
                    "price_unit": 3,
                }
            )
        return {
            "station_id": station.id,
            "lot_id": unit.id,
            "date_repair": day,
            "usage": usage,
            "fault_id": self._get_demo(f"fault_{code}").id,
            "customer_name": dice.choice(OWNERS),
            "customer_phone": f"+86 138 0000 {dice.randint(1000, 9999)}",
            "complaint": complaint,
            "cause": cause,
            "correction": correction,
            "line_ids": [Command.create(line) for line in lines],
        }

    @api.model
    def _give_goodwill(self, claims):
        """Towing is no part of the warranty: goodwill pays it."""
        # sudo: the repair says so, or the story
        towing_sudo = claims.sudo().line_ids.filtered(
            lambda line: line.line_type == "travel"
        )
        towing_sudo.is_goodwill = True

    def _create_history(self, dice, today, units):
        """Closed claims of the months before, settled month by month."""
        horizon = today - timedelta(days=57)
        values, days = [], []
        for unit in dice.sample(units, k=OLD_CLAIMS):
            first = max(
                unit.date_sold + timedelta(days=10), today - timedelta(days=240)
            )
            last = min(horizon, unit.date_warranty_end - timedelta(days=5))
            if first >= last:
                continue
            day = first + timedelta(days=dice.randint(0, (last - first).days))
            values.append(self._prepare_claim(dice, unit, day))
            days.append(min(day + timedelta(days=dice.randint(2, 9)), horizon))
        claims = self.env["after.sales.claim"].create(values)
        self._give_goodwill(claims)
        self._add_old_photos(dice, claims)
        self._decide_history(dice, dict(zip(claims, days, strict=True)))
        claims._record_usage()
        claims._adjudicate()
        self._settle_history(today)

    def _decide_history(self, dice, days):
        """How the old claims ended.

        :param dict days: {claim: day of the decision}
        """
        claims = self.env["after.sales.claim"].union(*days)
        rejected = claims.filtered(lambda claim: dice.random() < 0.08)
        approved = claims - rejected
        rejected.line_ids.decision = "rejected"
        approved.line_ids.decision = "approved"
        for claim in approved:
            if dice.random() < 0.15:
                self._cut(claim, 0.7)
        claims.write(
            {
                "auditor_id": self._get_demo("user_auditor").id,
                "our_hours": 48,
                "revision": 1,
            }
        )
        rejected.state, approved.state = "rejected", "approved"
        for claim, day in days.items():
            moment = fields.Datetime.to_datetime(day)
            values = {
                "submitted_at": moment - timedelta(days=2),
                "date_submitted": day - timedelta(days=2),
                "decided_at": moment,
            }
            if claim in rejected:
                reason = f"after_sales.reason_reject_{dice.randint(1, 4)}"
                values["cancel_reason_id"] = self.env.ref(reason).id
            else:
                values["date_approved"] = day
            claim.write(values)

    def _cut(self, claim, share, note=False):
        """The labour of a claim is paid in part."""
        line = claim.line_ids[1]
        line.write(
            {
                "decision": "cut",
                "approved_amount": self._round_down(line.amount * share),
                "cut_reason_id": self.env.ref("after_sales.reason_cut_1").id,
                "decision_note": note,
            }
        )

    @staticmethod
    def _round_down(amount):
        return float(int(amount))

    def _settle_history(self, today):
        """Past months are settled, confirmed and posted; the oldest are paid."""
        settlements = self.env["after.sales.settlement"]
        for back in range(9, 1, -1):
            month = month_of(add_months(today.replace(day=1), -back))
            settlements._settle(
                self.env["after.sales.claim"].search(
                    settlements._get_settleable_domain(self.env.company, month.last)
                ),
                *month,
            )
        clerk = self._get_demo("user_clerk")
        # sudo: the story is told as the clerk, without rights on accounting
        own_sudo = settlements.with_user(clerk).sudo()
        own_sudo = own_sudo.search([("state", "=", "draft")])
        own_sudo.action_send()
        own_sudo.action_confirm()
        own_sudo._do_post()
        for settlement in own_sudo:
            moment = fields.Datetime.to_datetime(settlement.date_to)
            settlement.write(
                {
                    "sent_at": moment + timedelta(days=2),
                    "confirmed_at": moment + timedelta(days=4),
                }
            )
            settlement.claim_ids.settled_at = moment + timedelta(days=5)
        paid_until = month_of(add_months(today.replace(day=1), -4)).last
        self._pay(
            own_sudo.filtered(lambda record: record.date_to <= paid_until).move_id
        )

    def _pay(self, moves):
        """One transfer a station."""
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        ).create({"group_payment": True})._create_payments()

    # -------------------------------------------------------------------- recent

    def _create_recent(self, dice, today, units):
        """Eight weeks of claims through the real steps, in all states."""
        fresh = units.filtered(
            lambda unit: unit.is_under_warranty and not unit.after_sales_claim_ids
        )
        values, submitted = [], []
        beijing = self._get_demo("station_beijing")
        shanghai = self._get_demo("station_shanghai")
        for number in range(NEW_CLAIMS):
            unit = fresh[number % len(fresh)]
            day = today - timedelta(days=dice.randint(3, 50))
            day = max(day, unit.date_sold + timedelta(days=5))
            station = (beijing, shanghai, None, None)[number % 4]
            if station:
                unit.sold_station_id = station
            claim = self._prepare_claim(dice, unit, day, station=station)
            self._spoil(dice, number, claim)
            values.append(claim)
            submitted.append(min(day + timedelta(days=dice.randint(1, 4)), today))
        claims = self.env["after.sales.claim"].create(values)
        self._give_goodwill(claims)
        # What is created in a transaction is not tracked in it, unless told to forget.
        self._write_chatter({})
        self._add_photos(dice, claims)
        turned_in = claims[6:]
        self._submit(dict(zip(turned_in, submitted[6:], strict=True)))
        turned_in._adjudicate()
        self._decide_recent(dice, today, turned_in)

    def _submit(self, days):
        """Claims are turned in by their station in the portal, or typed in for it.

        :param dict days: {claim: day of the submission}
        """
        senders = {
            self._get_demo("station_beijing"): self._get_demo("user_station"),
            self._get_demo("station_shanghai"): self._get_demo("user_station2"),
        }
        office = self._get_demo("user_quality")
        claims = self.env["after.sales.claim"].union(*days)
        by_sender = claims.grouped(lambda c: senders.get(c.station_id, office))
        for sender, own in by_sender.items():
            own.with_user(sender).sudo().action_submit()  # sudo: as the portal does
            self._write_chatter({claim: days[claim] for claim in own})
        for claim, day in days.items():
            moment = fields.Datetime.to_datetime(day)
            claim.submission_ids[:1].taken_at = moment
            claim.write(
                {
                    "submitted_at": min(claim.submitted_at, moment),
                    "date_submitted": day,
                    "clock_at": moment,
                    "date_due": day + timedelta(days=5),
                }
            )

    def _write_chatter(self, days):
        """The tracking of the step just taken, on its day of the story.

        :param dict days: {document: day}, documents of one model
        """
        self.env.flush_all()
        self.env.cr.precommit.run()
        if not days:
            return
        documents = next(iter(days)).union(*days)
        messages = self.env["mail.message"].search(
            [("model", "=", documents._name), ("res_id", "in", documents.ids)],
            order="id",
        )
        latest = {message.res_id: message for message in messages}
        for document, day in days.items():
            if document.id in latest:
                hours = timedelta(hours=2 + document.id % 7)
                latest[document.id].date = min(
                    fields.Datetime.to_datetime(day) + hours, fields.Datetime.now()
                )

    def _spoil(self, dice, number, values):
        """Every sixth claim has something for the rules to find."""
        if number % 6 == 1:
            values["line_ids"][1][2]["quantity"] += dice.choice((0.5, 1.0))
        elif number % 12 == 3:
            values["usage"] = 120000
        elif number % 12 == 9:
            values["line_ids"].append(
                Command.create(
                    {
                        "line_type": "purchase",
                        "name": "外购专用工具 Special tool bought outside",
                        "quantity": 1,
                        "price_unit": 2400,
                    }
                )
            )

    def _decide_recent(self, dice, today, claims):
        """Those with findings are returned, cut or wait; the others are approved."""
        self._write_chatter({})  # of what was done before, by its own people
        auditor = self._get_demo("user_auditor")
        claims_sudo = claims.with_user(auditor).sudo()  # sudo: as the auditor
        waiting = claims_sudo[-20:]
        waiting[:6].action_review()
        for offset, claim in enumerate(waiting):
            day = today - timedelta(days=offset % 7)
            claim.write({"date_submitted": day, "date_due": day + timedelta(days=5)})
        later = claims_sudo[:-20]
        returned = later.filtered(lambda claim: claim.verdict == "fail")[:8]
        returned._do_with_reason(
            "return",
            self.env.ref("after_sales.reason_return_1"),
            "请重拍铭牌并核对工时。\n"
            "Please photograph the plate again and check the hours.",
        )
        for offset, claim in enumerate(returned):
            claim.date_due = today + timedelta(days=4 - 2 * offset)
        rejected = (later - returned).filtered(lambda claim: claim.verdict == "fail")
        rejected = rejected[:3]
        rejected._do_with_reason(
            "reject", self.env.ref("after_sales.reason_reject_1"), False
        )
        approved = later - returned - rejected
        for claim in approved.filtered(lambda claim: claim.verdict != "pass"):
            self._cut(claim, 0.75, "按标准工时核定。 Standard time applies.")
        decided = {
            claim: min(claim.date_submitted + timedelta(days=3), today)
            for claim in later
        }
        for day, own in approved.grouped(decided.get).items():
            own._check_can("approve")
            own._do_approve(day=day)
            own.decided_at = fields.Datetime.to_datetime(day)
        self._write_chatter({**dict.fromkeys(waiting, today), **decided})
        self._correct(dice, today, returned[:2].with_env(self.env))
        self._settle_recent(today)

    def _correct(self, dice, today, returned):
        """Two stations have answered: hours and a photo put right, submitted again."""
        for claim in returned:
            labor = claim.line_ids[1]
            labor.quantity = labor.standard_hours
            claim.correction = f"{claim.correction}\n工时已更正。 Hours corrected."
            self.env["after.sales.claim.photo"]._add_photo(
                claim,
                "plate-again.jpg",
                self._draw("plate", claim.lot_id.name, dice),
                kind="plate",
            )
        self._submit(dict.fromkeys(returned, today))

    def _settle_recent(self, today):
        """Last month is on its way: sent, confirmed, waiting to be posted."""
        month = month_of(add_months(today.replace(day=1), -1))
        clerk = self._get_demo("user_clerk")
        settlements = self.env["after.sales.settlement"]
        settlements.with_user(clerk)._start_month(month.first, at_once=True)
        # sudo: the story is told as the clerk
        own_sudo = settlements.with_user(clerk).sudo()
        own_sudo = own_sudo.search([("date_from", "=", month.first)], order="id")
        own_sudo[1:].action_send()
        own_sudo[3:].action_confirm()

    def _add_old_photos(self, dice, claims):
        """One picture of each kind serves all closed claims."""
        contents = {
            kind: self._draw(kind, "", dice) for kind in ("plate", "meter", "damage")
        }
        rows = [(claim, kind) for claim in claims for kind in contents]
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": f"{kind}-{claim.name}.jpg",
                    "raw": contents[kind],
                    "mimetype": "image/jpeg",
                    "res_model": claim._name,
                    "res_id": claim.id,
                }
                for claim, kind in rows
            ]
        )
        self.env["after.sales.claim.photo"].create(
            [
                {
                    "claim_id": claim.id,
                    "attachment_id": attachment.id,
                    "kind": kind,
                    "sha256": hashlib.sha256(contents[kind]).hexdigest(),
                }
                for (claim, kind), attachment in zip(rows, attachments, strict=True)
            ]
        )

    def _add_photos(self, dice, claims):
        """Drawn pictures stand for photos: plate, meter, damage."""
        model = self.env["after.sales.claim.photo"]
        for number, claim in enumerate(claims):
            kinds = ("plate", "meter", "damage")
            if number % 9 == 4:
                kinds = kinds[1:]
            for kind in kinds:
                text = {
                    "plate": claim.lot_id.name,
                    "meter": f"{claim.usage} km",
                    "damage": claim.fault_id.code,
                }[kind]
                content = self._draw(kind, text, dice)
                model._add_photo(claim, f"{kind}-{claim.name}.jpg", content, kind=kind)

    def _draw(self, kind, text, dice):
        background = {"plate": "#B9C4CC", "meter": "#20252B", "damage": "#7C6A58"}[kind]
        image = Image.new("RGB", (320, 240), background)
        pen = ImageDraw.Draw(image)
        if kind == "plate":
            pen.rounded_rectangle((30, 70, 290, 170), 12, "#E6E9EC", "#55606A", 4)
        elif kind == "meter":
            pen.arc((50, 40, 270, 260), 180, 360, "#F2A33A", 10)
            pen.line((160, 150, 160 + dice.randint(-70, 70), 70), "#E4572E", 6)
        else:
            for _n in range(7):
                x, y, size = (
                    dice.randint(0, 260),
                    dice.randint(0, 200),
                    dice.randint(12, 60),
                )
                pen.ellipse(
                    (x, y, x + size, y + size),
                    dice.choice(("#4B3F35", "#2E4057", "#8FA3AD")),
                )
            pen.ellipse((110, 70, 220, 180), None, "#E4572E", 5)
        ink = "#F5F5F5" if kind == "meter" else "#15202B"
        pen.text((60, 108 if kind == "plate" else 205), text, ink)
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=70)
        return stream.getvalue()
