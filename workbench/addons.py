"""What addons there are, what they need, and whether they have changed."""

import ast
import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from .errors import WorkbenchError
from .house import ADDONS_FOLDERS
from .paths import content_hash


@dataclasses.dataclass(frozen=True)
class Addon:
    """One addon as its manifest describes it."""

    name: str
    folder: Path
    version: str
    depends: tuple[str, ...]
    auto_install: bool
    application: bool

    def has_tests(self) -> bool:
        return any((self.folder / "tests").glob("test_*.py"))

    def has_browser_unit_tests(self) -> bool:
        return any((self.folder / "static/tests").rglob("*.test.js"))


def read(folder: Path) -> Addon:
    """Read the manifest of the addon in ``folder``.

    :raises WorkbenchError: the manifest is not a Python dictionary
    """
    path = folder / "__manifest__.py"
    try:
        manifest = ast.literal_eval(path.read_text(encoding="utf-8"))
        return Addon(
            name=folder.name,
            folder=folder,
            version=str(manifest.get("version") or ""),
            depends=tuple(manifest.get("depends") or ["base"]),
            auto_install=bool(manifest.get("auto_install")),
            application=bool(manifest.get("application")),
        )
    except (OSError, ValueError, SyntaxError, AttributeError, TypeError) as error:
        raise WorkbenchError(
            f"{path} cannot be read as a dictionary: {error}"
        ) from error


def in_folders(folders: Iterable[Path]) -> dict[str, Addon]:
    """Addons directly below ``folders``, by name."""
    return {
        addon.name: addon
        for folder in folders
        for addon in map(
            read, sorted(path.parent for path in folder.glob("*/__manifest__.py"))
        )
    }


class House:
    """Our addons in a clone, and the host's (Odoo's) that they stand on."""

    def __init__(self, clone: Path, host_folders: Iterable[Path]) -> None:
        self.folders = [clone / name for name in ADDONS_FOLDERS]
        self.product = in_folders([clone / "addons"])
        self.own = in_folders(self.folders)
        self.host_folders = list(host_folders)

    def addons_path(self) -> list[Path]:
        """Folders for Odoo's ``addons_path``; Odoo refuses one without addons."""
        own = [folder for folder in self.folders if in_folders([folder])]
        return [*self.host_folders, *own]

    def is_host(self, name: str) -> bool:
        return name == "base" or any(
            (folder / name / "__manifest__.py").exists() for folder in self.host_folders
        )

    def check_known(self, names: Iterable[str]) -> None:
        """Odoo itself only warns about an unknown module, and goes on.

        :raises WorkbenchError: an addon is neither ours nor Odoo's
        """
        unknown = sorted(
            name for name in names if name not in self.own and not self.is_host(name)
        )
        if unknown:
            raise WorkbenchError(
                f"unknown addon {', '.join(unknown)}: neither below addons/ or tests/ "
                f"nor one of Odoo's; ours are {', '.join(sorted(self.own)) or 'none'}"
            )

    def closure(self, names: Iterable[str]) -> set[str]:
        """Our addons among ``names``, and those of ours that they depend on.

        :raises WorkbenchError: one depends on an addon that does not exist
        """
        found: set[str] = set()
        todo = [name for name in names if name in self.own]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                self.check_known(self.own[name].depends)
                todo += [dep for dep in self.own[name].depends if dep in self.own]
        return found

    def host_modules(self, names: Iterable[str]) -> list[str]:
        """Odoo's own modules that our addons ``names`` stand on, sorted."""
        needed = {
            dependency
            for name in self.closure(names)
            for dependency in self.own[name].depends
            if dependency not in self.own
        }
        return sorted(needed) or ["base"]

    def alone(self) -> list[str]:
        """Addons of the product that are installed alone: all but the bridges."""
        return sorted(
            (name for name, addon in self.product.items() if not addon.auto_install),
            key=lambda name: (len(self.closure([name])), name),
        )

    def content_hash(self, names: Iterable[str]) -> str:
        """Changes whenever a file of one of our addons ``names`` changes."""
        hashes = {name: content_hash(self.own[name].folder) for name in sorted(names)}
        return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:12]
