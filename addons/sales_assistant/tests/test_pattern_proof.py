from odoo.tests import BaseCase, tagged

from odoo.addons.sales_assistant.tests.proof.pattern_figures import measure
from odoo.addons.sales_assistant.tests.proof.pattern_find import find
from odoo.addons.sales_assistant.tests.proof.pattern_world import SIZED, World

SEED, CUSTOMERS = 2026, 600


@tagged("post_install", "-at_install")
class TestPatternProof(BaseCase):
    """B-04 on made-up customers whose truth is known; the full number runs with the
    measures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = measure(World(SEED), CUSTOMERS, find)

    def test_found(self):
        """B-04: 90 % of the deviations of 4 own spreads and more are found."""
        self.assertGreaterEqual(self.figures.found_share, 90)

    def test_flagged(self):
        """B-04: at most 5 % of usual orders are flagged, thin histories included."""
        self.assertEqual(self.figures.orders.total(), CUSTOMERS)
        self.assertLessEqual(self.figures.flagged_share, 5)

    def test_curve(self):
        """B-04: the larger the deviation the more are found, in each feature."""
        for kind in SIZED:
            small, large = (
                [self.figures.sizes.get((kind, size), [0, 0]) for size in sizes]
                for sizes in ((2, 3), (8, 9, 10))
            )
            with self.subTest(kind):
                self.assertGreater(self._share(large), 90)
                self.assertLess(self._share(small), self._share(large))

    @staticmethod
    def _share(rows):
        return 100 * sum(hits for hits, _n in rows) / sum(count for _h, count in rows)
