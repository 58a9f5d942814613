import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_assistant.tests.letter_table import LETTERS
from odoo.addons.sales_assistant.tools import letter_check


@tagged("post_install", "-at_install")
class TestLetterCheck(BaseCase):
    def test_doctests(self):
        """SA-08: the examples of the check hold."""
        result = doctest.testmod(letter_check)
        self.assertGreater(result.attempted, 2)
        self.assertFalse(result.failed)

    def test_table(self):
        """SA-08: letters written by hand, English, Chinese and both, with everything
        the check has to find in each and nothing else."""
        self.assertGreaterEqual(len(LETTERS), 60)
        for name, subject, text, attachments, expected in LETTERS:
            with self.subTest(letter=name):
                found = {
                    finding.kind: list(finding.words)
                    for finding in letter_check.check(subject, text, attachments)
                }
                self.assertEqual(set(found), set(expected))
                for kind, words in expected.items():
                    if words is not None:
                        self.assertEqual(found[kind], words)

    def test_table_covers_every_kind(self):
        """SA-08: each kind of finding is expected, in both languages where it has
        one."""
        expected = [row[4] for row in LETTERS]
        for kind in letter_check.FINDING_KINDS:
            with self.subTest(kind=kind):
                self.assertGreater(sum(kind in row for row in expected), 1)
        for kind in ("salutation", "closing"):
            for language in ("en", "zh"):
                self.assertTrue(any(row.get(kind) == [language] for row in expected))
