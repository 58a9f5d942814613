"""Chinese is complete, and the templates know every word of the code."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import polib
from lxml import etree

from house import Addon, House
from workbench import translations


def check(house: House) -> list[str]:
    found = []
    for addon in house.product:
        found += translations.check(addon.folder)
        found += check_known(addon)
    return found


def check_known(addon: Addon) -> list[str]:
    """The `.pot` has the words of code, client templates and views: all, and no other.

    Words of fields and records are known to a database only (`make i18n`).
    """
    path = translations.pot_path(addon.folder)
    if not path.exists():
        return []
    entries = list(polib.pofile(str(path)))
    known = {entry.msgid for entry in entries}
    code = [
        *javascript_terms(addon),
        *client_template_terms(addon),
        *python_terms(addon),
    ]
    views = list(view_terms(addon))
    found = [
        f"{place}: not in i18n/{path.name} (make i18n): {translations.shown(term)}"
        for place, term in (*code, *views)
        if term not in known and is_exported(term)
    ]
    present = {term for _place, term in (*code, *views)}
    found += [
        f"{addon.name}/i18n/{path.name}: no longer used (make i18n): "
        f"{translations.shown(entry.msgid)}"
        for entry in entries
        if is_of_files_only(entry) and entry.msgid not in present
    ]
    return found


def is_of_files_only(entry: polib.POEntry) -> bool:
    """Whether a term comes from nowhere but code and views, which are in files."""
    places = [place for place, _line in entry.occurrences]
    of_files = ("code:", "model_terms:ir.ui.view,arch_db:")
    return bool(places) and all(place.startswith(of_files) for place in places)


def is_exported(term: str) -> bool:
    """Odoo leaves out what has no two letters or figures to translate."""
    return sum(character.isalnum() or character == "_" for character in term) > 1


def extracted(
    addon: Addon, path: Path, method: str, keywords: dict[str, None]
) -> Iterator[tuple[str, str]]:
    from babel.messages import extract

    options = {"encoding": "UTF-8"} if "python" in method else {}
    with path.open("rb") as source:
        for line, message, *_rest in extract.extract(
            method, source, keywords=keywords, options=options
        ):
            messages = message if isinstance(message, tuple) else (message,)
            for text in messages:
                if text:
                    yield addon.place(path, line), text


def javascript_terms(addon: Addon) -> Iterator[tuple[str, str]]:
    for path in sorted((addon.folder / "static" / "src").rglob("*.js")):
        method = "odoo.tools.babel:extract_javascript"
        yield from extracted(addon, path, method, {"_t": None})


def client_template_terms(addon: Addon) -> Iterator[tuple[str, str]]:
    for path in sorted((addon.folder / "static" / "src").rglob("*.xml")):
        method = "odoo.tools.translate:babel_extract_qweb"
        yield from extracted(addon, path, method, {})


def python_terms(addon: Addon) -> Iterator[tuple[str, str]]:
    for path in addon.python_files():
        method = "odoo.tools.babel:extract_python"
        yield from extracted(addon, path, method, {"_": None, "_lt": None})


def view_terms(addon: Addon) -> Iterator[tuple[str, str]]:
    """Terms of portal templates, reports and other views."""
    from odoo.tools.translate import xml_translate

    for record in addon.records:
        if record.model != "ir.ui.view":
            continue
        for arch in arches(record.node):
            terms: list[str] = []
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                xml_translate(lambda term, terms=terms: terms.append(term), arch)
            place = f"{addon.name}/{record.where}"
            yield from ((place, term) for term in terms)


def arches(node: etree._Element) -> Iterator[str]:
    """Text of the view of a `<template>` or of a `<record>`, as stored."""
    if node.tag == "template":
        copy = etree.fromstring(etree.tostring(node, with_tail=False))
        copy.tag = "t"
        yield etree.tostring(copy, encoding="unicode")
        return
    for field in node.findall("field[@name='arch']"):
        for child in field.iterchildren("*"):
            yield etree.tostring(child, encoding="unicode", with_tail=False)
