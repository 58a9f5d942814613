"""The generated database: deterministic, most of it by INSERT ... SELECT."""

import time

from . import raw
from .database import environment, vacuum
from .targets import APPS, Sizes

AGENTS = 20
PASSWORD = "agent-password"
TEMPLATES = 10
#: rows that get lines, the newest: enough for every form that is opened
ROWS_WITH_LINES = 20_000


def master_data(registry, sizes: Sizes):
    """Partners and users that all targets refer to.

    :returns: dict of ids: ``partners``, ``users``, ``company``, and ``workers`` and
        ``managers`` by app
    """
    with environment(registry, commit=True) as env:
        users = env["res.users"].search([("login", "=like", "agent%")], order="id")
        if not users:
            users = _create_agents(env)
        _fill_partners(env, sizes.stores)
        partners = env["res.partner"].search(
            [("name", "=like", "Customer %")], order="id"
        )
        seats = dict(zip(("bench_floor", *APPS), range(0, AGENTS, 2), strict=False))
        return {
            "users": users.ids,
            "partners": partners.ids,
            "company": env.company.id,
            "sizes": sizes,
            "workers": {app: users[seat].id for app, seat in seats.items()},
            "managers": {app: users[seat + 1].id for app, seat in seats.items()},
        }


def _create_agents(env):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Agent {number}",
                    "login": f"agent{number:02}",
                    "password": PASSWORD,
                    "email": f"agent{number}@example.com",
                    "group_ids": [(6, 0, env.ref("base.group_user").ids)],
                }
                for number in range(AGENTS)
            ]
        )
    )


def _fill_partners(env, wanted):
    Partner = env["res.partner"]
    present = Partner.search_count([("name", "=like", "Customer %")])
    if present >= wanted:
        return
    template = Partner.create({"name": "Template", "email": "t@example.com"})
    env.flush_all()
    own = {
        "name": "'Customer ' || g",
        "complete_name": "'Customer ' || g",
        "email": "'c' || g || '@example.com'",
        "email_normalized": "'c' || g || '@example.com'",
        "commercial_partner_id": "NULL",
    }
    _insert_select(env, "res_partner", template.id, own, present + 1, wanted)
    env.cr.execute(
        "UPDATE res_partner SET commercial_partner_id = id"
        " WHERE commercial_partner_id IS NULL"
    )
    env.invalidate_all()


def prepare(registry, target, data):
    """Groups of the app's worker and manager and the records the target needs.

    :returns: ``ref``: ``data`` with the worker as ``uid``, the manager as ``manager``
        and what the target's ``prepare`` gave
    """
    with environment(registry, commit=True) as env:
        uid, manager = data["workers"][target.app], data["managers"][target.app]
        for user_id, groups in ((uid, target.groups), (manager, target.manager_groups)):
            user = env["res.users"].browse(user_id)
            wanted = [env.ref(group).id for group in groups]
            missing = set(wanted) - set(user.group_ids.ids)
            if missing:
                user.write({"group_ids": [(4, id_) for id_ in sorted(missing)]})
        ref = dict(data, uid=uid, manager=manager)
        if target.prepare:
            ref.update(target.prepare(env, ref))
    return ref


def fill(registry, target, ref, rows):
    """Grow the target's table to ``rows``, with the lines of each.

    :returns: seconds it took
    """
    started = time.monotonic()
    table = registry[target.model]._table
    with environment(registry, ref["uid"], commit=True) as env:
        env.cr.execute(f'SELECT count(*) FROM "{table}"')
        [present] = env.cr.fetchone()
        if present >= rows or not target.values:
            return 0.0
        users = ref["users"]
        # sudo: who may make such rows is not what is measured
        templates = (
            env[target.model]
            .sudo()
            .create(
                [target.values(ref, i, users[i % len(users)]) for i in range(TEMPLATES)]
            )
        )
        if target.ripen:
            target.ripen(templates, ref)
        env.flush_all()
        columns = {
            name: value(ref) if callable(value) else value
            for name, value in target.columns.items()
        }
        template_id, first = templates.ids[0], present + TEMPLATES + 1
        _insert_select(env, table, template_id, columns, first, rows)
        touched = [table]
        for one2many, line_columns in target.lines.items():
            touched.append(
                _fill_lines(env, target, one2many, template_id, line_columns)
            )
    vacuum(registry, touched)
    return time.monotonic() - started


def _insert_select(env, table, template_id, columns, first, last):
    """Rows ``first`` to ``last`` like the template's, but for some columns."""
    types = raw.columns_of(env.cr, table)
    names = [name for name in types if name != "id"]
    listed = ", ".join(f'"{name}"' for name in names)
    terms = ", ".join(_term(name, types[name], columns) for name in names)
    env.cr._obj.execute(
        f'INSERT INTO "{table}" ({listed}) SELECT {terms} FROM "{table}" t,'
        f" generate_series({first}, {last}) g WHERE t.id = {template_id} ORDER BY g"
    )


def _term(name, column_type, columns):
    """SQL of one column; a translated text is kept by language."""
    if name not in columns:
        return f't."{name}"'
    if column_type == "jsonb":
        return f"jsonb_build_object('en_US', {columns[name]})"
    return columns[name]


def _fill_lines(env, target, one2many, template_id, columns):
    """Copy the template's lines for rows that have none."""
    field = env[target.model]._fields[one2many]
    table, parent = env[field.comodel_name]._table, env[target.model]._table
    inverse = field.inverse_name
    own = {**columns, inverse: "g"}
    names = [name for name in raw.columns_of(env.cr, table) if name != "id"]
    listed = ", ".join(f'"{name}"' for name in names)
    terms = ", ".join(own.get(name, f'l."{name}"') for name in names)
    env.cr._obj.execute(
        f'INSERT INTO "{table}" ({listed}) SELECT {terms} FROM "{table}" l,'
        f' (SELECT p.id AS g FROM "{parent}" p WHERE NOT EXISTS'
        f' (SELECT FROM "{table}" x WHERE x."{inverse}" = p.id)'
        f" ORDER BY p.id DESC LIMIT {ROWS_WITH_LINES}) parents"
        f' WHERE l."{inverse}" = {template_id} ORDER BY g, l.id'
    )
    return table
