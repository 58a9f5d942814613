"""An addon imports, and refers to, only what it depends on."""

import ast

from house import House


def check(house: House) -> list[str]:
    """No app knows another one: not even in Python, not even in its tests."""
    found = []
    for addon in house.addons:
        allowed = house.closure(addon.name)
        found += [
            f"{addon.name}/__manifest__.py: depends on {name}, which does not exist"
            for name in addon.manifest.get("depends", [])
            if not house.find(name)
        ]
        for path in sorted(addon.folder.rglob("*.py")):
            for node in ast.walk(addon.tree(path)):
                for name in imported_addons(node):
                    if name not in allowed:
                        found.append(
                            f"{addon.place(path, node.lineno)}: imports {name}, "
                            "which the addon does not depend on"
                        )
    return found


def imported_addons(node: ast.AST) -> list[str]:
    """Addons that an import statement reaches into."""
    modules: list[str] = []
    if isinstance(node, ast.ImportFrom) and not node.level:
        if node.module == "odoo.addons":
            return [alias.name for alias in node.names]
        modules = [node.module or ""]
    elif isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    return [m.split(".")[2] for m in modules if m.startswith("odoo.addons.")]
