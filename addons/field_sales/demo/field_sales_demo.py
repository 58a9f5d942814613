"""The demo story: Songguo, a snack brand, and the supermarkets of two cities."""

import random
from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.period import week_of

from ..models.field_sales_visit_line import ENTRY_FIELDS
from ..tools import planning
from ..tools.suggestion import suggest

#: closed weeks; with the running one they make eight
WEEKS = 7
#: of the past days of this week every so many visits goes through the real steps, with
#: an order; the others are created closed
ORDER_EVERY = 5
# name, spec, case, price, shelf life, rate, who lists it
PRODUCTS = [
    ("Songguo Potato Crisps Original", "75 g", 24, 6.5, 240, 4.0, "all"),
    ("Songguo Potato Crisps Tomato", "75 g", 24, 6.5, 240, 3.2, "all"),
    ("Songguo Potato Crisps Cucumber", "75 g", 24, 6.5, 240, 2.6, "all"),
    ("Songguo Seaweed Rice Crackers", "110 g", 12, 8.9, 180, 1.8, "all"),
    ("Songguo Roasted Peanuts", "160 g", 20, 9.9, 270, 2.1, "all"),
    ("Songguo Spicy Broad Beans", "150 g", 20, 7.5, 270, 1.6, "all"),
    ("Songguo Sunflower Seeds Caramel", "200 g", 16, 10.9, 240, 2.4, "shops"),
    ("Songguo Pistachios", "120 g", 12, 26.8, 270, 0.9, "shops"),
    ("Songguo Prawn Crackers", "80 g", 24, 5.9, 180, 1.9, "shops"),
    ("Songguo Potato Crisps Family Pack", "270 g", 8, 18.5, 240, 1.2, "key"),
    ("Songguo Nut Mix Gift Box", "750 g", 6, 89.0, 240, 0.4, "key"),
    ("Songguo Chestnuts", "100 g", 20, 12.9, 150, 1.1, "key"),
    ("Songguo Mango Slices", "90 g", 20, 11.5, 300, 0.8, "key"),
    ("Songguo Cashews Salted", "130 g", 12, 24.9, 270, 0.7, "key"),
]
CHAINS = [
    ("Huihua Hypermarket", "hypermarket", 6),
    ("Jiale Supermarket", "supermarket", 0),
    ("Meilin Fresh", "supermarket", 0),
    ("Haoduo Convenience", "convenience", 0),
]
CITIES = [
    (
        "user_rep_demo",
        "sales_base.sales_region_shanghai_demo",
        "Shanghai",
        (31.2304, 121.4737),
        "Xuhui Jing'an Pudong Hongkou Yangpu Changning Putuo Minhang".split(),
    ),
    (
        "user_rep2_demo",
        "sales_base.sales_region_hangzhou_demo",
        "Hangzhou",
        (30.2741, 120.1551),
        "Xihu Gongshu Shangcheng Binjiang Yuhang Xiaoshan Linping Qiantang".split(),
    ),
]
PEOPLE = [
    ("Sun Li", "Store Manager", "rising", "high", "Hiking"),
    ("Ma Chao", "Section Head Snacks", "early", "fair", "Football, tea"),
    ("Wu Jing", "Buyer", "late", "low", "Photography"),
    ("Xu Fang", "Receiving Clerk", "rotating", "high", "Square dance"),
]
COMPETITORS = [
    "Crunchy King special price 4.90 until the weekend",
    "Two new seaweed flavours next to ours",
    "Nothing new",
    "Rival promoter gives tastings in the afternoon",
]
OPINIONS = [
    "Sells well, asks for more original crisps",
    "Wants a second display for the holidays",
    "Complains about two crushed cartons",
    "Satisfied",
]
PROPOSALS = [
    "Floor pile at the entrance next month",
    "Move the nuts to eye level",
    "Price tags to be renewed",
    "Tasting on Saturday",
]
PROMOTERS = ["Present, gifts complete", "Day off", "No own promoter in this store"]
LEVELS = ["eye", "hand", "top", "foot", "end"]


class FieldSalesDemo(models.AbstractModel):
    """Loads the demo data; the same on every day of installation but for its dates."""

    _name = "field.sales.demo"
    _description = "Field Sales Demo Data"

    @api.model
    def _load(self):
        company = self.env.ref("base.main_company")
        own = self.with_company(company)
        own = own.with_context(tracking_disable=True, mail_create_nosubscribe=True)
        story = _Story(own.env, company)
        story.tell()


class _Story:
    """One run of the demo story; ``shelf`` is what stands in the stores."""

    def __init__(self, env, company):
        self.env = env
        self.company = company
        self.rand = random.Random(20260)
        self.today = company._get_sales_today()
        self.monday = week_of(self.today).first
        self.shelf = {}

    def ref(self, name):
        return self.env.ref(name if "." in name else f"field_sales.{name}")

    def tell(self):
        # The paper form stays with the store: nobody signs on the phone yet.
        self.company.field_sales_require_signature = False
        self.create_products()
        self.create_stores()
        self.create_people()
        for week in range(WEEKS, 0, -1):
            self.create_past_week(self.monday - timedelta(days=7 * week))
        self.live_this_week()
        self.link_history()
        self.plan_next_week()

    # --------------------------------------------------------------- catalogue

    def create_products(self):
        unit = self.env.ref("uom.product_uom_unit")
        cases = {}
        for size in sorted({row[2] for row in PRODUCTS}):
            cases[size] = self.env["uom.uom"].create(
                {
                    "name": f"Case of {size}",
                    "relative_factor": size,
                    "relative_uom_id": unit.id,
                }
            )
        templates = self.env["product.template"].create(
            [
                {
                    "name": name,
                    "default_code": f"SG{number:03d}",
                    "type": "consu",
                    "is_storable": True,
                    "list_price": round(price * 0.72, 2),
                    "uom_ids": [(6, 0, cases[case].ids)],
                    "field_sales_spec": f"{spec} × {case}",
                    "shelf_life_days": life,
                    "taxes_id": [(5,)],
                }
                for number, (name, spec, case, price, life, _r, _w) in enumerate(
                    PRODUCTS, 1
                )
            ]
        )
        self.products = templates.product_variant_id
        self.rates = {
            product.id: row[5]
            for product, row in zip(self.products, PRODUCTS, strict=True)
        }
        key = self.ref("sales_grade_key")
        shops = self.ref("channel_supermarket") | self.ref("channel_hypermarket")
        vals_list = []
        for number, (product, row) in enumerate(
            zip(self.products, PRODUCTS, strict=True)
        ):
            scopes = {
                "all": [{}],
                "shops": [{"channel_id": channel.id} for channel in shops],
                "key": [{"grade_id": key.id}],
            }[row[6]]
            for scope in scopes:
                vals_list.append(
                    {
                        "product_id": product.id,
                        "sequence": 10 * number,
                        "target_facings": 4 if number < 2 else 2,
                        "is_promoted": number < 2,
                        "safety_stock": row[2],
                        "price": row[3],
                        "company_id": self.company.id,
                        **scope,
                    }
                )
        self.env["field.sales.assortment"].create(vals_list)

    # ------------------------------------------------------------------ stores

    def create_stores(self):
        supervisor = self.ref("user_supervisor_demo")
        partners = self.env["res.partner"]
        distributor = partners.create(
            {
                "name": "Hangzhou Green Hills Trading",
                "is_company": True,
                "city": "Hangzhou",
                "country_id": self.env.ref("base.cn").id,
                "company_id": self.company.id,
            }
        )
        chains = partners.create(
            [
                {
                    "name": f"{name} Head Office",
                    "is_company": True,
                    "user_id": supervisor.id,
                    "country_id": self.env.ref("base.cn").id,
                    "company_id": self.company.id,
                }
                for name, _channel, _keys in CHAINS
            ]
        )
        vals_list = []
        for user, region, city, middle, districts in CITIES:
            routes = self.env["field.sales.route"].create(
                [
                    {
                        "name": f"{city} {side}",
                        "region_id": self.ref(region).id,
                        "company_id": self.company.id,
                    }
                    for side in ("Centre", "North", "South", "West")
                ]
            )
            for chain, (name, channel, keys) in zip(chains, CHAINS, strict=True):
                for number, district in enumerate(districts):
                    grade = "key" if number < keys else "regular"
                    direct = user == "user_rep_demo" or channel == "hypermarket"
                    vals_list.append(
                        {
                            "name": f"{name} {district}",
                            "is_company": True,
                            "is_store": True,
                            "ref": f"{city[:2].upper()}{len(vals_list) + 1:03d}",
                            "sales_grade_id": self.ref(f"sales_grade_{grade}").id,
                            "chain_id": chain.id,
                            "distributor_id": False if direct else distributor.id,
                            "user_id": self.ref(user).id,
                            "field_sales_region_id": self.ref(region).id,
                            "field_sales_route_id": routes[number // 2].id,
                            "field_sales_channel_id": self.ref(f"channel_{channel}").id,
                            "street": f"{district} Road {self.rand.randint(3, 900)}",
                            "city": city,
                            "country_id": self.env.ref("base.cn").id,
                            "phone": f"+86 21 5{self.rand.randint(1000000, 9999999)}",
                            "partner_latitude": middle[0]
                            + (number // 3 - 1) * 0.045
                            + self.rand.uniform(-0.012, 0.012),
                            "partner_longitude": middle[1]
                            + (number % 3 - 1) * 0.05
                            + self.rand.uniform(-0.012, 0.012),
                            "company_id": self.company.id,
                            **self.make_card(channel),
                        }
                    )
        self.stores = partners.create(vals_list)
        self.size = {
            store.id: (1.6 if index % 32 < 8 else 1.0 if index % 32 < 24 else 0.6)
            * self.rand.uniform(0.7, 1.4)
            for index, store in enumerate(self.stores)
        }

    def make_card(self, channel):
        areas = {"hypermarket": 9000, "supermarket": 1800, "convenience": 120}
        size = areas[channel] * self.rand.uniform(0.7, 1.3)
        return {
            "field_sales_floor_area": round(size),
            "field_sales_staff_number": max(round(size / 60), 4),
            "field_sales_business_state": self.rand.choice(
                ["stable", "stable", "rising", "falling"]
            ),
            "field_sales_trade_area": self.rand.choice(
                [
                    "Residential area with two schools and a metro station",
                    "Office towers; busy at noon, quiet at the weekend",
                    "Old town, many walk-in customers and a wet market",
                ]
            ),
            "field_sales_business_mix": "Food 60 %, household 25 %, other 15 %",
            "field_sales_staff_structure": "Managers 10 %, sections 60 %, tills 30 %",
            "field_sales_promoters_own": 1 if channel == "hypermarket" else 0,
            "field_sales_promoters_rival": 3 if channel == "hypermarket" else 1,
            "field_sales_closed_mon": self.rand.random() < 0.08,
        }

    def create_people(self):
        vals_list = []
        for index, store in enumerate(self.stores[::2]):
            name, job, shift, support, interests = PEOPLE[index % len(PEOPLE)]
            born = self.today - timedelta(days=365 * 35 + 9 * index - 2)
            vals_list.append(
                {
                    "name": name,
                    "parent_id": store.id,
                    "type": "contact",
                    "function": job,
                    "phone": f"+86 138 {self.rand.randint(10000000, 99999999)}",
                    "field_sales_birthday": born.replace(
                        year=born.year, day=min(born.day, 28)
                    ),
                    "field_sales_shift": shift if shift != "rising" else "middle",
                    "field_sales_support": support,
                    "field_sales_interests": interests,
                    "field_sales_temper": self.rand.choice(
                        ["Quick, likes facts", "Friendly", "Careful"]
                    ),
                    "field_sales_day_off": str(index % 7),
                    "field_sales_education": "college",
                }
            )
        # two birthdays this week in each city
        for place in (0, 1, 16, 17):
            vals_list[place]["field_sales_birthday"] = (
                self.today + timedelta(days=place % 16 * 2 + 1)
            ).replace(year=1988)
        self.env["res.partner"].create(vals_list)

    # ----------------------------------------------------------------- figures

    def count(self, store, product, day, factor=1.5):
        """What a visit finds of a product: stock falls by its sales, orders arrive.

        :returns: (values of the line, facts)
        """
        key = (store.id, product.id)
        known = self.shelf.get(key)
        rate = self.rates[product.id] * self.size[store.id]
        case = product.product_tmpl_id._get_field_sales_case_quantity()
        if known:
            days = max((day - known["day"]).days, 0)
            sold = round(rate * days * self.rand.uniform(0.6, 1.5))
            stock = max(known["stock"] + known["order"] - sold, 0)
        else:
            days, stock = 0, round(rate * self.rand.uniform(4, 10))
            look = {
                "shelf_level": self.rand.choice(LEVELS),
                "facings": self.rand.randint(1, 5),
                "price_tag": product.list_price / 0.72 * self.rand.choice([1, 1, 1.03]),
            }
        look = known["look"] if known else look
        facts = {
            "last_stock": known["stock"] if known else None,
            "last_order": known["order"] if known else 0,
            "days": days,
            "factor": factor,
            "case": case,
            "safety": case,
            "shelf_life": product.shelf_life_days,
        }
        advice = suggest({**facts, "stock": stock})["quantity"]
        order = advice if self.rand.random() < 0.8 else 0
        promoted = self.rand.random() < 0.06
        back = min(stock // 3, stock)
        values = {
            **look,
            "price_tag": round(look["price_tag"] * (0.85 if promoted else 1), 1),
            "stock_shelf": stock - back,
            "stock_back": back,
            "date_production": day - timedelta(days=self.rand.randint(20, 70)),
            "promotion_kind": "price" if promoted else "none",
            "date_promotion_start": day - timedelta(days=2) if promoted else False,
            "date_promotion_end": day + timedelta(days=8) if promoted else False,
            "order_quantity": order,
        }
        if not stock:
            values.update(facings=0, shelf_level=False, date_production=False)
        self.shelf[key] = {"day": day, "stock": stock, "order": order, "look": look}
        return values, facts

    # ----------------------------------------------------------------- history

    def plan_past_week(self, user, monday):
        stores = self.stores.filtered(lambda store: store.user_id == user)
        rules = self.env["field.sales.visit.rule"]._get_rules(stores, self.company)
        facts = [store._prepare_planning_store(rules[store.id], {}) for store in stores]
        for store in facts:
            store.last = monday - timedelta(days=3 + store.key % 4)
        days = [monday + timedelta(days=number) for number in range(5)]
        return planning.plan_week(facts, days)

    def create_past_week(self, monday):
        """A week that is over: plan closed, visits done, now and then one skipped."""
        # sudo: history is created closed
        visits_sudo = self.env["field.sales.visit"].sudo()
        vals_list = []
        for user_id, *_rest in CITIES:
            user = self.ref(user_id)
            week = self.plan_past_week(user, monday)
            plan = (
                self.env["field.sales.plan"]
                .sudo()  # sudo: history is created closed
                .create(
                    {
                        "user_id": user.id,
                        "date_start": monday,
                        "company_id": self.company.id,
                        "state": "closed",
                        "asked": week.asked,
                        "submitted_at": self.moment(monday - timedelta(days=2), 16),
                        "approved_at": self.moment(monday - timedelta(days=2), 17),
                        "approved_by_id": self.ref("user_supervisor_demo").id,
                    }
                )
            )
            for day, keys in week.visits.items():
                for number, key in enumerate(keys, 1):
                    vals_list.append(self.make_past_visit(plan, day, number, key))
        created = visits_sudo.create(vals_list)
        self.record(created.filtered(lambda visit: visit.state == "done"))

    def record(self, visits_sudo):
        """The counts of finished visits, all at once."""
        listed = self.env["field.sales.assortment"]._get_listed(
            visits_sudo.store_id, self.company
        )
        line_vals, last = [], {}
        for visit in visits_sudo:
            last[visit.store_id.id] = visit.date_planned
            for number, row in enumerate(listed[visit.store_id.id], 1):
                values, facts = self.count(
                    visit.store_id, row.product_id, visit.date_planned
                )
                line_vals.append(
                    {
                        **values,
                        "visit_id": visit.id,
                        "product_id": row.product_id.id,
                        "sequence": number,
                        "target_facings": row.target_facings,
                        "is_promoted": row.is_promoted,
                        "list_price": row.price,
                        "facts": facts,
                        "entered": ",".join(sorted(ENTRY_FIELDS)),
                    }
                )
        # sudo: history is created closed
        self.env["field.sales.visit.line"].sudo().create(line_vals)
        self.env["res.partner"].browse(last)._write_field_sales_days(
            "field_sales_last_visit_date", last
        )

    def make_past_visit(self, plan, day, number, store_id):
        values = {
            "plan_id": plan.id,
            "user_id": plan.user_id.id,
            "company_id": self.company.id,
            "store_id": store_id,
            "date_planned": day,
            "day_order": number,
        }
        if self.rand.random() < 0.05:
            reason = self.rand.choice(["store_closed", "contact_absent", "urgent"])
            return {
                **values,
                "state": "skipped",
                "cancel_reason_id": self.ref(f"sales_reason_{reason}").id,
                "reason_note": "Price survey for the head office",
            }
        return {
            **values,
            "state": "done",
            "visitor_id": plan.user_id.id,
            **self.make_presence(
                self.moment(day, 8, 30) + timedelta(minutes=50 * number)
            ),
            **self.make_notes(),
        }

    def make_presence(self, start):
        minutes = self.rand.randint(18, 45)
        return {
            "started_at": start,
            "ended_at": start + timedelta(minutes=minutes),
            "duration_minutes": minutes,
            "distance": self.rand.randint(5, 120),
        }

    def make_notes(self):
        return {
            "competitor_note": self.rand.choice(COMPETITORS),
            "promoter_note": self.rand.choice(PROMOTERS),
            "store_opinion": self.rand.choice(OPINIONS),
            "proposal": self.rand.choice(PROPOSALS),
        }

    def moment(self, day, hour, minute=0):
        return self.company._get_sales_moment(day, time(hour, minute))

    def link_history(self):
        """Each count knows the one before; one statement each instead of 8,000."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """WITH chain AS (
                       SELECT line.id, lag(line.id) OVER (
                           PARTITION BY visit.store_id, line.product_id
                           ORDER BY visit.ended_at, line.id) AS last_id
                       FROM field_sales_visit_line line
                       JOIN field_sales_visit visit ON visit.id = line.visit_id)
                   UPDATE field_sales_visit_line line SET last_line_id = chain.last_id
                   FROM chain WHERE chain.id = line.id RETURNING line.id"""
            )
        )
        self.env.execute_query(
            SQL(
                """WITH chain AS (
                       SELECT id, lag(id) OVER (
                           PARTITION BY store_id ORDER BY ended_at, id) AS last_id
                       FROM field_sales_visit WHERE state = 'done')
                   UPDATE field_sales_visit visit SET previous_visit_id = chain.last_id
                   FROM chain WHERE chain.id = visit.id RETURNING visit.id"""
            )
        )
        self.env.invalidate_all()
        self.stores._update_field_sales_due()

    # --------------------------------------------------------------- this week

    def live_this_week(self):
        """Planned, approved, and worked on up to this moment, by the real steps."""
        plans = self.env["field.sales.plan"]
        users = self.ref("user_rep_demo") | self.ref("user_rep2_demo")
        plans._generate(users, self.monday, self.company)
        weekend = self.today.weekday() > 4
        for user in users:
            plan = plans.search(
                [("user_id", "=", user.id), ("date_start", "=", self.monday)]
            )
            if weekend:  # Friday's stores are visited on the weekend's duty
                friday = self.monday + timedelta(days=4)
                plan.visit_ids.filtered(
                    lambda visit, day=friday: visit.date_planned == day
                ).date_planned = self.today
            plan.with_user(user).action_submit()
            plan.with_user(self.ref("user_supervisor_demo")).action_approve()
            self.work_week(plan)

    def work_week(self, plan):
        user = plan.user_id
        todo = plan.visit_ids.sorted(lambda v: (v.date_planned, v.day_order, v.id))
        past = todo.filtered(lambda visit: visit.date_planned < self.today)
        now = todo.filtered(lambda visit: visit.date_planned == self.today)
        left_out = past[-2:]
        done = (past - left_out) | now[:3]
        for day, visits in done.grouped("date_planned").items():
            ordered = visits[:1]
            if day < self.today:
                ordered = visits[::ORDER_EVERY]
                self.record_day(visits - ordered)
            for visit in ordered if day < self.today else visits:
                self.visit(visit.with_user(user), with_order=visit in ordered)
        if left_out:
            reason = self.ref("sales_reason_contact_absent")
            left_out[0].with_user(user)._do_with_reason("skip", reason, False)
        if len(now) > 3 and user == self.ref("user_rep_demo"):
            visit = now[3].with_user(user)
            visit.action_start()
            for line in visit.line_ids[:3]:
                self.enter(line)

    def visit(self, visit, with_order=False):
        visit.action_start()
        for line in visit.line_ids:
            self.enter(line)
        visit.write(self.make_notes())
        if with_order and any(visit.line_ids.mapped("order_quantity")):
            visit.action_order()
            if self.rand.random() < 0.6:
                # sudo: the office confirms
                visit.order_ids.sudo().action_confirm()
        visit.action_done()
        if visit.date_planned < self.today:
            start = self.get_start(visit)
        else:
            start = datetime.now().replace(microsecond=0) - timedelta(
                minutes=45 * (5 - visit.day_order)
            )
        # sudo: the clock of the past days is closed to everybody
        visit.sudo().write(self.make_presence(start))

    def record_day(self, visits):
        """Visits of a past day of this week, without the steps of each."""
        for visit in visits:
            # sudo: history is created closed
            visit.sudo().write(
                {
                    "state": "done",
                    "visitor_id": visit.user_id.id,
                    **self.make_presence(self.get_start(visit)),
                    **self.make_notes(),
                }
            )
        self.record(visits.sudo())  # sudo: the story writes closed fields

    def get_start(self, visit):
        start = self.moment(visit.date_planned, 8, 30)
        return start + timedelta(minutes=50 * visit.day_order)

    def enter(self, line):
        values, _facts = self.count(
            line.visit_id.store_id, line.product_id, line.visit_id.date_planned
        )
        line.write(values)

    def plan_next_week(self):
        """Next week: one plan handed in, one a draft; a change with its reason."""
        users = self.ref("user_rep_demo") | self.ref("user_rep2_demo")
        plans = self.env["field.sales.plan"]
        plans._generate(users, self.monday + timedelta(days=7), self.company)
        plan = plans.search(
            [
                ("user_id", "=", self.ref("user_rep2_demo").id),
                ("date_start", "=", self.monday + timedelta(days=7)),
            ]
        )
        plan.with_user(plan.user_id).action_submit()
        late = self.env["field.sales.visit"].search(
            [
                ("user_id", "=", self.ref("user_rep2_demo").id),
                ("date_planned", "=", self.today),
                ("state", "=", "planned"),
            ],
            order="day_order desc",
            limit=1,
        )
        if late and self.today.weekday() < 6:
            late.with_user(late.user_id)._do_move(
                self.today + timedelta(days=1),
                self.ref("sales_reason_move_store"),
                "The section head is in training today",
            )
