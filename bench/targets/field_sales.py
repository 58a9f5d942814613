"""Visits of stores, the plans they belong to, and the drafting of next week's plans."""

from datetime import date, timedelta

from ..goals import GOALS
from ..jobs import Job
from . import MOMENT, Step, Target, floor, pick, state_mix

BOARDS = ("field.sales.board",)

USER = ("field_sales.group_field_sales_user",)
MANAGER = ("field_sales.group_field_sales_manager",)
#: stores that one salesperson looks after
STORES_EACH = 33
PLAN_WEEKS = 8


# --------------------------------------------------------------------- what is there


def prepare(env, data):
    """Salespeople, and the customers as their stores, once."""
    grades = [
        env.ref(f"field_sales.sales_grade_{name}").id for name in ("key", "regular")
    ]
    wanted = max(len(data["partners"]) // STORES_EACH, 2)
    reps = env["res.users"].search([("login", "=like", "rep-%")], order="login")
    if len(reps) < wanted:
        reps |= _create_reps(env, len(reps), wanted)
    _make_stores(env, data["company"], reps.ids, grades)
    Reason = env["sales.reason"]
    return {
        "reps": reps.ids,
        "planners": [*reps.ids, *data["users"]],
        "stores": data["partners"],
        "skip_reason": Reason.search(
            [("usage", "=", "visit_skip"), ("is_note_required", "=", False)], limit=1
        ).id,
        "cancel_reason": Reason.search([("usage", "=", "visit_cancel")], limit=1).id,
    }


def _create_reps(env, first, last):
    groups = [env.ref(name).id for name in ("base.group_user", *USER)]
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Rep {number}",
                    "login": f"rep-{number:04}",
                    "group_ids": [(6, 0, groups)],
                }
                for number in range(first, last)
            ]
        )
    )


def _make_stores(env, company_id, reps, grades):
    """Every fifth store is a key store; the others are regular ones."""
    env.cr.execute(
        """
        UPDATE res_partner SET is_store = TRUE,
               user_id = (%(reps)s)[1 + id %% array_length(%(reps)s, 1)],
               partner_latitude = 31 + (id %% 100) / 500.0,
               partner_longitude = 121 + (id %% 97) / 500.0,
               field_sales_last_visit_date = current_date - (id %% 9),
               sales_grade_id = jsonb_build_object(%(company)s::text,
                   (%(grades)s)[CASE WHEN id %% 5 = 0 THEN 1 ELSE 2 END])
         WHERE name LIKE 'Customer %%' AND is_store IS NOT TRUE
        """,
        {"reps": reps, "grades": grades, "company": company_id},
    )
    env.invalidate_all()


def _monday(weeks):
    today = date.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


# ----------------------------------------------------------------------------- plans


def plan_values(ref, i, user_id):
    return {
        "user_id": ref["reps"][i % len(ref["reps"])],
        "date_start": _monday(-60 - i),
    }


def _planner(ref):
    """SQL: one after the other, so that salesperson and week give a key."""
    return f"(ARRAY{ref['planners']})[1 + g % {len(ref['planners'])}]"


PLAN = Target(
    app="field_sales",
    model="field.sales.plan",
    rows=lambda sizes: sizes.stores // STORES_EACH * PLAN_WEEKS,
    groups=USER,
    manager_groups=MANAGER,
    prepare=prepare,
    values=plan_values,
    columns={
        "name": "'B' || lpad(g::text, 8, '0')",
        "state": "CASE WHEN g % 8 = 0 THEN 'submitted' ELSE 'closed' END",
        "user_id": _planner,
        "date_start": lambda ref: (
            "(date_trunc('week', current_date)"
            f" - (1 + g / {len(ref['planners'])}) * interval '1 week')::date"
        ),
        "create_date": MOMENT,
    },
    open_domain=(("state", "in", ("draft", "submitted")),),
    word=lambda text: [("name", "ilike", text)],
    pivot=("state", "date_start:month"),
    creates=False,
)


# ---------------------------------------------------------------------------- visits


def visit_values(ref, i, user_id):
    return {
        "store_id": ref["stores"][i % len(ref["stores"])],
        "user_id": user_id,
        "date_planned": date.today(),
    }


def _skip(records, ref):
    reason = records.env["sales.reason"].browse(ref["skip_reason"])
    records._do_with_reason("skip", reason, "Closed for stocktaking.")


def _cancel(records, ref):
    reason = records.env["sales.reason"].browse(ref["cancel_reason"])
    records._do_with_reason("cancel", reason, "Not needed.")


VISIT = Target(
    app="field_sales",
    model="field.sales.visit",
    rows=lambda sizes: sizes.stores * 10,
    groups=USER,
    manager_groups=MANAGER,
    prepare=prepare,
    values=visit_values,
    columns={
        "name": "'B' || lpad(g::text, 8, '0')",
        "state": state_mix(("planned",), ("done", "done", "done", "skipped")),
        "store_id": pick("stores"),
        "store_user_id": lambda ref: (
            f"(SELECT user_id FROM res_partner WHERE id = {pick('stores')(ref)})"
        ),
        "user_id": pick("users"),
        "date_planned": "CASE WHEN g % 53 = 0 THEN current_date + (g % 5)::int - 1"
        " ELSE current_date - 1 - (g % 400)::int END",
        "day_order": "1 + g % 9",
        "started_at": f"CASE WHEN g % 53 = 0 THEN NULL ELSE {MOMENT} END",
        "ended_at": f"CASE WHEN g % 53 = 0 THEN NULL ELSE {MOMENT} END",
        "create_date": MOMENT,
    },
    steps=(
        Step(
            "start",
            lambda records, ref: records.action_start(),
            batches=(1,),
            has_effects=True,
        ),
        Step("skip", _skip),
        Step("cancel", _cancel),
    ),
    open_domain=(("state", "in", ("planned", "in_progress")),),
    word=lambda text: [("name", "ilike", text)],
    customer=lambda name: [("store_id", "ilike", name)],
    pivot=("state", "date_planned:month"),
    in_load=True,
)

TARGETS = (PLAN, VISIT)


# ------------------------------------------------------------------------ generation

#: {number of salespeople: visits their week asks for}, learnt from the first run
VISITS = {}
WEEKS_AHEAD = 6


def _prepare_week(env, ref, size):
    users = env["res.users"].browse(ref["reps"][:size])
    if size not in VISITS:
        env["field.sales.plan"]._generate(users, _monday(WEEKS_AHEAD), env.company)
        env.flush_all()
        domain = [("date_planned", ">=", _monday(WEEKS_AHEAD))]
        VISITS[size] = env["field.sales.visit"].sudo().search_count(domain)
        env.cr.rollback()
    return {"users": users, "visits": VISITS[size], "ref": ref}


def _generate(env, state):
    plans = env["field.sales.plan"]
    plans._generate(state["users"].with_env(env), _monday(WEEKS_AHEAD), env.company)


def _create_desk(env, state):
    ref = state["ref"]["desk"]
    env[floor.DESK.model].create(
        [floor.values(ref, i, ref["users"][0]) for i in range(state["visits"])]
    )


def _insert_visits(env, state):
    env.cr.execute(
        """
        INSERT INTO field_sales_visit (name, state, company_id, user_id, store_id,
               date_planned, day_order, grade_id, create_uid, create_date, write_uid,
               write_date)
        SELECT 'Q' || p.id || '/' || n, 'planned', %(company)s, p.user_id, p.id,
               %(monday)s + n::int, 1, (p.sales_grade_id ->> %(company)s::text)::int,
               1, now(), 1, now()
          FROM res_partner p, generate_series(0, 4) n
         WHERE p.is_store AND p.user_id = ANY(%(users)s)
         LIMIT %(visits)s
        """,
        {
            "company": env.company.id,
            "monday": _monday(WEEKS_AHEAD),
            "users": state["users"].ids,
            "visits": state["visits"],
        },
    )


JOBS = (
    Job(
        name="draft a week's plans of",
        unit="salespeople",
        prepare=_prepare_week,
        run=_generate,
        floors={"desk": _create_desk, "sql": _insert_visits},
        sizes=(
            lambda sizes: max(sizes.stores // STORES_EACH // 10, 1),
            lambda sizes: max(sizes.stores // STORES_EACH, 2),
        ),
        goals=GOALS["generation"],
    ),
)
