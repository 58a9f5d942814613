import random
from collections import defaultdict
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.after_sales.models import sales_run as job

from .settlement_common import SettlementCommon

CLAIMS = 240


class Killed(BaseException):
    """The process ends here: nothing catches it."""


@tagged("post_install", "-at_install")
class TestSettlementRun(SettlementCommon):
    """AS-12, F-15: a run that is killed in the middle and started again gives the same
    totals as an undisturbed one, to the cent, and nobody is paid twice."""

    def _create_claims(self, number=CLAIMS):
        """Approved claims of both stations with uneven cents, made at once."""
        dice = random.Random(12)
        stations = (self.station, self.station_2)
        values_list = []
        for index in range(number):
            lines = [
                {
                    "line_type": "other",
                    "name": "x",
                    "quantity": 1,
                    "price_unit": dice.randint(1, 99999) / 100,
                    "decision": "approved",
                }
            ]
            values_list.append(
                {
                    "station_id": stations[index % 2].id,
                    "lot_id": self.unit.id,
                    "date_repair": self.today,
                    "line_ids": [(0, 0, line) for line in lines],
                }
            )
        claims = self.env["after.sales.claim"].create(values_list)
        claims.write({"state": "approved", "date_approved": self.today})
        self.env.flush_all()
        return claims

    def _add_up(self, claims):
        """What each station is to be paid, in cents, added without the rule."""
        cents = defaultdict(int)
        for claim in claims:
            cents[claim.station_id] += round(claim.amount_approved * 100)
        return cents

    def _get_settled(self):
        settlements = self.env["after.sales.settlement"].search(
            [
                ("station_id", "in", (self.station | self.station_2).ids),
                ("date_from", "=", self.month.first),
                ("state", "!=", "cancelled"),
            ]
        )
        self.env.invalidate_all()
        return settlements

    def _check_totals(self, claims):
        settlements = self._get_settled()
        self.assertEqual(len(settlements), 2)
        self.assertEqual(
            {one.station_id: round(one.amount_total * 100) for one in settlements},
            self._add_up(claims),
        )
        self.assertEqual(sum(settlements.mapped("claim_count")), len(claims))

    def test_undisturbed(self):
        """The totals are the sums of the claims."""
        claims = self._create_claims()
        self.patch(job, "BATCH", 50)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        run = settlements._start_month(self.today, at_once=True)
        self.assertEqual(run.done_count, CLAIMS)
        self._check_totals(claims)

    def test_killed_in_every_batch(self):
        """Killed in the middle of each batch in turn, after its claims were taken and
        before it was kept, by the job's own method: each time what was kept stays, the
        next start goes on from it."""
        claims = self._create_claims()
        self.patch(job, "BATCH", 50)
        model = type(self.env["after.sales.settlement"])
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        run = settlements._start_month(self.today)
        update_totals = model._update_totals
        kills = 0

        def die(settlement):
            update_totals(settlement)
            raise Killed

        for batch in range(5):
            with (
                patch.object(model, "_update_totals", die),
                self.assertRaises(Killed),
                self.env.cr.savepoint(),
            ):
                run._work_batch()
            kills += 1
            self.env.invalidate_all()
            self.assertEqual(run.done_count, batch * 50)
            self.assertEqual(len(claims.filtered("settlement_id")), batch * 50)
            # started again, as the scheduler does
            run._work_batch()
        while run._work_batch():
            pass
        self.assertEqual(kills, 5)
        self.assertEqual((run.state, run.done_count), ("done", CLAIMS))
        self._check_totals(claims)

    def test_other_run_between_the_batches(self):
        """A second run that a colleague starts in between takes the rest; the first
        finds nothing any more."""
        claims = self._create_claims()
        self.patch(job, "BATCH", 50)
        settlements = self.env["after.sales.settlement"].with_user(self.clerk)
        run = settlements._start_month(self.today)
        run._work_batch()
        other = settlements._start_month(self.today, at_once=True)
        while run._work_batch():
            pass
        self.assertEqual((run.done_count, other.done_count), (50, CLAIMS - 50))
        self._check_totals(claims)
