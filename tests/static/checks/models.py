"""Models are named after their addon, and files after their model."""

from house import Addon, House, Model


def check(house: House) -> list[str]:
    return [
        f"{addon.place(model.path, model.line)}: {finding}"
        for addon in house.product
        for model in addon.models
        if not model.name.startswith("report.")  # so named by Odoo
        for finding in check_model(addon, model)
    ]


def prefix(addon: Addon) -> str:
    """First words of the addon's own models; those of the base are the house's."""
    return addon.name.removesuffix("_base").replace("_", ".") + "."


def check_model(addon: Addon, model: Model) -> list[str]:
    found = []
    if model.own and not model.name.startswith(prefix(addon)):
        found.append(f"{model.name} does not begin with {prefix(addon)}")
    if model.own and "wizard" in model.name:
        found.append(f"{model.name}: a transient model is named <model>.<verb>")
    if not is_at_home(addon, model):
        found.append(f"{model.name} belongs in {model.name.replace('.', '_')}.py")
    if model.own and not has_description(model):
        found.append(f"{model.name} has no _description")
    folder = model.path.parent.name
    if model.own and model.kind == "TransientModel" and folder != "wizard":
        found.append(f"{model.name} is transient: it belongs in wizard/")
    return found


def is_at_home(addon: Addon, model: Model) -> bool:
    """Whether the file is the model's: `res_partner.py`, or `res_partner_card.py` for
    one topic of it. A mixin or a wizard's line may stand beside what it serves.
    """
    own_stem = model.name.replace(".", "_")
    if model.path.stem == own_stem or model.path.stem.startswith(f"{own_stem}_"):
        return True
    stems = {m.name.replace(".", "_") for m in addon.models if m.path == model.path}
    return model.kind != "Model" and model.path.stem in stems


def has_description(model: Model) -> bool:
    names = (getattr(n, "targets", [None])[0] for n in model.node.body)
    return any(getattr(name, "id", "") == "_description" for name in names)
