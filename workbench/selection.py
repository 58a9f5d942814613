"""What ``make test T=...`` names: an addon, a file, a class or a test."""

import dataclasses
import re
from pathlib import Path

from .addons import House
from .errors import WorkbenchError

#: Tests with their own cursors carry this tag instead of ``standard`` (README.md).
CONCURRENCY_TAG = "concurrency"
#: Names the upgrade from the version before.
UPGRADE = "upgrade"


@dataclasses.dataclass(frozen=True)
class AddonTests:
    """Tests of one addon.

    :ivar narrowed: appended to the addon in Odoo's own ``--test-tags``, or the file
    :ivar in_browser: its JavaScript unit tests instead of the Python ones
    """

    addon: str
    narrowed: str = ""
    file: str = ""
    in_browser: bool = False

    def tags(self) -> str:
        """Odoo's ``--test-tags``: the standard tests and those with own cursors."""
        if self.in_browser:
            return browser_unit_tags([self.addon])
        what = (self.file or f"/{self.addon}") + self.narrowed
        return f"{what},{CONCURRENCY_TAG}{what}"

    def title(self) -> str:
        suffix = " (JavaScript)" if self.in_browser else self.narrowed
        return (self.file or self.addon).lstrip("/") + suffix


@dataclasses.dataclass(frozen=True)
class PlainTests:
    """Tests of plain Python below ``tests/``: a folder, or one file of it."""

    folder: Path
    pattern: str = "test_*.py"

    def title(self) -> str:
        only = "" if self.pattern == "test_*.py" else f"/{self.pattern}"
        return f"{self.folder.parent.name}/{self.folder.name}{only}"


@dataclasses.dataclass(frozen=True)
class UpgradeTest:
    """The upgrade from the version before."""

    def title(self) -> str:
        return UPGRADE


Selected = AddonTests | PlainTests | UpgradeTest


def browser_unit_tags(addons: list[str]) -> str:
    names = ",".join(f"@{name}" for name in addons)
    return f"/web:WebSuite.test_unit_desktop[{names}]"


def plain_folders(clone: Path) -> list[PlainTests]:
    """Folders below ``tests/`` with tests of plain Python; addons are no such."""
    return [
        PlainTests(folder)
        for folder in sorted((clone / "tests").glob("*"))
        if any(folder.glob("test_*.py")) and not (folder / "__manifest__.py").exists()
    ]


def parse(text: str, house: House, clone: Path) -> list[Selected]:
    """Read ``T``: one or several of the forms below, separated by spaces.

    ``field_sales``, ``field_sales:TestPlan``, ``field_sales:TestPlan.test_level``,
    ``addons/field_sales``, ``addons/field_sales/tests/test_plan.py`` (with
    ``:TestPlan.test_level`` if wanted), ``addons/field_sales/static/tests``,
    ``tests/static``, ``tests/static/test_manifests.py``, ``upgrade``.

    :raises WorkbenchError: something named is not there
    """
    return [_parse_one(word, house, clone) for word in text.split()]


def _parse_one(word: str, house: House, clone: Path) -> Selected:
    if word == UPGRADE:
        return UpgradeTest()
    named, _colon, rest = word.partition(":")
    if rest and not re.fullmatch(r"\w+(\.\w+)?", rest):
        raise WorkbenchError(f"T={word}: after the colon comes Class or Class.method")
    narrowed = f":{rest}" if rest else ""
    if named in house.own:
        return _checked(AddonTests(named, narrowed), house, word)
    path = (clone / named).resolve()
    if not path.exists() or clone not in path.parents:
        raise WorkbenchError(
            f"T={word}: neither an addon nor a file or folder of this clone; "
            f"addons are {', '.join(sorted(house.own)) or 'none yet'}"
        )
    for addon in house.own.values():
        if path == addon.folder or addon.folder in path.parents:
            return _within_addon(path, addon.name, narrowed, house, word)
    for plain in plain_folders(clone):
        if path == plain.folder:
            return plain
        if path.parent == plain.folder and path.match("test_*.py"):
            return PlainTests(plain.folder, path.name)
    raise WorkbenchError(f"T={word}: there are no tests in it")


def _within_addon(
    path: Path, addon: str, narrowed: str, house: House, word: str
) -> AddonTests:
    folder = house.own[addon].folder
    relative = path.relative_to(folder)
    if relative.parts[:2] == ("static", "tests") and "tours" not in relative.parts:
        if not house.own[addon].has_browser_unit_tests():
            raise WorkbenchError(f"T={word}: {addon} has no static/tests/*.test.js")
        return AddonTests(addon, in_browser=True)
    if relative.match("tests/test_*.py"):
        return AddonTests(addon, narrowed, file=f"/{addon}/{relative}")
    if relative in (Path("."), Path("tests")):
        return _checked(AddonTests(addon, narrowed), house, word)
    raise WorkbenchError(
        f"T={word}: is no test file; name {addon}, or one of {addon}/tests/test_*.py"
    )


def _checked(selected: AddonTests, house: House, word: str) -> AddonTests:
    if not house.own[selected.addon].has_tests():
        raise WorkbenchError(f"T={word}: {selected.addon} has no tests/test_*.py")
    return selected
