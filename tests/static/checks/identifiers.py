"""External ids follow the naming of the house, and none is defined twice."""

import re
from collections import Counter

from house import Addon, House, Record

VIEW_TYPES = (
    "form list kanban search pivot graph calendar activity hierarchy qweb".split()
)
#: Ids that begin alike whatever they are about.
PREFIXES = {
    "ir.cron": "ir_cron_",
    "mail.template": "mail_template_",
    "mail.activity.type": "mail_act_",
    "mail.message.subtype": "mt_",
}
#: Rules say who may see the records.
RULE_WHO = re.compile(r"_rule_[a-z][a-z0-9_]*$")


def check(house: House) -> list[str]:
    return [
        f"{addon.name}/{finding}"
        for addon in house.addons
        for finding in (*check_names(addon), *check_twice(addon))
    ]


def check_twice(addon: Addon) -> list[str]:
    """A second definition silently replaces the first."""
    defined = [
        (record.foreign, record.local_id, record.model) for record in addon.records
    ]
    return [
        f"{(foreign or addon.name)}.{local}: defined {count} times"
        for (foreign, local, _model), count in Counter(defined).items()
        if count > 1
    ]


def check_names(addon: Addon) -> list[str]:
    found = []
    for record in addon.records:
        if record.foreign:
            continue
        wanted = expected(addon, record)
        if wanted:
            found.append(f"{record.where}: {record.local_id} should be {wanted}")
        if record.demo and not record.local_id.endswith("_demo"):
            found.append(f"{record.where}: {record.local_id} is demo: end it in _demo")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", record.local_id):
            found.append(f"{record.where}: {record.local_id} is not lower_snake_case")
    return found


def expected(addon: Addon, record: Record) -> str:
    """How the id should look, or nothing when it does."""
    model, name = record.model, record.local_id
    if model == "ir.ui.view" and record.node.tag == "record":
        return expected_view(addon, record)
    if model == "ir.actions.act_window":
        subject = underscored(record.text("res_model"))
        pattern = rf"{re.escape(subject)}_action(_[a-z0-9_]+)?"
        return "" if re.fullmatch(pattern, name) else f"{subject}_action[_detail]"
    if model.startswith("ir.actions."):
        return "" if re.search(r"action|report", name) else "<model>_action[_detail]"
    if model == "ir.ui.menu":
        return "" if re.search(r"_menu(_|$)", name) else "<model>_menu"
    if model == "res.groups":
        start = f"group_{addon.name}_"
        return "" if name.startswith(start) else f"{start}<role>"
    if model == "ir.rule":
        return "" if RULE_WHO.search(name) else "<model>_rule_<who>"
    start = PREFIXES.get(model, "")
    return "" if name.startswith(start) or record.demo else f"{start}<what>"


def underscored(model: str) -> str:
    return model.replace(".", "_")


def expected_view(addon: Addon, record: Record) -> str:
    name = record.local_id
    parent = record.ref("inherit_id")
    if parent and record.text("mode") != "primary":
        local = parent.rpartition(".")[2]
        if name != local and not name.startswith(f"{local}_"):
            return f"{local}, the id of the view it inherits"
        title = record.text("name")
        if not title.endswith(f".inherit.{addon.name}"):
            return f"with a name ending in .inherit.{addon.name}, not {title!r}"
        return ""
    model = underscored(record.text("model"))
    if not model:  # a QWeb view
        return ""
    types = "|".join(VIEW_TYPES)
    pattern = rf"{re.escape(model)}_view_({types})(_[a-z0-9_]+)?"
    return "" if re.fullmatch(pattern, name) else f"{model}_view_<type>"
