from datetime import date, timedelta
from io import BytesIO
from random import Random

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_assistant.tests.common import PIXEL, AssistantCommon


class PropertyCommon(AssistantCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lost = cls.env.ref("sales_assistant.sales_reason_property_lost")
        cls.mistake = cls.env.ref("sales_assistant.sales_reason_property_mistake")

    def _prepare_property(self, **values):
        return {
            "subject": "Press tool for 6204",
            "kind": "tooling",
            "reference": "RC-T-017",
            "partner_id": self.customer.id,
            "user_id": self.salesperson.id,
            "assistant_id": self.assistant.id,
            "team_id": self.team.id,
            **values,
        }

    def _create_property(self, user=None, **values):
        return (
            self.env["sales.assistant.customer.property"]
            .with_user(user or self.assistant)
            .create(self._prepare_property(**values))
        )

    def _handle(self, one, verb, user=None, **values):
        """Take a step through its window, as a person does."""
        self.env.flush_all()
        wizard = (
            self.env["sales.assistant.property.handle"]
            .with_user(user or self.assistant)
            .create({"property_id": one.id, "verb": verb, **values})
        )
        return wizard.action_apply()

    def _receive(self, quantity=1, day=None, **values):
        one = self._create_property(**values)
        self._handle(
            one,
            "receive",
            quantity=quantity,
            date=day or self.today,
            place="Tool room, shelf 3",
        )
        return one

    def _day(self, days):
        return self.today + timedelta(days=days)

    def _create_count(self, *owned, user=None, day=None, **values):
        """A sheet of all that the customer has, counted as the books say."""
        count = (
            self.env["sales.assistant.property.count"]
            .with_user(user or self.assistant)
            .create(
                {
                    "partner_id": self.customer.id,
                    "user_id": self.salesperson.id,
                    "assistant_id": self.assistant.id,
                    "team_id": self.team.id,
                    "date_count": day or self.today,
                    **values,
                }
            )
        )
        count.action_fill()
        for line in count.line_ids:
            line.write({"counted_quantity": line.booked_quantity, "is_counted": True})
        return count

    def _get_ledger(self, owned, span, **domain):
        self.env.flush_all()
        return self.env["sales.assistant.property.ledger"].search(
            [("property_id", "in", owned.ids), ("span", "=", span)], order="date_from"
        )


@tagged("post_install", "-at_install")
class TestCustomerProperty(PropertyCommon):
    """SA-17c: customer property 客户财产 (S4): received, kept, returned, counted."""

    def test_received_kept_returned(self):
        """SA-17c: what came, where it lies, what went: each a row of the ledger."""
        one = self._create_property()
        self.assertFalse(one.quantity_held)
        self._handle(one, "receive", quantity=5, date=self._day(-20), place="Shelf 3")
        self.assertEqual(
            (one.state, one.quantity_held, one.place, one.condition, one.keeper_id),
            ("held", 5, "Shelf 3", "good", self.assistant),
        )
        self._handle(
            one,
            "relocate",
            date=self._day(-10),
            place="Press shop",
            keeper_id=self.technician.id,
            condition="worn",
        )
        self.assertEqual((one.place, one.condition), ("Press shop", "worn"))
        self._handle(one, "return", quantity=2, date=self._day(-5))
        self.assertEqual((one.state, one.quantity_held), ("held", 3))
        self._handle(
            one,
            "write_off",
            quantity=1,
            date=self._day(-3),
            reason_id=self.lost.id,
            date_told=self._day(-3),
        )
        self._handle(one, "return", quantity=2, date=self.today)
        self.assertEqual((one.state, one.quantity_held), ("closed", 0))
        one.invalidate_recordset()  # as the next one reads it, newest first
        self.assertEqual(
            [(move.kind, move.quantity) for move in one.move_ids],
            [
                ("return", -2),
                ("write_off", -1),
                ("return", -2),
                ("relocate", 0),
                ("receive", 5),
            ],
        )
        self.assertEqual(
            (one.quantity_received, one.quantity_returned, one.quantity_written_off),
            (5, 4, 1),
        )
        self._handle(one, "receive", quantity=1, date=self.today, place="Shelf 3")
        self.assertEqual((one.state, one.quantity_held), ("held", 1), "it comes again")

    def test_guards(self):
        """SA-17c: wrong state, wrong number, wrong day; nothing half-written (F-14)."""
        one = self._create_property()
        for verb in ("relocate", "return", "write_off"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                self._handle(one, verb, quantity=1, date=self.today)
        wrong = (
            ("receive", {"quantity": 0}),
            ("receive", {"quantity": -1}),
            ("receive", {"quantity": 1, "date": self._day(1)}),
            ("receive", {"quantity": 1, "date": False}),
        )
        for verb, values in wrong:
            with self.subTest(verb=verb, values=values), self.assertRaises(UserError):
                self._handle(one, verb, **{"date": self.today, **values})
        self._handle(one, "receive", quantity=3, date=self._day(-4), place="Shelf 3")
        told = {"reason_id": self.lost.id, "date_told": self.today}
        wrong = (
            ("return", {"quantity": 4}),
            ("return", {"quantity": 1, "date": self._day(-5)}),
            ("write_off", {"quantity": 1, **told, "date_told": False}),
            ("write_off", {"quantity": 1, **told, "date_told": self._day(1)}),
            ("write_off", {"quantity": 1, **told, "reason_id": self.mistake.id}),
            ("write_off", {"quantity": 4, **told}),
        )
        for verb, values in wrong:
            with self.subTest(verb=verb, values=values), self.assertRaises(UserError):
                self._handle(one, verb, **{"date": self.today, **values})
        self.assertEqual((one.quantity_held, len(one.move_ids)), (3, 1))
        with self.assertRaises(UserError):
            one.action_cancel()
        with self.assertRaises(UserError):
            one.unlink()
        for name in ("partner_id", "uom_id"):
            other = self.env[one._fields[name].comodel_name].search(
                [("id", "!=", one[name].id)], limit=1
            )
            with self.subTest(field=name), self.assertRaises(UserError):
                one[name] = other
        one.subject = "Press tool, second cavity"  # a word may be mended

    def test_backdated_return_leaves_something(self):
        """F-13: nothing went on a day on which it was not there, nor later."""
        one = self._receive(5, self._day(-20))
        self._handle(one, "return", quantity=4, date=self._day(-5))
        with self.assertRaises(UserError):
            self._handle(one, "return", quantity=2, date=self._day(-10))
        self._handle(one, "return", quantity=1, date=self._day(-10))
        self.assertEqual(one.state, "closed")

    def test_closed_fields(self):
        """SA-17c: place, condition and state are written by steps only; the ledger is
        never changed, not by its keeper, not by the manager."""
        one = self._receive(2)
        for values in (
            {"state": "closed"},
            {"place": "Elsewhere"},
            {"condition": "new"},
            {"keeper_id": self.colleague.id},
            {"date_counted": self.today},
            {"move_ids": [(5,)]},
        ):
            for user in (self.assistant, self.desk_manager):
                with self.subTest(values=values), self.assertRaises(AccessError):
                    one.with_user(user).write(values)
        move = one.move_ids
        with self.assertRaises(UserError):
            move.with_user(self.desk_manager).quantity = 3
        with self.assertRaises(UserError):
            move.with_user(self.desk_manager).copy({"quantity": 3})
        for change in (lambda: move.sudo().write({"quantity": 3}), move.sudo().unlink):
            with self.assertRaises(UserError):
                change()
        self.assertFalse(one.copy().move_ids, "a copy has its own ledger")

    def test_people(self):
        """F-11: own, stand-in, team, all, who keeps it; nobody of another company."""
        one = self._receive(1)
        table = {
            self.salesperson: True,
            self.assistant: True,
            self.standin: True,
            self.colleague: False,
            self.lead: True,
            self.desk_manager: True,
        }
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_persona(
            "t_stranger",
            "sales_assistant.group_sales_assistant_manager",
            company_id=company.id,
        )
        count = self._create_count()
        table[stranger] = False
        ledger = self._get_ledger(one, "month")
        for records in (one, one.move_ids, ledger, count, count.line_ids):
            for user, sees in table.items():
                model = self.env[records._name].with_user(user)
                found = model.search([("id", "in", records.ids)])
                with self.subTest(user=user.login, model=records._name):
                    self.assertEqual(bool(found), sees)
        for user in (self.colleague, stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._handle(one, "return", user=user, quantity=1, date=self.today)
        self._handle(one, "relocate", date=self.today, keeper_id=self.colleague.id)
        self._handle(one, "return", user=self.colleague, quantity=1, date=self.today)
        self.assertEqual(one.state, "closed", "whoever keeps it gives it back")

    # ------------------------------------------------------------------- ledger

    @freeze_time("2026-08-19 04:00:00")
    def test_ledger_of_months_and_quarters(self):
        """F-13, SA-17c: opening + received − returned − written off + found = closing,
        per month and quarter, on figures worked out by hand."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        one = self._receive(10, date(2026, 4, 30))
        self._handle(one, "receive", quantity=5, date=date(2026, 5, 1))
        self._handle(one, "return", quantity=4, date=date(2026, 5, 31))
        self._handle(
            one,
            "write_off",
            quantity=1,
            date=date(2026, 7, 15),
            reason_id=self.lost.id,
            date_told=date(2026, 7, 15),
        )
        self._handle(one, "return", quantity=10, date=date(2026, 8, 1))
        self.assertEqual(
            [
                (
                    row.date_from.month,
                    row.opening,
                    row.received,
                    row.returned,
                    row.written_off,
                    row.closing,
                )
                for row in self._get_ledger(one, "month")
            ],
            [
                (4, 0, 10, 0, 0, 10),
                (5, 10, 5, 4, 0, 11),
                (6, 11, 0, 0, 0, 11),
                (7, 11, 0, 0, 1, 10),
                (8, 10, 0, 10, 0, 0),
            ],
        )
        self.assertEqual(
            [
                (
                    str(row.date_from),
                    str(row.date_to),
                    row.opening,
                    row.received,
                    row.returned,
                    row.written_off,
                    row.closing,
                )
                for row in self._get_ledger(one, "quarter")
            ],
            [
                ("2026-04-01", "2026-06-30", 0, 15, 4, 0, 11),
                ("2026-07-01", "2026-09-30", 11, 0, 10, 1, 0),
            ],
        )

    def test_any_history_balances(self):
        """F-13: 60 made-up histories: what a naive list of movements says, ledger and
        property say, too; nothing is lost between two periods."""
        random = Random(17)
        owned = self.env["sales.assistant.customer.property"].create(
            [self._prepare_property(subject=f"Tool {n}") for n in range(12)]
        )
        history = {one: [] for one in owned}
        for _step in range(60):
            one = random.choice(owned)
            day = self._day(-random.randrange(200))
            amount = random.randrange(1, 9)
            verb = random.choice(("receive", "receive", "return", "write_off"))
            told = {"date_told": day, "reason_id": self.lost.id}
            values = told if verb == "write_off" else {"place": "Shelf"}
            try:
                with self.env.cr.savepoint():
                    self._handle(one, verb, quantity=amount, date=day, **values)
            except UserError:
                continue
            history[one].append((day, amount if verb == "receive" else -amount))
        self.assertTrue(sum(len(rows) for rows in history.values()) > 20)
        for one, rows in history.items():
            total = sum(amount for _day, amount in rows)
            self.assertEqual(one.quantity_held, total)
            self.assertEqual(
                one.quantity_received
                - one.quantity_returned
                - one.quantity_written_off,
                total,
            )
            for span in ("month", "quarter"):
                before = 0
                for row in self._get_ledger(one, span):
                    self.assertEqual(row.opening, before)
                    self.assertEqual(
                        row.opening + row.received - row.returned - row.written_off,
                        row.closing,
                    )
                    self.assertEqual(
                        row.closing,
                        sum(amount for day, amount in rows if day <= row.date_to),
                    )
                    self.assertGreaterEqual(row.closing, 0)
                    before = row.closing
                self.assertEqual(before, total)

    def test_sheet_of_the_ledger(self):
        """SA-17c, F-09: the ledger as XLSX."""
        one = self._receive(7)
        stream = BytesIO()
        self.env["sales.assistant.property.ledger"].with_user(
            self.assistant
        )._write_sheet(stream, [("property_id", "=", one.id), ("span", "=", "month")])
        rows = list(load_workbook(stream).active.values)
        self.assertIn("Press tool for 6204", rows[-1])
        self.assertEqual([cell for cell in rows[-1] if cell == 7], [7, 7])

    # ------------------------------------------------------------- board, parts

    def test_board(self):
        """SA-01, SA-17c: what is to be returned, which counts wait for whom."""
        one = self._receive(1, date_return_due=self._day(7))
        later = self._receive(1, date_return_due=self._day(8))
        count = self._create_count()

        def get_ids(user, key):
            self.env.flush_all()
            board = self.env["sales.assistant.board"].with_user(user)
            lane = next(
                lane for lane in board.get_board()["lanes"] if lane["key"] == key
            )
            found = self.env[lane["model"]].with_user(user).search(lane["domain"])
            self.assertEqual(lane["count"], len(found))
            return found.ids

        for user in (self.assistant, self.salesperson, self.standin, self.lead):
            with self.subTest(user=user.login):
                ids = get_ids(user, "property_due")
                self.assertIn(one.id, ids)
                self.assertNotIn(later.id, ids)
                self.assertIn(count.id, get_ids(user, "property_counts"))
        self.assertNotIn(one.id, get_ids(self.colleague, "property_due"))
        count.action_count()
        count._do_send()
        self.assertNotIn(count.id, get_ids(self.assistant, "property_counts"))
        count._write_guarded({"date_sent": self._day(-10)})
        self.assertIn(count.id, get_ids(self.assistant, "property_counts"))

    def test_switched_off(self):
        """F-06: without the part there is no lane, no menu, no sheet by itself."""
        self._receive(1)
        menu = self.env.ref("sales_assistant.sales_assistant_customer_property_menu")
        self.env["res.config.settings"].create(
            {"group_sales_assistant_property": False}
        ).execute()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        board = self.env["sales.assistant.board"].with_user(self.assistant)
        keys = [lane["key"] for lane in board.get_board()["lanes"]]
        self.assertFalse([key for key in keys if key.startswith("property_")])
        visible = self.env["ir.ui.menu"].with_user(self.assistant)._visible_menu_ids()
        self.assertNotIn(menu.id, visible)
        counts = self.env["sales.assistant.property.count"]
        before = counts.search_count([])
        counts._cron_prepare_counts()
        self.assertEqual(counts.search_count([]), before)

    def test_queries(self):
        """F-13: sheets for many customers cost as those for few."""

        def prepare(count):
            customers = self.env["res.partner"].create(
                [{"name": f"Customer {n}"} for n in range(count)]
            )
            owned = self.env["sales.assistant.customer.property"].create(
                [
                    self._prepare_property(partner_id=customer.id)
                    for customer in customers
                ]
            )
            for one in owned:
                one._do_receive(2, self.today, place="Shelf")
            return customers

        counts = self.env["sales.assistant.property.count"]
        self.assertQueryGrowth(
            lambda customers: counts._create_counts(
                customers, self.company, self.today
            ),
            prepare,
        )


@tagged("post_install", "-at_install")
class TestPropertyCount(PropertyCommon, HttpCase):
    """SA-17c: the count is agreed with the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        person = cls.env["res.partner"].create(
            {"name": "Anna Rossi", "parent_id": cls.customer.id}
        )
        cls.buyer = cls._create_portal_persona("t_buyer", person)
        cls.other_buyer = cls._create_portal_persona(
            "t_other_buyer", cls._create_customer("Other Works")
        )

    def _send(self, count):
        count.action_count()
        count.action_send()
        self.env.flush_all()

    def test_counted_sent_signed(self):
        """SA-17c: each step in its state, with what it needs; differences explained;
        the ledger takes them over when the customer has signed, not before."""
        one = self._receive(10, self._day(-5))
        other = self._receive(4, self._day(-5), subject="Pallets", kind="packaging")
        count = self._create_count()
        self.assertEqual(count.line_ids.property_id, one | other)
        line = count.line_ids.filtered(lambda row: row.property_id == one)
        line.is_counted = False
        with self.assertRaises(UserError):
            count.action_count()
        line.write({"is_counted": True, "counted_quantity": 8, "condition": "worn"})
        with self.assertRaises(UserError):
            count.action_count()  # nobody says why
        line.note = "Two were lent to the paint shop and did not come back."
        count.action_count()
        self.assertEqual((count.state, count.difference_count), ("counted", 1))
        with self.assertRaises(UserError):
            line.counted_quantity = 10
        with self.assertRaises(UserError):
            self._handle(one, "return", quantity=1, date=self._day(-1))
        count.action_send()
        with self.assertRaises(UserError):
            count.action_agree()  # where is his signature?
        count.write({"signed_copy": PIXEL, "signed_copy_name": "signed.pdf"})
        self.assertEqual(one.quantity_held, 10)
        count.action_agree()
        self.assertEqual(
            (count.state, one.quantity_held, one.condition, one.date_counted),
            ("agreed", 8, "worn", self.today),
        )
        self.assertEqual(other.move_ids[0].quantity, 0)
        row = self._get_ledger(one, "quarter")[-1]
        self.assertEqual((row.corrected, row.closing), (-2, 8))
        for verb in ("count", "send", "agree", "recount", "cancel"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(count, f"action_{verb}")()
        with self.assertRaises(UserError):
            self._handle(one, "receive", quantity=1, date=self.today)  # a closed day

    def test_ledger_moved_meanwhile(self):
        """SA-17c: a sheet that the ledger has overtaken is filled again; what still
        holds stays counted."""
        one = self._receive(10, self._day(-5))
        other = self._receive(4, self._day(-5), subject="Pallets")
        count = self._create_count()
        self._handle(one, "return", quantity=3, date=self._day(-1))
        with self.assertRaises(UserError):
            count.action_count()
        count.action_fill()
        lines = {row.property_id: row for row in count.line_ids}
        self.assertEqual(
            (lines[one].booked_quantity, lines[one].is_counted), (7, False)
        )
        self.assertTrue(lines[other].is_counted)
        self._handle(other, "return", quantity=4, date=self._day(-1))
        count.action_fill()
        self.assertEqual(count.line_ids.property_id, one)

    def test_not_before_its_day(self):
        """SA-17c: nobody counts for a day that has not come."""
        self._receive(1)
        count = self._create_count(day=self._day(1))
        with self.assertRaises(UserError):
            count.action_count()

    def test_prepared_once(self):
        """F-15: shortly before the quarter ends there is a sheet for each owner, and no
        second one when the job runs again."""
        self._receive(1)
        counts = self.env["sales.assistant.property.count"]
        mine = [("commercial_partner_id", "=", self.customer.id)]
        for day, found in (
            ("2031-09-22", 0),
            ("2031-09-23", 1),
            ("2031-09-30", 1),
            ("2031-12-24", 2),
        ):
            with freeze_time(f"{day} 08:00:00"):
                counts._cron_prepare_counts()
            with self.subTest(day=day):
                self.assertEqual(counts.search_count(mine), found)
        last = counts.search(mine, limit=1)
        self.assertEqual(last.date_count, date(2031, 12, 31))
        self.assertTrue(last.line_ids)
        self.assertEqual(last.assistant_id, self.assistant)
        self.company.sales_property_count_period = "none"
        with freeze_time("2032-03-30 08:00:00"):
            counts._cron_prepare_counts()
        self.assertEqual(counts.search_count(mine), 2)

    def test_by_hand(self):
        """SA-17c: from the list: a sheet for each owner, the same when asked twice."""
        one = self._receive(1)
        other = self._receive(1, partner_id=self._create_customer("Nord AG").id)
        action = (one | other).action_create_count()
        counts = self.env["sales.assistant.property.count"].search(action["domain"])
        self.assertEqual(len(counts), 2)
        again = (one | other).action_create_count()
        self.assertEqual(again["domain"], action["domain"])

    def test_papers(self):
        """SA-17c: the sheet as XLSX and as PDF, in the customer's language."""
        self._receive(3)
        count = self._create_count()
        stream = BytesIO()
        count.line_ids._write_sheet(stream, [("count_id", "=", count.id)])
        cells = [cell for row in load_workbook(stream).active.values for cell in row]
        for text in (count.name, "Press tool for 6204", "RC-T-017"):
            self.assertIn(text, cells)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "sales_assistant.report_property_count", count.ids
        )[0]
        self.assertIn(b"RC-T-017", html)

    # ------------------------------------------------------------------- portal

    def test_portal_guards(self):
        """F-11, F-14: a customer sees his own sheets once they were sent, writes
        nothing, answers once."""
        one = self._receive(3)
        count = self._create_count()
        counts = self.env["sales.assistant.property.count"]
        self.assertFalse(counts.with_user(self.buyer).search([]))
        self._send(count)
        self.assertEqual(counts.with_user(self.buyer).search([]), count)
        self.assertFalse(counts.with_user(self.other_buyer).search([]))
        mine = count.with_user(self.buyer)
        for model in ("customer.property", "property.move", "property.count.line"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[f"sales.assistant.{model}"].with_user(self.buyer).search([])
        for call in (
            lambda: mine.write({"note": "x"}),
            lambda: mine.action_agree(),
            lambda: mine.action_recount(),
            lambda: count.with_user(self.other_buyer)._portal_answer("confirm", ""),
            lambda: count.with_user(self.assistant)._portal_answer("confirm", ""),
        ):
            with self.assertRaises(UserError):
                call()
        with self.assertRaises(UserError):
            mine._portal_answer("dispute", "")
        mine._portal_answer("dispute", "We have sent four.")
        self.assertEqual(
            (count.state, count.agreed_name, count.customer_note),
            ("disputed", self.buyer.partner_id.name, "We have sent four."),
        )
        with self.assertRaises(UserError):
            mine._portal_answer("confirm", "")
        count.action_recount()
        self.assertFalse(counts.with_user(self.buyer).search([]))
        count.line_ids.write({"counted_quantity": 4, "note": "Found in the drawer."})
        self._send(count)
        mine._portal_answer("confirm", "")
        self.assertEqual((count.state, one.quantity_held), ("agreed", 4))

    def test_portal_pages(self):
        """SA-17c: list, sheet, PDF, XLSX and answer over HTTP; a foreign sheet looks
        like none; the part switched off, no page is left."""
        self._receive(3)
        count = self._create_count()
        self._send(count)
        url = f"/my/property-counts/{count.id}"
        self.authenticate("t_other_buyer", "t_other_buyer")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("t_buyer", "t_buyer")
        self.assertIn(count.name, self.url_open("/my/property-counts").text)
        page = self.url_open(url)
        self.assertIn("RC-T-017", page.text)
        for kind, start in (("xlsx", b"PK"), ("pdf", b"")):
            with self.subTest(kind=kind):
                answer = self.url_open(f"{url}/{kind}")
                self.assertEqual(answer.status_code, 200)
                self.assertTrue(answer.content.startswith(start))
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self.url_open(f"{url}/agree", data={"csrf_token": token})
        self.assertEqual(answer.json(), {"redirect": url})
        self.assertEqual(count.state, "agreed")
        self.env["res.config.settings"].create(
            {"group_sales_assistant_property": False}
        ).execute()
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self.url_open("/my/property-counts").status_code, 404)
