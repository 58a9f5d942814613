import base64
import threading
from datetime import date
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from .common import png

#: long before any other claim, so that the run takes the claim of the test only
MONTH_LAST = date(2001, 1, 31)
GROUP = "base.group_user,after_sales.group_after_sales_"


@tagged("post_install", "-at_install", "-standard", "concurrency")
class TestTwoAtOnce(BaseCase):
    """Two people take the same step at the same moment, each in a transaction of his
    own and as a request would, with real cursors and committed rows (F-12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # The server holds the registry's lock while tests run; the threads need it.
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.startClassPatcher(
            patch("odoo.service.model.random.uniform", return_value=0.05)
        )
        cls.made = []
        cls.addClassCleanup(cls._clean)
        with cls.registry.cursor() as cr:
            cls._set_up_world(api.Environment(cr, SUPERUSER_ID, {}))

    @classmethod
    def _keep(cls, records):
        """Remember ``records`` for the cleaning."""
        cls.made.append((records._table, records.ids))
        return records

    @classmethod
    def _set_up_world(cls, env):
        env = env(context={"no_reset_password": True, "tracking_disable": True})
        cls.user_ids = {
            role: cls._create_users(env, role) for role in ("auditor", "clerk")
        }
        partner = cls._keep(env["res.partner"].create({"name": "Garage at Once"}))
        station = env["after.sales.station"].create(
            {"code": "AT-ONCE", "partner_id": partner.id, "labor_rate": 100}
        )
        product = env["product.product"].create(
            {"name": "Truck at Once", "is_storable": True, "tracking": "serial"}
        )
        cls._keep(product.product_tmpl_id)
        cls._keep(product)
        cls._keep(station)
        fault = env["after.sales.fault"].create({"code": "AT-ONCE", "name": "Leak"})
        cls._keep(fault)
        lot = env["stock.lot"].create(
            {
                "name": "AT-ONCE-1",
                "product_id": product.id,
                "date_sold": date(2000, 12, 1),
            }
        )
        cls._keep(lot)
        values = {
            "station_id": station.id,
            "lot_id": lot.id,
            "fault_id": fault.id,
            "date_repair": date(2001, 1, 5),
            "line_ids": [
                Command.create({"line_type": "other", "name": "x", "price_unit": 80})
            ],
        }
        claims = cls._keep(env["after.sales.claim"].create([values, dict(values)]))
        claims.action_submit()
        claims[1].action_approve()
        claims[1].date_approved = MONTH_LAST
        drafts = [dict(values, date_repair=date(2001, 1, day)) for day in (20, 21)]
        cls.draft_ids = cls._keep(env["after.sales.claim"].create(drafts)).ids
        hose = {"line_type": "purchase", "name": "Hose", "price_unit": 9}
        purchase = cls._keep(
            env["after.sales.claim"].create(
                {
                    **values,
                    "kind": "purchase",
                    "purchase_reason": "The unit blocks a road",
                    "line_ids": [Command.create(hose)],
                }
            )
        )
        cls.purchase_id = purchase.id
        charge = env["after.sales.charge"].create(
            {
                "station_id": station.id,
                "kind": "deduction",
                "value": 5,
                "date": MONTH_LAST,
                "reason_id": env.ref("after_sales.reason_charge_1").id,
            }
        )
        cls._keep(charge).action_open()
        cls.charge_id = charge.id
        cls.waiting_id, cls.approved_id = claims.ids
        cls.station_id = station.id
        cls._set_up_supplier(env, partner, claims[1])
        cls._set_up_shipment(env, values)
        cls._set_up_repair(env, station, lot)

    @classmethod
    def _set_up_repair(cls, env, station, lot):
        """An estimate that waits for the customer's signature."""
        line = {"line_type": "other", "name": "Wash", "price_unit": 30}
        repair = env["after.sales.repair"].create(
            {
                "station_id": station.id,
                "lot_id": lot.id,
                "customer_name": "Mrs Li",
                "inspection": "Dirty",
                "line_ids": [Command.create(line)],
            }
        )
        cls._keep(repair)
        cls._keep(repair.line_ids)
        repair.action_receive()
        repair.action_estimate()
        cls.repair_id = repair.id

    @classmethod
    def _set_up_supplier(cls, env, partner, claim):
        """It was decided that a supplier bears the approved claim."""
        supplier = env["after.sales.supplier"].create({"partner_id": partner.id})
        responsibility = env["after.sales.responsibility"].create(
            {
                "claim_id": claim.id,
                "supplier_id": supplier.id,
                "cost_part": 80,
                "state": "decided",
                "date_decided": MONTH_LAST,
            }
        )
        cls._keep(supplier)
        cls._keep(responsibility)
        cls.supplier_id = supplier.id

    @classmethod
    def _set_up_shipment(cls, env, values):
        """Another station was asked to ship two urgent parts."""
        pump = env["product.product"].create(
            {"name": "Pump at Once", "is_spare_part": True, "standard_price": 10}
        )
        cls._keep(pump.product_tmpl_id)
        cls._keep(pump)
        partner = cls._keep(env["res.partner"].create({"name": "Shipper at Once"}))
        shipper = cls._keep(
            env["after.sales.station"].create(
                {"code": "AT-ONCE-2", "partner_id": partner.id}
            )
        )
        request = {"product_id": pump.id, "quantity": 2}
        claim = cls._keep(
            env["after.sales.claim"].create(
                {
                    **values,
                    "kind": "part_transfer",
                    "line_ids": False,
                    "request_ids": [Command.create(request)],
                }
            )
        )
        claim.action_submit()
        claim.action_approve()
        transfer = cls._keep(claim._make_transfer())
        transfer.write({"way": "station", "from_station_id": shipper.id})
        transfer.action_order()
        cls.transfer_id = transfer.id

    @classmethod
    def _create_users(cls, env, role):
        users = env["res.users"]
        for number in (1, 2):
            users += new_test_user(
                env, f"t_{role}_at_once_{number}", groups=GROUP + role
            )
        cls._keep(users.partner_id)
        cls._keep(users)
        return users.ids

    @classmethod
    def _clean(cls):
        """By SQL, in the opposite order: what is decided is not deleted otherwise."""
        with cls.registry.cursor() as cr:
            cr.execute(
                "UPDATE after_sales_claim SET settlement_id = NULL WHERE id = ANY(%s)",
                [[cls.waiting_id, cls.approved_id]],
            )
            cr.execute(
                "UPDATE after_sales_charge SET settlement_id = NULL WHERE id = %s",
                [cls.charge_id],
            )
            cr.execute(
                "DELETE FROM after_sales_settlement WHERE station_id = %s",
                [cls.station_id],
            )
            for table in ("recovery_line", "responsibility", "recovery"):
                cr.execute(
                    f"DELETE FROM after_sales_{table} WHERE supplier_id = %s",
                    [cls.supplier_id],
                )
            cr.execute(
                "DELETE FROM sales_run WHERE user_id = ANY(%s)",
                [cls.user_ids["clerk"]],
            )
            for table, ids in reversed(cls.made):
                cr.execute(f'DELETE FROM "{table}" WHERE id = ANY(%s)', [ids])

    def _at_once(self, user_ids, work):
        """Do ``work`` as each user, in threads that start together.

        :param work: function of an environment
        :returns: errors of those who were refused
        """
        start = threading.Barrier(len(user_ids))
        refused, unexpected = [], []

        def request(uid):
            try:
                with self.registry.cursor() as cr:
                    env = api.Environment(cr, uid, {})
                    _login = env.user.login  # the snapshot is taken before the start
                    start.wait(30)
                    retrying(lambda: work(env), env)
            except UserError as error:
                refused.append(error)
            except Exception as error:
                unexpected.append(error)

        threads = [threading.Thread(target=request, args=[uid]) for uid in user_ids]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertFalse(unexpected)
        return refused

    def test_two_auditors_approve(self):
        """AS-08, F-12: one approves, the other is told; it is approved once."""
        refused = self._at_once(
            self.user_ids["auditor"],
            lambda env: (
                env["after.sales.claim"].browse(self.waiting_id).action_approve()
            ),
        )
        self.assertEqual(len(refused), 1)
        with self.registry.cursor() as cr:
            claim = api.Environment(cr, SUPERUSER_ID, {})["after.sales.claim"].browse(
                self.waiting_id
            )
            self.assertEqual(claim.state, "approved")
            self.assertEqual(claim.amount_approved, 80)
            self.assertIn(claim.auditor_id.id, self.user_ids["auditor"])
            steps = claim.message_ids.tracking_value_ids.filtered(
                lambda value: value.field_id.name == "state"
            )
            self.assertEqual(steps.mapped("new_value_char").count("Approved"), 1)

    def test_two_claims_of_one_unit(self):
        """AS-08: both are submitted at the same moment; the rules that compare a claim
        with others of its unit see the first one when they judge the second."""
        drafts = dict(zip(self.user_ids["auditor"], self.draft_ids, strict=True))
        self._at_once(
            self.user_ids["auditor"],
            # sudo: who may submit is tested elsewhere
            lambda env: (
                env["after.sales.claim"].sudo().browse(drafts[env.uid]).action_submit()
            ),
        )
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            claims = env["after.sales.claim"].browse(self.draft_ids)
            self.assertEqual(set(claims.mapped("state")), {"submitted"})
            seen = [claim.name in other for claim, other in self._sentences(claims)]
            self.assertEqual(seen.count(True), 1)

    @staticmethod
    def _sentences(claims):
        """:returns: pairs of a claim and what the rules say of the other one"""
        first, second = claims
        return [
            (one, " ".join(other.finding_ids.mapped("sentence")))
            for one, other in ((first, second), (second, first))
        ]

    def test_two_dispatch_a_shipment(self):
        """AS-11, F-12: two send the parts off at the same moment: one does, the other
        is told, and what was sent is counted once."""
        refused = self._at_once(
            self.user_ids["auditor"],
            lambda env: (
                env["after.sales.transfer"].browse(self.transfer_id).action_dispatch()
            ),
        )
        self.assertEqual(len(refused), 1)
        with self.registry.cursor() as cr:
            transfer = api.Environment(cr, SUPERUSER_ID, {})[
                "after.sales.transfer"
            ].browse(self.transfer_id)
            self.assertEqual(transfer.state, "dispatched")
            self.assertEqual(transfer.line_ids.sent_quantity, 2)
            self.assertEqual(transfer.line_ids.request_id.open_quantity, 0)

    def test_signed_while_the_work_changes(self):
        """AS-05: the customer presses while the station's change is committed: his
        request starts again, sees the new work and is refused. Nobody signs what his
        page has not shown."""
        picture = base64.b64encode(png()).decode()

        def sign(env, seen):
            repair = env["after.sales.repair"].browse(self.repair_id)
            repair._sign("consent", "Mrs Li", picture, seen, "link")

        with self.registry.cursor() as cr:
            late = api.Environment(cr, SUPERUSER_ID, {})
            repair = late["after.sales.repair"].browse(self.repair_id)
            seen = repair._get_terms_hash()
            with self.registry.cursor() as other_cr:
                other = repair.with_env(repair.env(cr=other_cr))
                other.line_ids.write({"price_unit": 60})
            with (
                mute_logger("odoo.sql_db", "odoo.service.model"),
                self.assertRaisesRegex(UserError, "changed since it was shown"),
            ):
                retrying(lambda: sign(late, seen), late)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            repair = env["after.sales.repair"].browse(self.repair_id)
            self.assertFalse(repair.consent_ids)
            sign(env, repair._get_terms_hash())
            self._keep(repair.consent_ids)
            self.assertEqual(repair.state, "consented")
            self.assertIn("60.00", repair.consent_ids.lines_text)

    def test_asked_while_a_line_changes(self):
        """AS-06: who edits a purchase that is asked for at the same moment starts
        again and is refused: the maker grants the request that it has seen."""
        with self.registry.cursor() as cr:
            late = api.Environment(cr, SUPERUSER_ID, {})
            line = late["after.sales.claim"].browse(self.purchase_id).line_ids
            self.assertEqual(line.name, "Hose")
            with self.registry.cursor() as other_cr:
                claim = line.claim_id.with_env(late(cr=other_cr))
                claim.action_ask()
            with (
                mute_logger("odoo.sql_db", "odoo.service.model"),
                self.assertRaisesRegex(UserError, "is looking at this request"),
            ):
                retrying(lambda: line.write({"name": "Engine"}), late)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            claim = env["after.sales.claim"].browse(self.purchase_id)
            self.assertEqual(claim.line_ids.name, "Hose")

    def test_two_clerks_settle(self):
        """AS-12, F-15: both start the month; there is one settlement, the claim is
        settled and its station charged once."""
        self._at_once(
            self.user_ids["clerk"],
            lambda env: env["after.sales.settlement"]._start_month(
                MONTH_LAST, at_once=True
            ),
        )
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            settlement = env["after.sales.settlement"].search(
                [("station_id", "=", self.station_id)]
            )
            self.assertEqual(len(settlement), 1)
            self.assertEqual(settlement.claim_ids.ids, [self.approved_id])
            self.assertEqual(settlement.charge_ids.ids, [self.charge_id])
            self.assertEqual(settlement.amount_total, 75)
            self.assertEqual(settlement.claim_count, 1)
            runs = env["sales.run"].search(
                [
                    ("kind", "=", "after_sales_settlement"),
                    ("user_id", "in", self.user_ids["clerk"]),
                    ("done_count", ">", 0),
                ]
            )
            self.assertEqual(len(runs), 1)

    def test_two_clerks_recover(self):
        """AS-13, F-15: both start the month; one recovery, the cost charged once."""
        self._at_once(
            self.user_ids["clerk"],
            lambda env: env["after.sales.recovery"]._start_month(
                MONTH_LAST, at_once=True
            ),
        )
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            recovery = env["after.sales.recovery"].search(
                [("supplier_id", "=", self.supplier_id)]
            )
            self.assertEqual(len(recovery), 1)
            self.assertEqual((recovery.line_count, recovery.amount_total), (1, 80))
            self.assertEqual(recovery.line_ids.responsibility_id.recovery_id, recovery)
