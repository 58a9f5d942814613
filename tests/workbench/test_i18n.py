"""`make i18n`: files of terms are stable, complete and honest about what is missing."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import polib

from workbench import translations


def entry(msgid: str, msgstr: str = "", *places: str) -> polib.POEntry:
    occurrences = [(place, "") for place in places or ("code:addons/demo/models/a.py",)]
    return polib.POEntry(
        msgid=msgid, msgstr=msgstr, comment="module: demo", occurrences=occurrences
    )


class TranslationCase(unittest.TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "demo"
        self.folder.mkdir()

    def at(self, moment: str):
        """Let the clock of the files show ``moment``."""
        return patch.object(translations, "now", lambda: moment)

    def refresh(self, *msgids: str, moment: str = "2026-01-01 00:00+0000") -> None:
        with self.at(moment):
            exported = [entry(msgid) for msgid in msgids]
            translations.write_template(self.folder, exported)
            translations.merge_language(self.folder)

    def translate(self, **texts: str) -> None:
        path = translations.po_path(self.folder)
        po = polib.pofile(str(path))
        for msgid, msgstr in texts.items():
            po.find(msgid).msgstr = msgstr
        po.save(str(path))

    def terms(self) -> dict[str, str]:
        po = polib.pofile(str(translations.po_path(self.folder)))
        return {entry.msgid: entry.msgstr for entry in po}

    def report(self) -> tuple[int, str]:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            status = translations.report([self.folder])
        return status, output.getvalue()


class TestRefresh(TranslationCase):
    def test_translations_are_kept_and_new_terms_empty(self):
        self.refresh("Box", "Lid")
        self.translate(Box="箱子", Lid="盖子")
        self.refresh("Box", "Handle")
        self.assertEqual(self.terms(), {"Box": "箱子", "Handle": ""})

    def test_obsolete_entries_are_dropped(self):
        self.refresh("Box")
        path = translations.po_path(self.folder)
        with path.open("a", encoding="utf-8") as file:
            file.write('\n#~ msgid "Gone"\n#~ msgstr "没有了"\n')
        self.refresh("Box")
        self.assertNotIn("Gone", path.read_text(encoding="utf-8"))

    def test_nothing_changes_without_new_terms(self):
        self.refresh("Box", "Lid")
        self.translate(Box="箱子")
        self.refresh("Lid", "Box")
        files = [translations.pot_path(self.folder), translations.po_path(self.folder)]
        before = [path.read_bytes() for path in files]
        self.refresh("Box", "Lid", moment="2026-02-02 00:00+0000")
        self.assertEqual([path.read_bytes() for path in files], before)

    def test_new_term_gets_a_new_date(self):
        self.refresh("Box")
        self.refresh("Box", "Lid", moment="2026-02-02 00:00+0000")
        text = translations.pot_path(self.folder).read_text(encoding="utf-8")
        self.assertIn("POT-Creation-Date: 2026-02-02 00:00+0000", text)

    def test_moved_term_keeps_the_date(self):
        """Another place of the same term is written, without a new date."""
        self.refresh("Box")
        with self.at("2026-02-02 00:00+0000"):
            moved = [entry("Box", "", "code:addons/demo/models/b.py")]
            translations.write_template(self.folder, moved)
        text = translations.pot_path(self.folder).read_text(encoding="utf-8")
        self.assertIn("models/b.py", text)
        self.assertIn("POT-Creation-Date: 2026-01-01 00:00+0000", text)

    def test_words_of_tests_are_left_out(self):
        test = "code:addons/demo/tests/common.py"
        terms = [entry("Box", "", test, "code:a.py"), entry("Made up", "", test)]
        translations.write_template(self.folder, terms)
        [kept] = polib.pofile(str(translations.pot_path(self.folder)))
        self.assertEqual(kept.msgid, "Box")
        self.assertEqual([place for place, _line in kept.occurrences], ["code:a.py"])

    def test_sorted(self):
        self.refresh("b", "c", "a")
        self.assertEqual(list(self.terms()), ["a", "b", "c"])

    def test_header(self):
        self.refresh("Box")
        metadata = polib.pofile(str(translations.po_path(self.folder))).metadata
        self.assertEqual(metadata["Language"], "zh_CN")
        self.assertEqual(metadata["Plural-Forms"], "nplurals=1; plural=0;")
        self.assertEqual(metadata["Project-Id-Version"], "demo 19.0")

    def test_fuzzy_translation_is_to_be_made_again(self):
        self.refresh("Box")
        path = translations.po_path(self.folder)
        text = path.read_text(encoding="utf-8")
        text = text.replace('msgid "Box"\nmsgstr ""', 'msgid "Box"\nmsgstr "盒"')
        path.write_text(text.replace("#. module", "#, fuzzy\n#. module"), "utf-8")
        self.assertEqual(translations.missing_terms(self.folder), ["Box"])
        self.refresh("Box")
        self.assertEqual(self.terms(), {"Box": ""})


class TestReport(TranslationCase):
    def test_missing_terms_are_named_and_counted(self):
        self.refresh("Box", "Lid")
        self.translate(Box="箱子")
        status, text = self.report()
        self.assertEqual(status, 1)
        self.assertEqual(text, "demo: 2 terms, 1 without Chinese\n    Lid\n")

    def test_complete(self):
        self.refresh("Box")
        self.translate(Box="箱子")
        self.assertEqual(self.report(), (0, "demo: 1 terms, all in Chinese\n"))

    def test_wrong_placeholder_is_a_failure(self):
        self.refresh("%(n)s boxes")
        self.translate(**{"%(n)s boxes": "%(m)s箱"})
        status, text = self.report()
        self.assertEqual(status, 1)
        self.assertIn("placeholders differ (lost %(n)s, added %(m)s)", text)

    def test_long_term_is_shortened(self):
        self.refresh("word " * 50)
        _status, text = self.report()
        self.assertTrue(all(len(line) < 100 for line in text.splitlines()), text)


class TestRules(unittest.TestCase):
    def test_placeholders(self):
        for msgid, msgstr, same in (
            ("%(a)s and %(b)d", "%(b)d和%(a)s", True),
            ("%s boxes", "%s箱", True),
            ("%s boxes", "箱", False),
            ("100 % sure", "百分之百", True),
            ("50%% off", "五折", True),
            ("{{ object.name }} waits", "{{ object.name }}在等", True),
            ("{{ object.name }} waits", "{{ object.nmae }}在等", False),
            ("{name} of {total}", "{total}之{name}", True),
            ("{name} of {total}", "{total}", False),
            ("Press <b>here</b>", "按<b>这里</b>", True),
            ("Press <b>here</b>", "按<b>这里", False),
            ("One<br/>two", "一<br/>二", True),
            ("a < b and b > c", "甲小于乙", True),
        ):
            with self.subTest(msgid=msgid, msgstr=msgstr):
                problem = translations.placeholder_problem(msgid, msgstr)
                self.assertEqual(not problem, same, problem)

    def test_lacks_chinese(self):
        for msgid, msgstr, lacking in (
            ("Box", "箱子", False),
            ("Box", "", True),
            ("Box", "  ", True),
            ("Box", "Box", True),
            ("PDF", "PDF", False),
            ("XLSX: A4", "XLSX: A4", False),
            ("{{ object.name }}", "{{ object.name }}", False),
            ("Odoo", "Odoo", False),
            ("<b>%(name)s</b>", "<b>%(name)s</b>", False),
            ("<span class='text'>Late</span>", "<span class='text'>Late</span>", True),
            ("km", "km", False),
            ("kWh", "kWh", False),
            ("No", "No", True),
            ("someone@example.com", "someone@example.com", False),
        ):
            with self.subTest(msgid=msgid, msgstr=msgstr):
                found = translations.lacks_chinese(entry(msgid, msgstr))
                self.assertEqual(found, lacking)


class TestCheck(TranslationCase):
    """The same findings as of `report`, without a database (see also tests/static)."""

    def check(self) -> list[str]:
        return translations.check(self.folder)

    def test_complete(self):
        self.refresh("Box")
        self.translate(Box="箱子")
        self.assertEqual(self.check(), [])

    def test_missing_files(self):
        [line] = self.check()
        self.assertIn("i18n/demo.pot, i18n/zh_CN.po is missing", line)

    def test_entry_twice(self):
        self.refresh("Box")
        self.translate(Box="箱子")
        with translations.po_path(self.folder).open("a", encoding="utf-8") as file:
            file.write('\nmsgid "Box"\nmsgstr "盒子"\n')
        self.assertEqual(self.check(), ["demo: twice: Box"])

    def test_command(self):
        self.refresh("Box")
        with contextlib.redirect_stdout(io.StringIO()) as output:
            self.assertEqual(translations.main(["check", str(self.folder)]), 1)
            self.translate(Box="箱子")
            self.assertEqual(translations.main(["check", str(self.folder)]), 0)
        self.assertEqual(output.getvalue(), "demo: no Chinese: Box\n")


if __name__ == "__main__":
    unittest.main()
