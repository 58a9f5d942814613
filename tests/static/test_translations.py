"""Proofs of `checks.translations`."""

import unittest

from checks import translations
from proof import CheckCase
from sample import CHINESE, FILES, po_text

TEMPLATE = po_text(dict.fromkeys(CHINESE, ""))


class TestTranslations(CheckCase):
    check = translations.check

    def findings_after(self, path: str, old: str, new: str) -> list[str]:
        self.assertIn(old, FILES[path])
        return self.findings({path: FILES[path].replace(old, new)})

    def test_house(self):
        """F-08: Chinese is complete for every addon."""
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_missing_file(self):
        findings = self.findings({"i18n/zh_CN.po": None})
        self.assert_found(findings, "i18n/zh_CN.po is missing")

    def test_empty_translation(self):
        findings = self.findings(chinese={"Open box": ""})
        self.assert_found(findings, "no Chinese: Open box")

    def test_english_in_the_place_of_chinese(self):
        findings = self.findings(chinese={"Open box": "Open box"})
        self.assert_found(findings, "no Chinese: Open box")

    def test_placeholder(self):
        findings = self.findings(chinese={"%(name)s is closed": "%(nmae)s已关闭"})
        self.assert_found(
            findings, "placeholders differ (lost %(name)s, added %(nmae)s)"
        )

    def test_unknown_entry(self):
        findings = self.findings(chinese={"Long gone": "早已没有"})
        self.assert_found(findings, "not in the .pot: Long gone")

    def test_obsolete_entry(self):
        text = po_text(CHINESE) + '\n#~ msgid "Long gone"\n#~ msgstr "早已没有"\n'
        self.assert_found(
            self.findings({"i18n/zh_CN.po": text}), "obsolete entry: Long gone"
        )

    def test_words_that_the_template_does_not_know(self):
        for path, old in (
            ("static/src/box/box.js", "Open box"),
            ("static/src/box/box.xml", "Nothing inside"),
            ("report/demo_box_reports.xml", "Your boxes"),
            ("views/demo_box_views.xml", "One box"),
            ("models/demo_box.py", "%(name)s is closed"),
        ):
            with self.subTest(path):
                findings = self.findings_after(path, old, "Something new")
                self.assert_found(findings, "(make i18n): Something new")

    def test_word_that_is_no_longer_used(self):
        for place in ("code:a.py:0", "model_terms:ir.ui.view,arch_db:x"):
            with self.subTest(place):
                more = f'\n#: {place}\nmsgid "Long gone"\nmsgstr ""\n'
                findings = self.findings(
                    {
                        "i18n/demo_sample.pot": po_text(dict.fromkeys(CHINESE, ""))
                        + more
                    },
                    chinese={"Long gone": "早已没有"},
                )
                self.assert_found(findings, "no longer used (make i18n): Long gone")

    def test_word_of_a_field(self):
        """Only a database knows those."""
        more = '\n#: model:ir.model,name:x\nmsgid "A box"\nmsgstr ""\n'
        findings = self.findings(
            {"i18n/demo_sample.pot": TEMPLATE + more},
            chinese={"A box": "箱子"},
        )
        self.assert_found(findings)


if __name__ == "__main__":
    unittest.main()
