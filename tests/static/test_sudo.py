"""Proofs of `checks.sudo`."""

import unittest

from checks import sudo
from proof import CheckCase


class TestSudo(CheckCase):
    check = sudo.check

    def findings_in(self, text: str) -> list[str]:
        return self.findings({"tools/weight.py": text})

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_no_reason(self):
        findings = self.findings_in("def f(self):\n    self.sudo().write({})\n")
        self.assert_found(findings, "tools/weight.py:2: sudo() without its reason")

    def test_no_reason_at_all(self):
        findings = self.findings_in("def f(self):\n    self.sudo().write({})  # noqa\n")
        self.assert_found(findings, "without its reason")

    def test_reason_of_the_line_before_last(self):
        """A remark about something else, further up, is no reason."""
        text = (
            "def f(self):\n    # counted for the board\n    n = 1\n"
            "    return self.sudo().x + n\n"
        )
        self.assert_found(self.findings_in(text), "weight.py:4: sudo()")

    def test_reason_beside(self):
        text = "def f(self):\n    self.sudo().write({})  # portal users own no cron\n"
        self.assert_found(self.findings_in(text))

    def test_giving_rights_back(self):
        for before in ("False", "self.env.su"):
            with self.subTest(before):
                text = f"def f(self):\n    return self.sudo({before})\n"
                self.assert_found(self.findings_in(text))

    def test_raising_them_in_so_many_words(self):
        text = "def f(self):\n    return self.sudo(True)\n"
        self.assert_found(self.findings_in(text), "without its reason")

    def test_name(self):
        text = "def f(self):\n    # the reason is here\n    box = self.sudo()\n"
        self.assert_found(self.findings_in(text), "name it box_sudo")


if __name__ == "__main__":
    unittest.main()
