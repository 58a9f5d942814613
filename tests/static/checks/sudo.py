"""`sudo()` is written with its reason, and what it returns is named so."""

import ast

from house import Addon, House, called_name, comments

SHORTEST_REASON = 2  # words


def check(house: House) -> list[str]:
    return [
        finding
        for addon in house.addons
        for path in addon.python_files()
        for finding in check_file(addon, path)
    ]


def check_file(addon: Addon, path) -> list[str]:
    if "sudo" not in path.read_text(encoding="utf-8"):
        return []
    remarks = comments(path)
    found = []
    for statement in statements(addon.tree(path)):
        for call in sudo_calls(statement):
            if not reason(remarks, statement, call):
                found.append(
                    f"{addon.place(path, call.lineno)}: sudo() without its reason "
                    "in a comment on the line or just above"
                )
        name = unmarked_target(statement)
        if name:
            found.append(
                f"{addon.place(path, statement.lineno)}: {name} holds a sudo() record: "
                f"name it {name}_sudo"
            )
    return found


def statements(tree: ast.Module) -> list[ast.stmt]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def sudo_calls(statement: ast.stmt) -> list[ast.Call]:
    """Calls in the statement itself, those of statements inside it left out."""
    found, todo = [], list(ast.iter_child_nodes(statement))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.stmt):
            continue
        if is_sudo(node):
            found.append(node)
        todo += ast.iter_child_nodes(node)
    return found


def is_sudo(node: ast.AST | None) -> bool:
    """Whether the expression raises rights; `sudo(False)`, and `sudo(self.env.su)`,
    give them back.
    """
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and called_name(node) == "sudo"
        and (not node.args or getattr(node.args[0], "value", None) is True)
    )


def reason(remarks: dict[int, str], statement: ast.stmt, call: ast.Call) -> bool:
    last = max(call.end_lineno or call.lineno, call.lineno)
    lines = range(statement.lineno - 1, last + 1)
    texts = [remarks[line].strip("# ") for line in lines if line in remarks]
    return any(len(text.split()) >= SHORTEST_REASON for text in texts)


def unmarked_target(statement: ast.stmt) -> str:
    if not isinstance(statement, ast.Assign) or not is_sudo(statement.value):
        return ""
    target = statement.targets[0]
    if isinstance(target, ast.Name) and not target.id.endswith("_sudo"):
        return target.id
    return ""
