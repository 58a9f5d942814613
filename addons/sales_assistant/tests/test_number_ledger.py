import random

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_assistant.tools import number_ledger
from odoo.addons.sales_assistant.tools.number_ledger import NotThereError

NUMBERS = 10_000
PLACES = [(state, hand) for state in ("stock", "used", "voided") for hand in range(4)]


@tagged("post_install", "-at_install")
class TestNumberLedger(BaseCase):
    """B-10: the ledger against a book that keeps every number by itself."""

    def _draw(self, rng, low, high):
        """One to three ranges without overlaps."""
        cuts = sorted(rng.sample(range(low, high), 2 * rng.randint(1, 3)))
        return number_ledger.join(zip(cuts[::2], cuts[1::2], strict=True))

    def _write_out(self, entries):
        book = {}
        for first, last, place in entries:
            for number in range(first, last + 1):
                self.assertNotIn(number, book, "a number in two ranges")
                book[number] = place
        return book

    def test_conservation_of_ten_thousand_numbers(self):
        """B-10: after random histories every one of 10,000 numbers is in exactly the
        one place where a book of single numbers has it, and a refused movement changes
        nothing."""
        for seed in range(12):
            rng = random.Random(seed)
            book = dict.fromkeys(range(1, NUMBERS + 1), PLACES[0])
            entries = number_ledger.add([], [(1, NUMBERS)], PLACES[0])
            taken = refused = 0
            for _step in range(250):
                low = rng.randint(1, NUMBERS - 400)
                ranges = self._draw(rng, low, low + rng.choice((8, 40, 400)))
                source = rng.choice([book[ranges[0][0]], rng.choice(PLACES)])
                target = rng.choice(PLACES)
                numbers = [n for first, last in ranges for n in range(first, last + 1)]
                wrong = [number for number in numbers if book[number] != source]
                if wrong:
                    with self.assertRaises(NotThereError) as caught:
                        number_ledger.move(entries, ranges, source, target)
                    self.assertEqual(caught.exception.number, wrong[0])
                    self.assertEqual(caught.exception.place, book[wrong[0]])
                    refused += 1
                    continue
                entries = number_ledger.move(entries, ranges, source, target)
                book.update(dict.fromkeys(numbers, target))
                taken += 1
            with self.subTest(seed=seed):
                self.assertEqual(self._write_out(entries), book)
                self.assertGreater(taken, 50)
                self.assertGreater(refused, 20)
                joined = [
                    (entry, other)
                    for entry, other in zip(entries, entries[1:], strict=False)
                    if entry[2] == other[2] and entry[1] + 1 == other[0]
                ]
                self.assertFalse(joined, "neighbours in one place are one range")

    def test_known_number_is_not_received_again(self):
        """B-10: a number comes in once."""
        entries = number_ledger.add([], [(1, 100)], PLACES[0])
        with self.assertRaises(NotThereError) as caught:
            number_ledger.add(entries, [(95, 120)], PLACES[0])
        self.assertEqual(caught.exception.number, 95)

    def test_parse_what_people_write(self):
        """SA-17b: ranges in the ways of writing that occur, and what is none."""
        for text, ranges in (
            ("1-3", [(1, 3)]),
            ("1 - 3, 5", [(1, 3), (5, 5)]),
            ("0001–0003；7", [(1, 3), (7, 7)]),
            ("5 4", [(4, 5)]),
            ("1至3、9", [(1, 3), (9, 9)]),
            ("", []),
        ):
            with self.subTest(text=text):
                self.assertEqual(number_ledger.parse(text), ranges)
        for text in ("abc", "3-1", "1-2-3", "1,1", "-5", "1.5", "9999999999"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                number_ledger.parse(text)
