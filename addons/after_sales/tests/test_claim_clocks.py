import random
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import AfterSalesCommon

#: steps a claim can take next, and who has it then
NEXT = {
    "draft": ["submit"],
    "submitted": ["review", "return", "approve", "reject", "cancel"],
    "in_review": ["return", "approve", "reject"],
    "returned": ["submit", "cancel"],
}
TO = {
    "submit": "submitted",
    "review": "in_review",
    "return": "returned",
    "approve": "approved",
    "reject": "rejected",
    "cancel": "cancelled",
}


@tagged("post_install", "-at_install")
class TestClaimClocks(AfterSalesCommon):
    def _take(self, claim, verb):
        if verb == "submit":
            claim.with_user(self.entry).action_submit()
        elif verb in ("review", "approve"):
            getattr(claim.with_user(self.auditor), f"action_{verb}")()
        else:
            person = self.entry if verb == "cancel" else self.auditor
            reason = {
                "return": self.return_reason,
                "reject": self.reject_reason,
                "cancel": self.cancel_reason,
            }[verb]
            self._take_with_reason(claim.with_user(person), verb, reason)

    def _live(self, chance, clock):
        """A random life of a claim, and the hours it lay on each side, kept apart from
        the claim.

        :returns: the claim, hours with the maker, hours with the station
        """
        claim = self._create_claim(photos=False, date_repair="2026-03-01")
        hours = {"ours": timedelta(), "theirs": timedelta()}
        state, steps = "draft", 0
        while state in NEXT:
            passed = timedelta(seconds=chance.choice((0, 1, 59, 3601, 86400, 987654)))
            clock.tick(passed)
            if state == "returned":
                hours["theirs"] += passed
            elif state != "draft":
                hours["ours"] += passed
            steps += 1
            choice = NEXT[state] if steps > 8 else NEXT[state][:2]
            verb = chance.choice(choice)
            self._take(claim, verb)
            state = TO[verb]
            self.assertEqual(claim.state, state)
        return claim, hours["ours"], hours["theirs"]

    def test_clocks_sum_over_random_lives(self):
        """AS-07: over any history the hours with us and those with the station sum to
        the time between first submission and end, each side charged with its own."""
        self.unit.date_sold = "2026-01-01"
        for seed in range(12):
            chance = random.Random(seed)
            with freeze_time(datetime(2026, 3, 2, 8)) as clock, self.subTest(seed=seed):
                claim, ours, theirs = self._live(chance, clock)
                end = clock()
                elapsed = (end - claim.submitted_at) / timedelta(hours=1)
                self.assertAlmostEqual(claim.our_hours, ours / timedelta(hours=1), 6)
                self.assertAlmostEqual(
                    claim.their_hours, theirs / timedelta(hours=1), 6
                )
                self.assertAlmostEqual(claim.our_hours + claim.their_hours, elapsed, 6)
                self.assertFalse(claim.clock_at)
