"""Read specifications as the web client derives them from a view.

Follows ``getFieldsSpec`` of the web client: every field of the arch is read; a many2one
also reads its display name unless it is always invisible; an x2many reads the fields of
its inner view, or those that its widget asks for.
"""

import ast

from lxml import etree

X2MANY_WIDGETS = {
    "many2many_tags": ("display_name",),
    "many2many_tags_avatar": ("display_name",),
    "many2many_avatar_user": ("display_name",),
    "many2many_checkboxes": ("display_name",),
    "many2many_binary": ("name", "mimetype"),
}
ACTIVITY_FIELDS = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
#: fields that a widget reads besides its own
DEPENDENCIES = {"list_activity": ACTIVITY_FIELDS, "kanban_activity": ACTIVITY_FIELDS}
INNER_VIEWS = ("list", "kanban", "form")
ALWAYS = ("1", "True", "true")


def specification(env, model, view_type, view=False):
    """What the client reads for a view.

    :param str view: external id; default: the one the client would get
    :returns: (specification, arch)
    """
    view_id = env.ref(view).id if view else False
    result = env[model].get_views([(view_id, view_type)])
    arch = etree.fromstring(result["views"][view_type]["arch"])
    spec = _of_arch(env, model, arch)
    if view_type == "form":
        spec.setdefault("display_name", {})
    return spec, arch


def default_order(arch):
    """The order a list asks for, or None for the model's own."""
    if arch.get("default_order"):
        return arch.get("default_order")
    for node in _direct_fields(arch):
        if node.get("widget") == "handle":
            return f"{node.get('name')} ASC, id ASC"
    return None


def progress_bar(arch):
    """The argument of ``read_progress_bar``, or None."""
    node = next(arch.iter("progressbar"), None)
    if node is None:
        return None
    return {
        "field": node.get("field"),
        "colors": ast.literal_eval(node.get("colors") or "{}"),
    }


def _direct_fields(node):
    """<field> nodes of this view, not those of views nested in a field."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag == "groupby":
            continue
        if child.tag == "field":
            yield child
        else:
            yield from _direct_fields(child)


def _of_arch(env, model, arch):
    fields, spec = env[model]._fields, {}
    for node in _direct_fields(arch):
        field = fields.get(node.get("name"))
        if field is None:
            continue
        entry = spec.setdefault(field.name, {})
        is_hidden = (
            node.get("invisible") in ALWAYS or node.get("column_invisible") in ALWAYS
        )
        if field.type in ("many2one", "reference"):
            entry.setdefault("fields", {})
            if not is_hidden:
                entry["fields"]["display_name"] = {}
        elif field.type in ("one2many", "many2many") and not is_hidden:
            entry.update(_of_x2many(env, field, node))
        for extra in DEPENDENCIES.get(node.get("widget"), ()):
            if extra in fields:
                named = fields[extra].type == "many2one"
                spec.setdefault(
                    extra, {"fields": {"display_name": {}}} if named else {}
                )
    return spec


def _of_x2many(env, field, node):
    inner = next((child for child in node if child.tag in INNER_VIEWS), None)
    if inner is not None:
        return {
            "fields": _of_arch(env, field.comodel_name, inner),
            "limit": int(inner.get("limit") or 40),
        }
    names = X2MANY_WIDGETS.get(node.get("widget"), ())
    options = ast.literal_eval(node.get("options") or "{}")
    if names and options.get("color_field"):
        names += (options["color_field"],)
    return {"fields": {name: {} for name in names}} if names else {}
