"""What uninstalling leaves behind, and what of the host it takes along (F-03).

Two databases are compared: one that never had the addons, and its copy in which they
were installed and uninstalled again. The database may have nothing more than before,
and every record of the host must be there with the same values.
"""

import dataclasses
import json
from collections.abc import Mapping

from .database import Databases

#: Named things of a database; each query gives their names.
KINDS: Mapping[str, str] = {
    "table or view": """
        SELECT table_name FROM information_schema.tables
         WHERE table_schema = 'public'""",
    "column": """
        SELECT table_name || '.' || column_name FROM information_schema.columns
         WHERE table_schema = 'public'""",
    "index": """
        SELECT tablename || '.' || indexname FROM pg_indexes
         WHERE schemaname = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "sequence": """
        SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
           AND sequencename !~ '^ir_sequence_[0-9]'""",
    "function": """
        SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace""",
    # Odoo forgets its own notes about selection values and inheritance of a model that
    # goes: with every module that uses a mixin. They point to nothing. And it may have
    # met an addon since: known is not installed.
    "external id": """
        SELECT module || '.' || name FROM ir_model_data d
         WHERE model <> 'ir.module.module'
           AND NOT (model = 'ir.model.fields.selection' AND NOT EXISTS (
                    SELECT FROM ir_model_fields_selection s WHERE s.id = d.res_id))
           AND NOT (model = 'ir.model.inherit' AND NOT EXISTS (
                    SELECT FROM ir_model_inherit i WHERE i.id = d.res_id))""",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "selection value": """
        SELECT f.model || '.' || f.name || '=' || s.value
          FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id
    """,
    "screen view": "SELECT model || ' ' || name FROM ir_ui_view",
    "menu": """
        SELECT COALESCE(p.name ->> 'en_US', '') || '/' || (m.name ->> 'en_US')
          FROM ir_ui_menu m LEFT JOIN ir_ui_menu p ON p.id = m.parent_id""",
    "action": "SELECT type || ' ' || (name ->> 'en_US') FROM ir_actions",
    "scheduled job": "SELECT cron_name FROM ir_cron",
    "parameter": "SELECT key FROM ir_config_parameter",
    "access right": "SELECT name FROM ir_model_access",
    "record rule": "SELECT name FROM ir_rule",
    "group": "SELECT name ->> 'en_US' FROM res_groups",
    "privilege": "SELECT name ->> 'en_US' FROM res_groups_privilege",
    "numbering": "SELECT name || ' ' || COALESCE(code, '') FROM ir_sequence",
    "asset": "SELECT name || ' ' || path FROM ir_asset",
    "default": """
        SELECT f.model || '.' || f.name FROM ir_default d
          JOIN ir_model_fields f ON f.id = d.field_id""",
}

#: Tables whose rows the host itself changes from one start to the next.
RESTLESS = (
    "base_registry_signaling",
    "bus_bus",
    "bus_presence",
    "ir_attachment",  # bundles of assets
    "ir_cron",  # when it ran last
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "ir_module_module",  # our addons are known and not installed
    "ir_module_module_dependency",
    "ir_sequence",  # numbers that were taken stay taken
    "mail_presence",
    "res_users_log",
)
#: So many problems are told in detail.
MANY = 40
#: Columns that say when and by whom a row was written, not what it holds.
STAMPS = ("write_date", "write_uid", "create_date", "create_uid")


@dataclasses.dataclass(frozen=True)
class Snapshot:
    """A database as far as it is compared.

    :ivar names: {kind: names}
    :ivar rows: {table: {id: hash of the row}}
    """

    names: Mapping[str, frozenset[str]]
    rows: Mapping[str, Mapping[str, str]]


def take(
    databases: Databases, database: str, columns_as_in: str | None = None
) -> Snapshot:
    """Describe ``database``; rows by the columns that ``columns_as_in`` has."""
    task = {
        "database": database,
        "columns_as_in": columns_as_in or database,
        "kinds": dict(KINDS),
        "restless": RESTLESS,
        "stamps": STAMPS,
    }
    answer = databases.ask("snapshot_client.py", task)
    return Snapshot(
        names={kind: frozenset(names) for kind, names in answer["names"].items()},
        rows=answer["rows"],
    )


def compare(before: Snapshot, after: Snapshot) -> list[str]:
    """What was left behind and what was lost, one line each; empty if all is well."""
    problems = []
    for kind in sorted(before.names):
        left = after.names[kind] - before.names[kind]
        lost = before.names[kind] - after.names[kind]
        problems += [f"{kind} left behind: {name}" for name in sorted(left)]
        problems += [f"{kind} of the host lost: {name}" for name in sorted(lost)]
    for table in sorted(before.rows):
        now = after.rows.get(table, {})
        for key, content in before.rows[table].items():
            if key not in now:
                problems.append(f"record of the host lost: {table} {key}")
            elif now[key] != content:
                problems.append(f"record of the host changed: {table} {key}")
    return problems


def found(databases: Databases, clean: str, database: str) -> list[str]:
    """What differs between ``database`` and ``clean``, which never had the addons."""
    problems = compare(
        take(databases, clean), take(databases, database, columns_as_in=clean)
    )
    return [
        changed_columns(databases, clean, database, problem)
        if number < MANY
        else problem
        for number, problem in enumerate(problems)
    ]


def changed_columns(databases: Databases, before: str, after: str, problem: str) -> str:
    """Complete a "record changed" line with the columns that differ."""
    prefix = "record of the host changed: "
    if not problem.startswith(prefix):
        return problem
    table, key = problem.removeprefix(prefix).split()
    rows = []
    for database in (before, after):
        query = f'SELECT to_jsonb(t)::text FROM "{table}" t WHERE id = {int(key)}'
        rows.append(json.loads(databases.sql(database, query)[0][0]))
    old, new = rows
    differing = [
        f"{name}: {_short(old[name])} -> {_short(new.get(name))}"
        for name in old
        if old[name] != new.get(name) and name not in STAMPS
    ]
    return f"{problem} ({'; '.join(differing)})"


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]
