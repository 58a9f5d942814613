"""No Python file lies there without being loaded."""

import ast
from pathlib import Path

from house import Addon, House

#: Folders whose files Odoo sees only through the imports of `__init__`.
LOADED = ("models", "wizard", "report", "controllers")
HOOKS = ("pre_init_hook", "post_init_hook", "uninstall_hook", "post_load")


def check(house: House) -> list[str]:
    return [
        finding
        for addon in house.addons
        for finding in (
            *check_packages(addon),
            *check_tools(addon),
            *check_tests(addon),
            *check_hooks(addon),
        )
    ]


def imported(addon: Addon, init: Path) -> list[str]:
    """Names that `from . import ...` brings into a package."""
    if not init.exists():
        return []
    return [
        alias.name if not node.module else node.module.split(".")[0]
        for node in ast.walk(addon.tree(init))
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    ]


def siblings(folder: Path) -> list[str]:
    """Modules and packages directly in ``folder``."""
    return sorted(
        [p.stem for p in folder.glob("*.py") if p.name != "__init__.py"]
        + [p.parent.name for p in folder.glob("*/__init__.py")]
    )


def check_packages(addon: Addon) -> list[str]:
    top = imported(addon, addon.folder / "__init__.py")
    found = []
    for name in LOADED:
        folder = addon.folder / name
        if not folder.is_dir() or not siblings(folder):
            continue
        if name not in top:
            found.append(f"{addon.name}/__init__.py: {name} is not imported")
        names = imported(addon, folder / "__init__.py")
        found += [
            f"{addon.name}/{name}/{module}.py is not imported in {name}/__init__.py"
            for module in siblings(folder)
            if module not in names
        ]
    return found


def check_tools(addon: Addon) -> list[str]:
    """A tool is used by something, if only by a test of the addon."""
    modules = siblings(addon.folder / "tools")
    if not modules:
        return []
    names = set()
    for path in sorted(addon.folder.rglob("*.py")):
        for node in ast.walk(addon.tree(path)):
            if isinstance(node, ast.ImportFrom):
                names |= set((node.module or "").split("."))
                names |= {alias.name for alias in node.names}
    return [
        f"{addon.name}/tools/{module}.py is not imported anywhere"
        for module in modules
        if module not in names
    ]


def check_tests(addon: Addon) -> list[str]:
    folder = addon.folder / "tests"
    names = imported(addon, folder / "__init__.py")
    return [
        f"{addon.name}/tests/{path.name} is not imported in tests/__init__.py"
        for path in sorted(folder.glob("test_*.py"))
        if path.stem not in names
    ]


def check_hooks(addon: Addon) -> list[str]:
    init = addon.folder / "__init__.py"
    defined = {
        alias.asname or alias.name
        for node in ast.walk(addon.tree(init))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    } | {n.name for n in addon.tree(init).body if isinstance(n, ast.FunctionDef)}
    return [
        f"{addon.name}/__manifest__.py: {key} {hook} is not in __init__.py"
        for key in HOOKS
        if (hook := addon.manifest.get(key)) and hook not in defined
    ]
