"""No test is skipped, and none measures time."""

import ast
from pathlib import Path

from house import House, called_name

SKIPS = {"skip", "skipIf", "skipUnless", "skipTest", "SkipTest", "expectedFailure"}
CLOCKS = {"perf_counter", "monotonic", "process_time", "perf_counter_ns", "time_ns"}


def check(house: House) -> list[str]:
    return [
        f"{path.relative_to(house.repo)}:{finding}"
        for path in test_files(house.repo)
        for finding in check_file(path)
    ]


def test_files(repo: Path) -> list[Path]:
    found = [
        *(repo / "addons").glob("*/tests/**/*.py"),
        *(repo / "tests").rglob("*.py"),
    ]
    return sorted(path for path in found if "node_modules" not in path.parts)


def check_file(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        name = name_of(node)
        if name in SKIPS:
            found.append(f"{node.lineno}: {name}: a test that cannot run has failed")
        elif isinstance(node, ast.Call) and is_clock(node):
            found.append(
                f"{node.lineno}: reads a clock: time is measured by make bench"
            )
    return found


def name_of(node: ast.AST) -> str:
    """Name of a skip in any form: decorator, call or exception."""
    if isinstance(node, ast.Attribute) and is_unittest(node.value):
        return node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
        return node.exc.id
    return ""


def is_unittest(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("unittest", "self", "cls")


def is_clock(call: ast.Call) -> bool:
    if called_name(call) in CLOCKS:
        return True
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "time"
        and isinstance(function.value, ast.Name)
        and function.value.id == "time"
    )
