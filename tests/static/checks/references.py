"""Every external id that is referred to exists, in an addon that is depended on."""

import ast
import re
from functools import cache

from house import Addon, House, called_name, literal

#: Attributes of data files and views that hold one external id, or several.
ID_ATTRIBUTES = ("ref", "inherit_id", "action", "parent", "t-call")
LIST_ATTRIBUTES = ("groups",)
EVAL_REF = re.compile(r"""\bref\(\s*(['"])([\w.]+)\1""")
ARCH_ID = re.compile(r"%\(([\w.]+)\)d")
ID = re.compile(r"(?:[a-z_][a-z0-9_]*\.)?[A-Za-z_][\w-]*")
#: Ids that Odoo makes by itself for the host's models.
GENERATED = ("field_", "module_", "selection__", "constraint_")
#: How the host's code gives an id to a record that it has made.
GIVEN_ID = re.compile(r"""['"]xml_id['"]\s*:\s*['"]([\w.]+)['"]""")
HOST_FOLDERS = "data security views wizard report demo static/src".split()


def check(house: House) -> list[str]:
    return [
        f"{place}: {finding}"
        for addon in house.addons
        for place, reference in references(addon)
        if (finding := problem(house, addon, reference))
    ]


def references(addon: Addon) -> list[tuple[str, str]]:
    found = []
    for path, _demo, tree in addon.trees:
        for node in tree.iter("*"):
            place = addon.place(path, node.sourceline)
            found += [(place, name) for name in in_node(node)]
    for path, _demo, rows in addon.tables:
        for number, row in enumerate(rows, 2):
            for column, value in row.items():
                if (column or "").endswith(":id") and value:
                    names = [name.strip() for name in value.split(",")]
                    found += [(addon.place(path, number), name) for name in names]
    for path in addon.python_files():
        for node in ast.walk(addon.tree(path)):
            names = in_python(node)
            found += [(addon.place(path, node.lineno), name) for name in names]
    return found


def in_node(node) -> list[str]:
    """Ids that one XML element refers to."""
    found = []
    for attribute in ID_ATTRIBUTES:
        value = node.get(attribute)
        if value and refers(node, attribute, value):
            found.append(value)
    for attribute in LIST_ATTRIBUTES:
        parts = re.split(r"[,\s]+", node.get(attribute) or "")
        found += [part.lstrip("!") for part in parts if part]
    for attribute in ("eval", "search"):
        value = node.get(attribute) or ""
        found += [match[1] for match in EVAL_REF.findall(value)]
    for value in (node.text or "", *node.attrib.values()):
        found += ARCH_ID.findall(value)
    return found


def refers(node, attribute: str, value: str) -> bool:
    """Whether an attribute of this element holds an external id at all."""
    if not ID.fullmatch(value):
        return False
    if attribute in ("action", "parent"):
        return node.tag == "menuitem"
    if attribute == "t-call":
        return "." in value
    if attribute == "inherit_id":
        return node.tag == "template"
    return node.tag in ("field", "value", "function")


def in_python(node: ast.AST) -> list[str]:
    """Ids in `env.ref("...")`, `has_group("...")` and `groups="..."` of a field."""
    if not isinstance(node, ast.Call):
        return []
    found = []
    if called_name(node) in ("ref", "has_group") and node.args:
        value = literal(node.args[0])
        found += [value] if isinstance(value, str) else []
    for keyword in node.keywords:
        if keyword.arg == "groups" and isinstance(literal(keyword.value), str):
            parts = literal(keyword.value).split(",")
            found += [part.strip().lstrip("!") for part in parts]
    return [value for value in found if "." in value and ID.fullmatch(value)]


def problem(house: House, addon: Addon, reference: str) -> str:
    module, _dot, local = reference.rpartition(".")
    module = module or addon.name
    if module not in house.closure(addon.name):
        return f"{reference} belongs to {module}, which the addon does not depend on"
    other = house.find(module)
    if other is None:
        return f"{reference}: there is no addon {module}"
    if module in house.by_name:
        if local in other.own_ids or local.startswith(
            ("module_", "field_", "selection__")
        ):
            return ""
        if local.startswith("model_") and extends(house, other, local):
            return ""
        return f"{reference} does not exist"
    if local.startswith((*GENERATED, "model_")) or local in host_ids(other):
        return ""
    return f"{reference} does not exist in Odoo"


def extends(house: House, addon: Addon, local: str) -> bool:
    """An addon that extends a model gets an id of its own for it."""
    return any("model_" + m.name.replace(".", "_") == local for m in addon.models)


@cache
def host_ids(addon: Addon) -> frozenset[str]:
    """Ids in the data files of one of Odoo's addons, found without parsing them."""
    found: set[str] = set()
    for folder in (
        "data",
        "security",
        "views",
        "wizard",
        "report",
        "demo",
        "static/src",
    ):
        for path in (addon.folder / folder).rglob("*.xml"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= set(re.findall(r"""\b(?:id|t-name)=["']([\w.-]+)["']""", text))
    for path in addon.folder.rglob("*.csv"):
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= set(re.findall(r'^"?([\w.-]+)"?,', text, re.MULTILINE))
    for path in addon.folder.glob("*.xml"):
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= set(re.findall(r"""\bid=["']([\w.-]+)["']""", text))
    for path in (*addon.folder.rglob("*.py"), *addon.folder.glob("data/*.xml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= set(GIVEN_ID.findall(text))
    prefix = f"{addon.name}."
    return frozenset(name.removeprefix(prefix) for name in found)
