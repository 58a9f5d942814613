"""Proofs of `checks.vocabulary`."""

import unittest

from checks import vocabulary
from proof import CheckCase


class TestVocabulary(CheckCase):
    check = vocabulary.check

    def test_house(self):
        """F-08: the vocabulary of the product."""
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_other_word(self):
        findings = self.findings(chinese={"Store": "商店"})
        self.assert_found(findings, "Store is 商店, not 门店")


if __name__ == "__main__":
    unittest.main()
