from math import log
from random import Random

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_assistant.tools.satisfaction import (
    _divergence,
    judge,
    lower_bound,
    scale_score,
)


@tagged("post_install", "-at_install")
class TestSatisfactionTools(BaseCase):
    """B-15: what answers prove."""

    def test_points_of_a_scale(self):
        """SA-05: points run from 0 to 100, whatever the scale."""
        for value, low, high, points in (
            (0, 0, 10, 0),
            (7, 0, 10, 70),
            (10, 0, 10, 100),
            (1, 1, 5, 0),
            (3, 1, 5, 50),
            (-1, 0, 2, 0),
            (3, 0, 2, 100),
        ):
            with self.subTest(value=value, low=low, high=high):
                self.assertAlmostEqual(scale_score(value, low, high), points)

    def test_lower_bound(self):
        """B-15: bounds worked out by hand: 100 throughout gives 100 times the n-th root
        of 0.05; nearly everybody asked leaves the mean over all, silent ones at 0."""
        for mean, count, asked, bound in (
            (100, 1, 100, 5.00),
            (100, 2, 100, 22.36),
            (100, 28, 1000, 89.85),
            (100, 29, 1000, 90.19),
            (0, 5, 5, 0),
            (95, 0, 10, 0),
            (95, 4, 4, 95),
            (97, 28, 30, 90.53),
            (92, 49, 50, 90.16),
            (92, 48, 50, 88.32),
        ):
            with self.subTest(mean=mean, count=count, asked=asked):
                self.assertAlmostEqual(lower_bound(mean, count, asked), bound, 2)

    def test_bound_by_chance(self):
        """B-15: at the bound, chance brings the mean about once in twenty."""
        for mean, count in ((96, 120), (90, 10), (50, 10), (99, 40)):
            bound = lower_bound(mean, count, 10**6)
            with self.subTest(mean=mean, count=count):
                chance = count * _divergence(mean / 100, bound / 100)
                self.assertAlmostEqual(chance, log(20), 6)
                self.assertLess(bound, lower_bound(mean, 2 * count, 10**6))

    def test_verdict(self):
        """SA-05: green is proven, n shown; few answers prove nothing."""
        for mean, count, asked, verdict in (
            (0, 0, 10, "none"),
            (100, 4, 4, "few"),
            (100, 5, 5, "proven"),
            (90, 5, 5, "proven"),
            (89.9, 5, 5, "missed"),
            (95, 5, 50, "open"),
            (100, 28, 1000, "open"),
            (100, 29, 1000, "proven"),
        ):
            with self.subTest(mean=mean, count=count, asked=asked):
                self.assertEqual(judge(mean, count, asked, 90, 5).verdict, verdict)
        self.assertAlmostEqual(judge(95, 5, 50, 90, 5).rate, 10)

    def test_false_green(self):
        """B-15: of small samples of customers who are not content enough, at most one
        in twenty is green, whatever their scores look like: a few are furious, all are
        nearly content, half are so and half so."""
        random = Random(20260617)
        populations = {
            "a few are furious": lambda size: [
                0 if place < size * 0.11 else 100 for place in range(size)
            ],
            "all nearly content": lambda size: [
                85 + 10 * (place % 2) - 1 for place in range(size)
            ],
            "halves": lambda size: [79 if place % 2 else 100 for place in range(size)],
        }
        runs = 400
        for name, make in populations.items():
            for size, count in ((20, 6), (40, 30), (200, 12), (400, 60)):
                scores = make(size)
                self.assertLess(sum(scores) / size, 90)
                green = 0
                for _run in range(runs):
                    drawn = random.sample(scores, count)
                    found = judge(sum(drawn) / count, count, size, 90, 5)
                    green += found.verdict == "proven"
                with self.subTest(name, size=size, count=count):
                    self.assertLessEqual(green, runs * 0.05)
