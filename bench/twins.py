"""Bare twins: for each measured model one with the same columns and indexes, and
nothing else. What ours costs above its twin is what our code, rules and computed fields
cost; the twin itself is the ORM's own price for as many columns.

Twins exist in this process and in the benchmark's database only; no addon holds them.
"""

import hashlib
import re

from . import raw
from .database import environment, vacuum

#: field types whose twin needs nothing but its name
PLAIN_TYPES = ("char", "text", "integer", "float", "date", "datetime", "boolean")


def name_of(model):
    return f"bench.twin.{model}"


def register(registry, shown):
    """Make the twins known to the registry and fill them from the originals.

    :param dict shown: {model: names of the x2many fields its form shows}
    """
    from odoo.orm.model_classes import add_to_registry

    with environment(registry, commit=True) as env:
        inverses = _find_inverses(env, shown)
        models = list(dict.fromkeys([*shown, *inverses]))
        for model in models:
            x2many = shown.get(model, ())
            definition = _define(env, model, x2many, inverses.get(model, {}))
            add_to_registry(registry, definition)
        names = [name_of(model) for model in models]
        registry._setup_models__(env.cr, names)
        registry.init_models(env.cr, names, {"module": "base"})
        _grant(env, names)
        for model in models:
            _fill(env, model)
    vacuum(registry, [registry[name]._table for name in names])
    registry.clear_cache()


def _find_inverses(env, shown):
    """{line model: {its many2one: parent model}} of the lines that forms show."""
    inverses = {}
    for model, names in shown.items():
        for name in names:
            field = env[model]._fields[name]
            if field.type == "one2many":
                lines = inverses.setdefault(field.comodel_name, {})
                lines[field.inverse_name] = model
    return inverses


def _define(env, model, x2many, inverses):
    """The class of a twin.

    :param x2many: names of the x2many fields it shows
    :param dict inverses: {many2one: parent model} that lead to a parent's twin
    """
    from odoo import fields, models

    own = env[model]
    attributes = {
        "_name": name_of(model),
        "_table": _table_of(own),
        "_description": f"Twin of {model}",
        "_module": "base",
        "__module__": __name__,
    }
    for name, field in own._fields.items():
        if name in models.MAGIC_COLUMNS:
            continue
        if name in inverses:
            attributes[name] = fields.Many2one(name_of(inverses[name]))
        elif raw.is_column(own, name):
            attributes[name] = _copy(env, own, field)
        elif name in x2many:
            attributes[name] = _copy_x2many(field)
    if all(part.split()[0] in ("id", *attributes) for part in own._order.split(",")):
        attributes["_order"] = own._order
    if own._rec_name in attributes:
        attributes["_rec_name"] = own._rec_name
    return type(models.Model)("BenchTwin", (models.Model,), attributes)


def _table_of(model):
    """Table names end at 63 characters, with room for those of indexes."""
    return f"bench_twin_{model._table}"[:50]


def _copy(env, model, field):
    from odoo import fields

    if field.company_dependent or field.type in ("json", "properties"):
        return fields.Json()
    if field.type == "char" and field.translate:
        return fields.Char(translate=True)
    if field.type in PLAIN_TYPES:
        return getattr(fields, field.type.capitalize())()
    if field.type == "many2one":
        return fields.Many2one(field.comodel_name)
    if field.type == "selection":
        return fields.Selection(field._description_selection(env))
    if field.type == "monetary":
        currency = field.get_currency_field(model)
        if raw.is_column(model, currency):
            return fields.Monetary(currency_field=currency)
        return fields.Float()
    if field.type == "binary":
        return fields.Binary(attachment=False)
    if field.type == "many2one_reference":
        return fields.Integer()
    return fields.Text()  # html without its cleaning, reference


def _copy_x2many(field):
    from odoo import fields

    if field.type == "one2many":
        return fields.One2many(name_of(field.comodel_name), field.inverse_name)
    digest = hashlib.sha256(str(field).encode()).hexdigest()[:8]
    return fields.Many2many(
        field.comodel_name, f"bench_twin_rel_{digest}", "twin_id", "other_id"
    )


def _grant(env, names):
    Access = env["ir.model.access"]
    for name in names:
        model_id = env["ir.model"]._get_id(name)
        if not Access.search_count([("model_id", "=", model_id)]):
            verbs = dict.fromkeys(
                ("perm_read", "perm_write", "perm_create", "perm_unlink"), True
            )
            group = env.ref("base.group_user").id
            Access.create(
                {"name": name, "model_id": model_id, "group_id": group, **verbs}
            )


def _fill(env, model):
    """The original's rows with their ids, then its indexes."""
    source, table = env[model]._table, env[name_of(model)]._table
    cr = env.cr
    cr.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
    if cr.fetchone()[0]:
        return
    there = raw.columns_of(cr, source)
    names = [f'"{name}"' for name in raw.columns_of(cr, table) if name in there]
    listed = ", ".join(names)
    cr.execute(f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM "{source}"')
    cr.execute(
        f"SELECT setval(pg_get_serial_sequence(%s, 'id'),"
        f' (SELECT coalesce(max(id), 1) FROM "{table}"))',
        (table,),
    )
    cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (source,))
    for number, (text,) in enumerate(cr.fetchall()):
        if "(id)" not in text:
            tail = re.sub(r"^.*? USING ", " USING ", text)
            name = f"{table}_{number}_idx"
            cr.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}"{tail}')
