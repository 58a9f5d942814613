"""Every model has access rows; models that hold someone's data have record rules."""

from house import Addon, House, Model

#: Fields that say whose a record is.
OWNER_FIELDS = {"company_id", "user_id"}


def check(house: House) -> list[str]:
    return [
        finding
        for addon in house.addons
        for finding in (*check_rows(house, addon), *check_rules(house, addon))
    ]


def local_model_id(name: str) -> str:
    return "model_" + name.replace(".", "_")


def own_models(addon: Addon) -> list[Model]:
    return [m for m in addon.models if m.own and m.kind != "AbstractModel"]


def check_rows(house: House, addon: Addon) -> list[str]:
    rows = [
        row
        for path, _demo, table in addon.tables
        if path.name == "ir.model.access.csv"
        for row in table
    ]
    named = {(row.get("model_id:id") or "").rpartition(".")[2] for row in rows}
    found = [
        f"{addon.place(model.path, model.line)}: {model.name} has no access row"
        for model in own_models(addon)
        if local_model_id(model.name) not in named
    ]
    found += [
        f"{addon.name}/security/ir.model.access.csv: {row.get('id')} names no group: "
        "everybody would have this right"
        for row in rows
        if not row.get("group_id:id")
    ]
    return found


def check_rules(house: House, addon: Addon) -> list[str]:
    ruled = {
        record.ref("model_id").rpartition(".")[2]
        for other in house.addons
        for record in other.records
        if record.model == "ir.rule"
    }
    found = []
    for model in own_models(addon):
        if model.kind == "TransientModel":  # Odoo shows them to their creator only
            continue
        owners = sorted(OWNER_FIELDS & house.fields_of(model))
        if owners and local_model_id(model.name) not in ruled:
            found.append(
                f"{addon.place(model.path, model.line)}: {model.name} has "
                f"{' and '.join(owners)} but no record rule"
            )
    return found
