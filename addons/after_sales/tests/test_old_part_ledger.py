import io
import random
from collections import Counter
from datetime import timedelta

import openpyxl
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .old_part_common import OldPartCommon

STEPS = {
    "at_station": ("ship", "keep", "write_off"),
    "in_transit": ("arrive", "arrive", "arrive", "miss"),
    "received": ("forward", "keep", "write_off"),
    "forwarded": ("write_off",),
    "kept": ("write_off",),
    "written_off": (),
}
TARGETS = {
    "ship": "in_transit",
    "keep": "kept",
    "write_off": "written_off",
    "arrive": "received",
    "miss": "at_station",
    "forward": "forwarded",
}


@tagged("post_install", "-at_install")
class TestOldPartLedger(OldPartCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["after.sales.old.part.ledger"]
        cls.start = cls.today.replace(day=1) - timedelta(days=150)
        cls.hose = cls.env["product.product"].create(
            {"name": "Hose", "is_spare_part": True, "standard_price": 200}
        )
        cls.products = cls.pump | cls.filter | cls.hose
        (cls.filter | cls.hose).standard_price = 200
        cls.policies = cls.policy | cls.policy.create(
            [
                {"product_id": product.id, "disposal": "return", "return_days": days}
                for product, days in ((cls.filter, 20), (cls.hose, 60))
            ]
        )

    def _get_rows(self):
        self.env.flush_all()
        return self.ledger.search(
            [("station_id", "in", (self.station | self.station_2).ids)]
        )

    def _walk(self, seed):
        """A random history of three products over five months, and what happened in it,
        written down by hand: {(station, product, month, place, in or out): quantity}
        and the last place of each part."""
        dice = random.Random(seed)
        for policy in self.policies:
            policy.is_tagged_singly = dice.random() < 0.5
        book, places = Counter(), {}
        parts = []
        for n in range(dice.randint(4, 7)):
            station = dice.choice((self.station, self.station_2))
            product = self.products[n % len(self.products)]
            day = self.start + timedelta(days=dice.randint(0, 30))
            with freeze_time(fields.Datetime.to_datetime(day) + timedelta(hours=4)):
                made = self._create_part(
                    quantity=dice.randint(1, 3),
                    station=station,
                    product=product,
                    date_repair=self.start - timedelta(days=5),
                )
            for part in made:
                parts.append([part, day])
                key = (station.id, product.id, day.replace(day=1), "at_station")
                book[(*key, "in")] += part.quantity
                places[part] = "at_station"
        for part, day in parts:
            for _n in range(dice.randint(0, 6)):
                verbs = STEPS[places[part]]
                if not verbs:
                    break
                target = TARGETS[dice.choice(verbs)]
                day += timedelta(days=dice.randint(0, 35))
                if day > self.today:
                    break
                with freeze_time(fields.Datetime.to_datetime(day) + timedelta(hours=4)):
                    part._move(target)
                key = (part.station_id.id, part.product_id.id, day.replace(day=1))
                book[(*key, places[part], "out")] += part.quantity
                book[(*key, target, "in")] += part.quantity
                places[part] = target
        return book, places

    def test_balances_over_random_histories(self):
        """AS-10: per station, part and month: opening + in − out = closing for every
        row; a month opens as the one before closed; in and out are those written down,
        product by product, and nothing written down is missing; what is left is where
        the parts are; over all places it is what was tagged."""
        for seed in range(12):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                book, places = self._walk(seed)
                self._check(book, places)
                savepoint.rollback()
                self.env.invalidate_all()

    def _check(self, book, places):
        rows = self._get_rows()
        chains = {}
        for row in rows:
            self.assertAlmostEqual(
                row.opening + row.quantity_in - row.quantity_out, row.closing
            )
            self.assertGreaterEqual(row.closing, 0)
            key = (row.station_id.id, row.product_id.id, row.month, row.place)
            self.assertAlmostEqual(row.quantity_in, book[(*key, "in")])
            self.assertAlmostEqual(row.quantity_out, book[(*key, "out")])
            chain = (row.station_id.id, row.product_id.id, row.place)
            chains.setdefault(chain, []).append(row)
        told = {
            (row.station_id.id, row.product_id.id, row.month, row.place) for row in rows
        }
        self.assertLessEqual({key[:-1] for key in book}, told)
        self.assertEqual(rows.product_id, self.products)
        for chain in chains.values():
            chain.sort(key=lambda row: row.month)
            self.assertEqual(chain[0].opening, 0)
            for before, after in zip(chain[:-1], chain[1:], strict=True):
                self.assertAlmostEqual(before.closing, after.opening)
                next_month = (before.month + timedelta(days=31)).replace(day=1)
                self.assertEqual(after.month, next_month)
        left = Counter()
        for part, place in places.items():
            left[part.station_id.id, part.product_id.id, place] += part.quantity
        for key, chain in chains.items():
            self.assertAlmostEqual(chain[-1].closing, left[key])
        self.assertAlmostEqual(
            sum(chain[-1].closing for chain in chains.values()),
            sum(part.quantity for part in places),
        )
        self.assertFalse(
            self.env["after.sales.old.part"]._find_breaks(
                self.company, [part.id for part in places]
            )
        )

    def test_sheet(self):
        """AS-10, F-09: the ledger as XLSX."""
        self._create_part()
        self.env.flush_all()
        stream = io.BytesIO()
        ledger = self.ledger.with_user(self.clerk)
        ledger._write_sheet(stream, [("station_id", "=", self.station.id)])
        page = openpyxl.load_workbook(stream).active
        cells = [[cell.value for cell in row] for row in page.iter_rows()]
        row = next(row for row in cells if "TS1" in row)
        self.assertEqual(row[-4:], [0, 1, 0, 1])
