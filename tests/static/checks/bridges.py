"""A bridge joins its two sides and nothing else."""

from house import Addon, House

#: Lines of Python, tests left out; more means that a side lacks a concept.
LONGEST = 300


def check(house: House) -> list[str]:
    return [
        f"{addon.name}: {finding}"
        for addon in house.addons
        if addon.is_bridge
        for finding in check_bridge(house, addon)
    ]


def check_bridge(house: House, addon: Addon) -> list[str]:
    found = []
    depends = addon.manifest.get("depends", [])
    if len(depends) != 2:
        found.append(f"depends on {len(depends)} addons, not on its two sides")
    if not any(name in house.by_name for name in depends):
        found.append("neither side is one of ours")
    if addon.manifest.get("application"):
        found.append("is an application")
    models = {record.model: record for record in addon.records}
    for model, word in (("ir.ui.menu", "menu"), ("ir.cron", "cron job")):
        if model in models:
            found.append(f"has a {word} ({models[model].where})")
    for model in addon.models:
        if "res.config.settings" in (model.name, *model.inherits):
            found.append(f"has settings ({model.path.name}:{model.line})")
        elif model.own:
            found.append(f"has a model of its own, {model.name}")
    lines = sum(
        len(path.read_text(encoding="utf-8").splitlines())
        for path in addon.python_files()
    )
    if lines > LONGEST:
        found.append(f"has {lines} lines of Python, more than {LONGEST}")
    return found
