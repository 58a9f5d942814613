"""The desk and the plain record of ``bench_floor``, which the apps are measured by."""

from . import MOMENT, Target, pick

OPEN = [("closed_date", "=", False)]
NAMED = {"fields": {"display_name": {}}}
#: what the lists, cards and forms of both read
LIST = {
    "number": {},
    "name": {},
    "partner_id": NAMED,
    "user_id": NAMED,
    "team_id": NAMED,
    "category_id": NAMED,
    "stage_id": NAMED,
    "priority": {},
    "last_stage_update": {},
    "amount": {},
}
CARD = {
    "number": {},
    "name": {},
    "partner_id": NAMED,
    "user_id": NAMED,
    "priority": {},
    "color": {},
}


def prepare(env, data):
    stages = env["bench.floor.stage"].search([])
    if not stages:
        names = ("New", "In progress", "Awaiting", "Done", "Rejected")
        stages = stages.create(
            [
                {"name": name, "sequence": number, "closed": number >= 3}
                for number, name in enumerate(names)
            ]
        )
        env["bench.floor.team"].create([{"name": f"Team {n}"} for n in range(5)])
    return {
        "stages": stages.ids,
        "open_stages": stages.filtered(lambda stage: not stage.closed).ids,
        "closed_stages": stages.filtered("closed").ids,
        "done": stages[3].id,
        "teams": env["bench.floor.team"].search([]).ids,
    }


def values(ref, i, user_id):
    partner_id = ref["partners"][i % len(ref["partners"])]
    team_id = ref["teams"][i % 5]
    return {
        "name": f"Ticket {i}",
        "description": "Something is broken, please call back.",
        "user_id": user_id,
        "stage_id": ref["stages"][0],
        "partner_id": partner_id,
        "commercial_partner_id": partner_id,
        "partner_name": f"Customer {i}",
        "partner_email": f"c{i}@example.com",
        "team_id": team_id,
        "category_id": team_id,
        "channel": "phone",
        "priority": str(i % 4),
        "amount": i * 1.5,
        "date_deadline": "2026-12-01",
    }


def close(records, ref):
    now = records.env.cr.now()
    records.write(
        {"stage_id": ref["done"], "closed_date": now, "last_stage_update": now}
    )


def _stage(ref):
    opened, closed = ref["open_stages"], ref["closed_stages"]
    return (
        f"CASE WHEN g % 53 = 0 THEN (ARRAY{opened})[1 + (g / 53) % {len(opened)}]"
        f" ELSE (ARRAY{closed})[1 + g % {len(closed)}] END"
    )


COLUMNS = {
    "number": "'F' || lpad(g::text, 8, '0')",
    "name": "'Ticket about ' || lpad(g::text, 8, '0')",
    "partner_id": pick("partners"),
    "user_id": pick("users"),
    "stage_id": _stage,
    "team_id": pick("teams"),
    "category_id": pick("teams"),
    "priority": "(g % 4)::text",
    "amount": "g % 1000",
    "create_date": MOMENT,
    "last_stage_update": MOMENT,
    "closed_date": "CASE WHEN g % 53 = 0 THEN NULL ELSE now() AT TIME ZONE 'UTC' END",
}


def _target(model):
    return Target(
        app="bench_floor",
        model=model,
        rows=lambda sizes: sizes.orders,
        prepare=prepare,
        values=values,
        columns=COLUMNS,
        open_domain=tuple(OPEN),
        word=lambda text: [("number", "ilike", text)],
        customer=lambda name: [("partner_id", "ilike", name)],
        group_by="stage_id",
        pivot=("stage_id", "create_date:month"),
    )


DESK, PLAIN = _target("bench.floor.desk"), _target("bench.floor.plain")
