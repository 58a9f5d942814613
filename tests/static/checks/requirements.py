"""A requirement that the code names is proven by a test that names it too."""

import ast
import re

from checks.habits import test_files
from house import House

NUMBER = re.compile(r"\b(?:F|SA|AS|FS|B)-\d{2}\b")


def check(house: House) -> list[str]:
    proven = {
        number
        for path in test_files(house.repo)
        for number in NUMBER.findall(path.read_text(encoding="utf-8"))
        if "static" not in path.relative_to(house.repo).parts
    }
    return [
        f"{place}: no test names {number}"
        for number, place in sorted(named_in_code(house).items())
        if number not in proven
    ]


def named_in_code(house: House) -> dict[str, str]:
    """Requirements in the docstrings of our addons, each with its first place."""
    found: dict[str, str] = {}
    for addon in house.product:
        for path in addon.python_files():
            for node in ast.walk(addon.tree(path)):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                    line = getattr(node, "lineno", 1)
                    for number in NUMBER.findall(ast.get_docstring(node) or ""):
                        found.setdefault(number, addon.place(path, line))
    return found
