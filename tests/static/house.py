"""Reads our addons from disk, for the static checks: manifests, XML, CSV, Python.

Nothing here needs a database. `Addon` keeps what it has read; the checks in `checks/`
only look, and return findings as lines `addon/file:line: what is wrong`.
"""

import ast
import csv
import functools
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

REPO = Path(__file__).resolve().parents[2]
#: Tags of a data file that define a record, and the model they define it in.
SHORTCUTS = {
    "menuitem": "ir.ui.menu",
    "template": "ir.ui.view",
    "asset": "ir.asset",
}
PYTHON_FOLDERS = ("models", "wizard", "report", "controllers", "tools")


@dataclass
class Record:
    """One record of a data file.

    :param local_id: external id without the addon, when it is one of the addon's own
    :param foreign: addon of the external id when it is another one
    """

    local_id: str
    foreign: str
    model: str
    node: etree._Element
    path: Path
    demo: bool

    @property
    def where(self) -> str:
        return f"{self.path.name}:{self.node.sourceline}"

    def text(self, name: str) -> str:
        """Text of the field ``name``, or nothing."""
        return (self.node.findtext(f"field[@name='{name}']") or "").strip()

    def ref(self, name: str) -> str:
        """Reference of the field ``name``, or nothing."""
        return next(
            (n.get("ref") or "" for n in self.node.findall(f"field[@name='{name}']")),
            "",
        )

    def has(self, name: str) -> bool:
        return self.node.find(f"field[@name='{name}']") is not None


@dataclass
class Model:
    """A class of our Python that is an Odoo model."""

    name: str
    kind: str  # Model, TransientModel, AbstractModel
    inherits: list[str]
    fields: set[str]
    path: Path
    line: int
    own: bool  # defines a model of its own rather than extending one
    node: ast.ClassDef = field(repr=False)


def literal(node: ast.AST | None):
    """Value of a literal expression, None for any other."""
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def called_name(call: ast.Call) -> str:
    """Last part of the name that is called: `sudo` for `a.b.sudo()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


@dataclass
class Addon:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def for_tests(self) -> bool:
        """Whether the addon only serves the tests (the suite addon)."""
        return self.folder.parent.name == "tests"

    def place(self, path: Path, line: int | None = None) -> str:
        shown = f"{self.name}/{path.relative_to(self.folder)}"
        return f"{shown}:{line}" if line else shown

    @cached_property
    def manifest(self) -> dict:
        text = (self.folder / "__manifest__.py").read_text(encoding="utf-8")
        return ast.literal_eval(text)

    @property
    def is_bridge(self) -> bool:
        return bool(self.manifest.get("auto_install")) and not self.for_tests

    # Data files ------------------------------------------------------------

    def data_files(self, *suffixes: str) -> Iterator[tuple[Path, bool]]:
        """Existing files that the manifest names, and whether they are demo."""
        for key in ("data", "demo"):
            for name in self.manifest.get(key, []):
                path = self.folder / name
                if path.suffix in suffixes and path.exists():
                    yield path, key == "demo"

    @cached_property
    def trees(self) -> list[tuple[Path, bool, etree._ElementTree]]:
        return [(p, d, etree.parse(str(p))) for p, d in self.data_files(".xml")]

    @cached_property
    def records(self) -> list[Record]:
        found = []
        for path, demo, tree in self.trees:
            for node in tree.iter("record", *SHORTCUTS):
                identifier = node.get("id")
                parent = node.getparent()
                if not identifier or parent is None:
                    continue
                if parent.tag not in ("odoo", "data", "menuitem"):
                    continue
                model = SHORTCUTS.get(node.tag) or node.get("model", "")
                foreign, _dot, local = identifier.rpartition(".")
                foreign = "" if foreign == self.name else foreign
                found.append(Record(local, foreign, model, node, path, demo))
        return found

    @cached_property
    def tables(self) -> list[tuple[Path, bool, list[dict[str, str]]]]:
        """CSV data files as lists of rows."""
        return [
            (p, d, list(csv.DictReader(io.StringIO(p.read_text(encoding="utf-8")))))
            for p, d in self.data_files(".csv")
        ]

    @cached_property
    def own_ids(self) -> set[str]:
        """External ids that the addon's data files define, without its name."""
        found = {record.local_id for record in self.records if not record.foreign}
        for _path, _demo, rows in self.tables:
            found |= {
                (row.get("id") or "").removeprefix(f"{self.name}.") for row in rows
            }
        for model in self.models:
            found.add("model_" + model.name.replace(".", "_"))
        return found

    # Python ----------------------------------------------------------------

    def python_files(self, *folders: str) -> list[Path]:
        """Python files below ``folders``, or all of the addon's but its tests."""
        if folders:
            found = [p for name in folders for p in (self.folder / name).rglob("*.py")]
        else:
            found = [
                path
                for path in self.folder.rglob("*.py")
                if path.relative_to(self.folder).parts[0] != "tests"
                and path.name != "__manifest__.py"
            ]
        return sorted(found)

    @functools.cache  # noqa: B019 - addons live as long as the run
    def tree(self, path: Path) -> ast.Module:
        return ast.parse(path.read_bytes(), str(path))

    @cached_property
    def models(self) -> list[Model]:
        found = []
        for path in self.python_files():
            for node in ast.walk(self.tree(path)):
                if isinstance(node, ast.ClassDef):
                    model = read_model(node, path)
                    if model:
                        found.append(model)
        return found

    def __hash__(self) -> int:
        return hash(self.folder)


def read_model(node: ast.ClassDef, path: Path) -> Model | None:
    """The Odoo model that a class is, if it is one."""
    kinds = {"Model", "TransientModel", "AbstractModel"}
    bases = {base.attr for base in node.bases if isinstance(base, ast.Attribute)}
    bases |= {base.id for base in node.bases if isinstance(base, ast.Name)}
    if not bases & kinds:
        return None
    values, fields = {}, set()
    for statement in node.body:
        if not isinstance(statement, ast.Assign):
            continue
        target = statement.targets[0]
        if not isinstance(target, ast.Name):
            continue
        values[target.id] = literal(statement.value)
        if is_field(statement.value):
            fields.add(target.id)
    inherits = values.get("_inherit") or []
    inherits = [inherits] if isinstance(inherits, str) else list(inherits)
    name = values.get("_name") or (inherits[0] if inherits else "")
    own = bool(values.get("_name")) and values["_name"] not in inherits
    kind = next(iter(bases & kinds))
    return Model(name, kind, inherits, fields, path, node.lineno, own, node)


def is_field(value: ast.AST) -> bool:
    """Whether an expression is `fields.Something(...)`."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and isinstance(value.func.value, ast.Name)
        and value.func.value.id == "fields"
    )


def comments(path: Path) -> dict[int, str]:
    """Comments of a Python file by line."""
    with tokenize.open(path) as source:
        return {
            token.start[0]: token.string
            for token in tokenize.generate_tokens(source.readline)
            if token.type == tokenize.COMMENT
        }


@dataclass
class House:
    """All of our addons, and what is known of the host's."""

    repo: Path
    host_folders: list[Path] = field(default_factory=list)

    @cached_property
    def addons(self) -> list[Addon]:
        return [
            Addon(manifest.parent)
            for folder in ("addons", "tests")
            for manifest in sorted((self.repo / folder).glob("*/__manifest__.py"))
        ]

    @cached_property
    def by_name(self) -> dict[str, Addon]:
        return {addon.name: addon for addon in self.addons}

    @cached_property
    def product(self) -> list[Addon]:
        """Addons that are delivered, without the suite addon of the tests."""
        return [addon for addon in self.addons if not addon.for_tests]

    @functools.cache  # noqa: B019 - one house a run
    def host(self, name: str) -> Addon | None:
        """One of Odoo's own addons."""
        for folder in self.host_folders:
            if (folder / name / "__manifest__.py").exists():
                return Addon(folder / name)
        return None

    def find(self, name: str) -> Addon | None:
        return self.by_name.get(name) or self.host(name)

    @functools.cache  # noqa: B019
    def closure(self, name: str) -> frozenset[str]:
        """The addon and everything it depends on."""
        addon = self.find(name)
        found = {name, "base"}
        for dependency in addon.manifest.get("depends", []) if addon else []:
            found |= self.closure(dependency)
        return frozenset(found)

    def fields_of(self, model: Model) -> set[str]:
        """Fields of a model of ours, with those of the mixins of ours."""
        mixins = {
            other.name: other
            for addon in self.addons
            for other in addon.models
            if other.own and other.kind == "AbstractModel"
        }
        found, todo = set(model.fields), list(model.inherits)
        seen = set()
        while todo:
            name = todo.pop()
            if name in mixins and name not in seen:
                seen.add(name)
                found |= mixins[name].fields
                todo += mixins[name].inherits
        return found

    def __hash__(self) -> int:
        return hash(self.repo)


def host_folders() -> list[Path]:
    """Folders of Odoo's own addons, from the Odoo on Python's path.

    :raises RuntimeError: there is none
    """
    try:
        import odoo
    except ImportError as error:
        raise RuntimeError(
            "Odoo is not on Python's path: the static checks run through `make test`"
        ) from error
    folders = [Path(path) / "addons" for path in odoo.__path__]
    # A source checkout keeps most addons beside the package.
    folders += [Path(path).parent / "addons" for path in odoo.__path__]
    return [folder for folder in folders if folder.is_dir()]


@functools.cache
def our_house() -> House:
    return House(REPO, host_folders())
