"""Translation files of our addons: written, merged and checked.

Runs in the virtual environment (polib; Odoo for the export):

    python -m workbench.translations check ADDON_FOLDER...
    python -m workbench.translations refresh --database DB ADDON_FOLDER...

`refresh` exports every addon's terms from a database that has all of them installed
with demo data, writes `i18n/<addon>.pot`, brings `i18n/zh_CN.po` in line with it and
reports what lacks Chinese. `check` reads the files only.
"""

import argparse
import contextlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polib

LANGUAGE = "zh_CN"
#: Width at which Odoo wraps the lines of its own files.
WRAP = 78

#: Parts of a term that a program fills in: the same on both sides.
PLACEHOLDER = re.compile(
    r"""
    %\(\w+\)[-+#0]?\d*(?:\.\d+)?[sdifr]     # %(name)s
    | (?<![\d%])%[sdifr](?![A-Za-z])        # %s
    | \{\{.*?\}\}                           # {{ object.name }} of a mail template
    | (?<!\{)\{\w*\}(?!\})                  # {name}
    """,
    re.VERBOSE | re.DOTALL,
)
TAG = re.compile(r"</?([A-Za-z][\w-]*)[^<>]*?(/?)>", re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
#: A word of ordinary English; units and acronyms are no words in this sense.
WORD = re.compile(r"\b(?:[A-Za-z][a-z]{2,}|No|By|To|From|Or|In|On|At|If|Is|Up|My)\b")
#: Words that stay as they are in a Chinese text.
UNCHANGED_WORDS = frozenset(
    """
    Odoo Excel Incoterm Incoterms iPhone Android WeChat Pareto mol kWh min max xlsx
    pdf csv png jpg jpeg webp http https www html json
    """.split()
)


def pot_path(folder: Path) -> Path:
    return folder / "i18n" / f"{folder.name}.pot"


def po_path(folder: Path) -> Path:
    return folder / "i18n" / f"{LANGUAGE}.po"


# Reading ---------------------------------------------------------------------


def visible_text(term: str) -> str:
    """``term`` without what nobody reads: markup, placeholders, addresses."""
    return ADDRESS.sub(" ", PLACEHOLDER.sub(" ", TAG.sub(" ", term)))


def english_words(term: str) -> list[str]:
    """Words of ``term`` that a Chinese reader would want translated."""
    words = WORD.findall(visible_text(term))
    return [word for word in words if word not in UNCHANGED_WORDS]


def lacks_chinese(entry: polib.POEntry) -> bool:
    """Whether a reader of Chinese would meet English here."""
    if not entry.msgstr.strip() or entry.fuzzy:
        return True
    return bool(english_words(entry.msgid)) and not CHINESE.search(entry.msgstr)


def placeholder_problem(msgid: str, msgstr: str) -> str:
    """What differs between the filled-in parts of both sides, or nothing."""
    for what, pattern in (("placeholders", PLACEHOLDER), ("markup", TAG)):
        if what == "placeholders":
            sides = [Counter(pattern.findall(text)) for text in (msgid, msgstr)]
        else:
            sides = [Counter(map("".join, pattern.findall(t))) for t in (msgid, msgstr)]
        if sides[0] != sides[1]:
            lost = sorted((sides[0] - sides[1]).elements())
            added = sorted((sides[1] - sides[0]).elements())
            parts = [f"lost {' '.join(lost)}"] if lost else []
            parts += [f"added {' '.join(added)}"] if added else []
            return f"{what} differ ({', '.join(parts)})"
    return ""


def shown(term: str) -> str:
    """``term`` on one line, shortened for a report."""
    text = " ".join(term.split())
    return text if len(text) <= 90 else text[:87] + "..."


def missing_terms(folder: Path) -> list[str]:
    """Terms of the addon's `.pot` that lack Chinese."""
    translated = {
        entry.msgid: entry
        for entry in polib.pofile(str(po_path(folder)))
        if not entry.obsolete
    }
    return [
        entry.msgid
        for entry in polib.pofile(str(pot_path(folder)))
        if entry.msgid not in translated or lacks_chinese(translated[entry.msgid])
    ]


def check(folder: Path) -> list[str]:
    """Everything that is wrong with the translation files of one addon."""
    absent = [path for path in (pot_path(folder), po_path(folder)) if not path.exists()]
    if absent:
        names = ", ".join(f"i18n/{path.name}" for path in absent)
        return [f"{folder.name}: {names} is missing (make i18n)"]
    known = {entry.msgid for entry in polib.pofile(str(pot_path(folder)))}
    entries = list(polib.pofile(str(po_path(folder))))
    counts = Counter(entry.msgid for entry in entries)
    problems = [f"no Chinese: {shown(term)}" for term in missing_terms(folder)]
    problems += [f"twice: {shown(term)}" for term, n in counts.items() if n > 1]
    for entry in entries:
        if entry.obsolete:
            problems.append(f"obsolete entry: {shown(entry.msgid)}")
        elif entry.msgid not in known:
            problems.append(f"not in the .pot: {shown(entry.msgid)}")
        elif entry.msgstr:
            difference = placeholder_problem(entry.msgid, entry.msgstr)
            if difference:
                problems.append(f"{difference}: {shown(entry.msgid)}")
    return [f"{folder.name}: {problem}" for problem in problems]


# Writing ---------------------------------------------------------------------


def metadata(addon: str, moment: str) -> dict[str, str]:
    return {
        "Project-Id-Version": f"{addon} 19.0",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": moment,
        "PO-Revision-Date": moment,
        "Last-Translator": "",
        "Language-Team": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "",
        "Plural-Forms": "",
    }


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")


def content(entries: list[polib.POEntry]) -> list[tuple]:
    """What of ``entries`` is worth a new date."""
    return sorted((entry.msgid, entry.msgstr) for entry in entries)


def copied(entry: polib.POEntry, msgstr: str = "") -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=msgstr,
        comment=entry.comment,
        occurrences=sorted(set(entry.occurrences)),
    )


def save(
    path: Path, entries: list[polib.POEntry], addon: str, extra: dict[str, str]
) -> bool:
    """Write ``entries`` with a header that only changes when the terms do.

    :returns: whether the file changed
    """
    moment = now()
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    old = polib.pofile(before) if before else None
    if old is not None and content(old) == content(entries):
        moment = old.metadata.get("POT-Creation-Date") or moment
    new = polib.POFile(wrapwidth=WRAP)
    new.header = f"Translation of the addon {addon} for Odoo 19.0.\n"
    new.metadata = {**metadata(addon, moment), **extra}
    new.extend(sorted(entries, key=lambda entry: entry.msgid))
    after = str(new)
    if not after.endswith("\n"):
        after += "\n"
    if after == before:
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_text(after, encoding="utf-8")
    return True


def without_tests(entry: polib.POEntry) -> polib.POEntry | None:
    """The term without its places in tests; none if it is used nowhere else."""
    entry.occurrences = [
        place
        for place in entry.occurrences
        if not re.match(r"code:addons/\w+/(?:static/)?tests/", place[0])
    ]
    return entry if entry.occurrences else None


def write_template(folder: Path, exported: list[polib.POEntry]) -> bool:
    """Write the addon's `.pot`; tell whether it changed.

    Odoo exports the words of test files too; nobody reads those in any language.
    """
    used = [kept for entry in exported if (kept := without_tests(entry))]
    entries = [copied(entry) for entry in used]
    return save(pot_path(folder), entries, folder.name, {})


def merge_language(folder: Path) -> bool:
    """Bring the Chinese file in line with the `.pot`, keeping what is translated."""
    path = po_path(folder)
    kept: dict[str, str] = {}
    if path.exists():
        kept = {
            entry.msgid: "" if entry.fuzzy else entry.msgstr
            for entry in polib.pofile(str(path))
            if not entry.obsolete
        }
    entries = [
        copied(entry, kept.get(entry.msgid, ""))
        for entry in polib.pofile(str(pot_path(folder)))
    ]
    extra = {"Language": LANGUAGE, "Plural-Forms": "nplurals=1; plural=0;"}
    return save(path, entries, folder.name, extra)


# Exporting -------------------------------------------------------------------


@contextlib.contextmanager
def only_these_paths(folders: list[Path]) -> Iterator[None]:
    """Odoo's exporter walks every addons path: show it ours only, it is far quicker."""
    from unittest.mock import patch

    import odoo.addons

    parents = sorted({str(folder.parent) for folder in folders})
    with patch.object(odoo.addons, "__path__", parents):
        yield


def export(
    database: str, folders: list[Path], target: Path
) -> dict[str, list[polib.POEntry]]:
    """Terms of each addon, as Odoo's own exporter gives them.

    :raises SystemExit: an addon is not installed in ``database``
    """
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.tools.translate import trans_export

    exported = {}
    with Registry(database).cursor(readonly=True) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        modules = env["ir.module.module"].search([("state", "=", "installed")])
        absent = {folder.name for folder in folders} - set(modules.mapped("name"))
        if absent:
            raise SystemExit(
                f"not installed in {database}: {', '.join(sorted(absent))}"
            )
        with only_these_paths(folders):
            for folder in folders:
                path = target / f"{folder.name}.pot"
                with path.open("wb") as output:
                    trans_export(None, [folder.name], output, "po", env)
                text = path.read_text(encoding="utf-8")
                exported[folder.name] = list(polib.pofile(text)) if text else []
    return exported


def refresh(database: str, folders: list[Path]) -> int:
    """Export, write, merge, report; 0 only if nothing lacks Chinese."""
    from workbench.host_lint import prepare_odoo

    prepare_odoo(folders)
    with tempfile.TemporaryDirectory() as target:
        exported = export(database, folders, Path(target))
    for folder in folders:
        if not exported[folder.name]:
            continue
        write_template(folder, exported[folder.name])
        merge_language(folder)
    return report([folder for folder in folders if exported[folder.name]])


def report(folders: list[Path]) -> int:
    """Print per addon how many terms lack Chinese, and which; the exit status."""
    bad = 0
    for folder in folders:
        total = len(polib.pofile(str(pot_path(folder))))
        missing = missing_terms(folder)
        others = [
            line
            for line in check(folder)
            if not line.startswith(f"{folder.name}: no Chinese")
        ]
        bad += len(missing) + len(others)
        state = f"{len(missing)} without Chinese" if missing else "all in Chinese"
        print(f"{folder.name}: {total} terms, {state}")
        for term in missing:
            print(f"    {shown(term)}")
        for line in others:
            print(f"    {line.removeprefix(f'{folder.name}: ')}")
    return 1 if bad else 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="workbench.translations")
    parser.add_argument("what", choices=["check", "refresh"])
    parser.add_argument("--database", help="database with the addons and demo data")
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    folders = [folder.resolve() for folder in options.folders]
    if options.what == "refresh":
        if not options.database:
            parser.error("refresh needs --database")
        return refresh(options.database, folders)
    problems = [problem for folder in folders for problem in check(folder)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
