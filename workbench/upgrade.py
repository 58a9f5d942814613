"""Upgrading a database of the previous version keeps every record (F-03)."""

import dataclasses
from collections.abc import Mapping

from . import history, locks, odoo_run, paths
from .addons import House
from .console import step
from .database import Databases
from .environment import Environment
from .tally import Tally
from .templates import Templates

#: Stored models that only our addons define or extend: (model, table).
MODELS = """
    SELECT m.model, t.table_name
      FROM ir_model m
      JOIN information_schema.tables t ON t.table_name = replace(m.model, '.', '_')
     WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND NOT m.transient
       AND (SELECT bool_and(d.module = ANY(%s)) FROM ir_model_data d
             WHERE d.model = 'ir.model' AND d.res_id = m.id)
"""
NAMED = "SELECT model, res_id, module || '.' || name FROM ir_model_data"


@dataclasses.dataclass(frozen=True)
class Records:
    """What a database holds of our models.

    :ivar ids: {model: ids of its records}
    :ivar names: {(model, id): external id}
    """

    ids: Mapping[str, frozenset[int]]
    names: Mapping[tuple[str, int], str]


def run(environment: Environment, tally: Tally, database: str) -> None:
    """Install the previous version with demo data in ``database``, upgrade it, compare.

    :param database: name of the database, which is made and dropped
    """
    today = environment.house.product
    versions = {name: addon.version for name, addon in today.items()}
    commit = history.previous_commit(paths.CLONE, versions)
    if not commit:
        tally.add_check("upgrade: no earlier version in the history", [], paths.CLONE)
        return
    folder = paths.data() / "previous" / commit
    with locks.exclusive(paths.data(), "previous", "unpacking the previous version"):
        if not folder.exists():
            history.unpack(paths.CLONE, commit, folder)
    old = dataclasses.replace(
        environment, house=House(folder, environment.odoo.addons_path)
    )
    names = sorted(old.house.product)
    step(f"upgrade: from the addons of {commit[:10]}, with demo data")
    clean = Templates(old).host(names, demo=True)
    with environment.databases.temporary(clean, database):
        odoo_run.install(old, database, names, "upgrade-before").require(
            "installing the previous version"
        )
        before = records(environment.databases, database, names)
        kept = sorted(set(names) & set(today))
        log = odoo_run.install(environment, database, [], "upgrade-after", upgrade=kept)
        tally.add_check("upgrade: clean log", log.problems(), log.log)
        after = records(environment.databases, database, names)
    tally.add_check("upgrade: no record lost", lost(before, after), log.log)


def records(databases: Databases, database: str, addons: list[str]) -> Records:
    """The records of the models of our ``addons``."""
    models = databases.sql(database, (MODELS, [addons]))
    union = " UNION ALL ".join(
        f"SELECT '{model}', id FROM \"{table}\"" for model, table in models
    )
    ids: dict[str, set[int]] = {model: set() for model, _table in models}
    for model, key in databases.sql(database, union) if union else []:
        ids[model].add(key)
    named = databases.sql(database, (f"{NAMED} WHERE module = ANY(%s)", [addons]))
    return Records(
        {model: frozenset(found) for model, found in ids.items()},
        {(model, key): name for model, key, name in named},
    )


def lost(before: Records, after: Records) -> list[str]:
    """Models that lost records, one line each.

    A record that a file of ours brought may go with the file's entry: then its
    external id has gone too.
    """
    problems = []
    there = {None, *after.names.values()}
    for model, ids in sorted(before.ids.items()):
        gone = [
            key
            for key in sorted(ids - after.ids.get(model, frozenset()))
            if before.names.get((model, key)) in there
        ]
        if gone:
            some = ", ".join(map(str, gone[:10]))
            problems.append(f"{model}: {len(gone)} of {len(ids)} lost (ids {some})")
    return problems
