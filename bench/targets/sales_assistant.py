"""Contract reviews and milestones of orders, and the orders themselves."""

from datetime import date, time, timedelta

from ..goals import GOALS
from ..jobs import Job
from . import DAY, MOMENT, Step, Target, floor, grades, pick, state_mix
from .sales_assistant_proof import PROOFS  # noqa: F401  read where the app is measured

BOARDS = ("sales.assistant.board",)

USER = ("sales_assistant.group_sales_assistant_user",)
MANAGER = ("sales_assistant.group_sales_assistant_manager",)
#: quotations that nobody reviewed yet, for the batches
FRESH = 1100
MILESTONES_EACH = 2
#: milestones of an order that is planned by the template as it is installed
STEPS_EACH = 8


# ---------------------------------------------------------------------------- orders


def prepare_product(env, data):
    Product = env["product.product"]
    domain = [("default_code", "=", "BENCH-SERVICE")]
    product = Product.search(domain) or Product.create(
        {
            "name": "Bench Service",
            "default_code": "BENCH-SERVICE",
            "type": "service",
            "list_price": 100,
        }
    )
    return {"service": product.id}


def order_values(ref, i, user_id):
    line = {"product_id": ref["service"], "product_uom_qty": 2, "price_unit": 100}
    return {
        "partner_id": ref["partners"][i % len(ref["partners"])],
        "user_id": user_id,
        "assistant_id": user_id,
        "order_line": [(0, 0, line)],
    }


ORDER = Target(
    app="sales_assistant",
    model="sale.order",
    rows=lambda sizes: sizes.orders + FRESH,
    prepare=prepare_product,
    values=order_values,
    columns={
        "name": "'B' || lpad(g::text, 8, '0')",
        "partner_id": pick("partners"),
        "partner_invoice_id": pick("partners"),
        "partner_shipping_id": pick("partners"),
        "user_id": pick("users"),
        "assistant_id": pick("users"),
        "state": lambda ref: (
            f"CASE WHEN g > {ref['sizes'].orders} OR g % 53 = 0 THEN 'draft'"
            " ELSE 'sale' END"
        ),
        "sales_promised_date": DAY,
        "date_order": MOMENT,
        "create_date": MOMENT,
    },
    lines={"order_line": {}},
    is_measured=False,
)


def prepare(env, data):
    """The first order, and those that have no review or milestone yet."""
    cr = env.cr
    cr.execute("SELECT min(id) FROM sale_order")
    [first] = cr.fetchone()
    cr.execute(
        "SELECT id FROM sale_order o WHERE NOT EXISTS"
        " (SELECT FROM sales_assistant_review r WHERE r.order_id = o.id)"
        " ORDER BY id LIMIT %s",
        (FRESH,),
    )
    fresh = [id_ for (id_,) in cr.fetchall()]
    return {
        "first_order": first,
        "fresh": fresh,
        "pending_orders": _confirmed_orders(env, data["uid"]),
        "reject_reason": _reason(env, "sales_review_reject"),
        "skip_reason": _reason(env, "sales_milestone_skip"),
    }


def _confirmed_orders(env, uid):
    """Confirmed orders that the user sees; any, before there are some of his own."""
    query = "SELECT id FROM sale_order WHERE state = 'sale' AND %s LIMIT 1000"
    own = f"{int(uid)} IN (user_id, assistant_id)"
    for condition in (own, "TRUE"):
        env.cr.execute(query % condition)
        if rows := env.cr.fetchall():
            return [id_ for (id_,) in rows]
    return []


def _reason(env, usage):
    domain = [("usage", "=", usage), ("is_note_required", "=", False)]
    return env["sales.reason"].search(domain, limit=1).id


# --------------------------------------------------------------------------- reviews


def review_values(ref, i, user_id):
    return {"order_id": ref["fresh"][i]}


def _confirm_checklist(records, ref):
    records.action_submit()
    records.check_ids.write({"is_done": True})


def _approve(records, ref):
    """As the button; for a single special review that asks for the decision first."""
    records._check_can("approve")
    records._do_approve()


def _reject(records, ref):
    reason = records.env["sales.reason"].browse(ref["reject_reason"])
    records._do_with_reason("reject", reason, "The price is too low.")


REVIEW = Target(
    app="sales_assistant",
    model="sales.assistant.review",
    rows=lambda sizes: sizes.orders,
    groups=USER,
    manager_groups=MANAGER,
    prepare=prepare,
    values=review_values,
    ripen=lambda records, ref: records.action_submit(),
    columns={
        "name": "'B' || lpad(g::text, 8, '0')",
        "order_id": lambda ref: f"{ref['first_order']} + g - 1",
        "state": state_mix(
            ("draft", "in_review"), ("approved", "approved", "rejected")
        ),
        "partner_id": pick("partners"),
        "commercial_partner_id": pick("partners"),
        "user_id": pick("users"),
        "assistant_id": pick("users"),
        "submitted_at": MOMENT,
        "create_date": MOMENT,
    },
    lines={"finding_ids": {}, "check_ids": {}},
    steps=(
        Step(
            "request of the order",
            lambda records, ref: records.order_id.action_request_review(),
            by_manager=True,
            has_effects=True,
        ),
        Step(
            "approve",
            _approve,
            before=_confirm_checklist,
            by_manager=True,
        ),
        Step(
            "reject",
            _reject,
            before=lambda records, ref: records.action_submit(),
            by_manager=True,
        ),
    ),
    open_domain=(("state", "in", ("draft", "in_review")),),
    owner="assistant_id",
    word=lambda text: [("name", "ilike", text)],
    customer=lambda name: [("partner_id", "child_of", name)],
    creates=False,
    in_load=True,
)


# ------------------------------------------------------------------------ milestones


def milestone_values(ref, i, user_id):
    orders = ref["pending_orders"]
    return {
        "order_id": orders[i % len(orders)],
        "name": f"Material ready {i}",
        "user_id": user_id,
        "date_planned": date.today() + timedelta(days=i % 20),
    }


def _skip(records, ref):
    reason = records.env["sales.reason"].browse(ref["skip_reason"])
    records._do_with_reason("skip", reason, "Not needed.")


MILESTONE = Target(
    app="sales_assistant",
    model="sales.assistant.milestone",
    rows=lambda sizes: sizes.orders * MILESTONES_EACH,
    groups=USER,
    manager_groups=MANAGER,
    prepare=prepare,
    values=milestone_values,
    columns={
        "name": "'Step ' || lpad(g::text, 8, '0')",
        "order_id": lambda ref: f"{ref['first_order']} + (g - 1) / {MILESTONES_EACH}",
        "sequence": "g % 90",
        "state": state_mix(("pending",), ("done", "done", "done", "skipped")),
        "partner_id": pick("partners"),
        "user_id": pick("users"),
        "salesperson_id": pick("users"),
        "assistant_id": pick("users"),
        "date_planned": "CASE WHEN g % 53 = 0 THEN current_date + (g % 20)::int - 4"
        f" ELSE {DAY} END",
        "date_done": f"CASE WHEN g % 53 = 0 THEN NULL ELSE {DAY} END",
        "create_date": MOMENT,
    },
    steps=(
        Step("done", lambda records, ref: records.action_done(), by_manager=True),
        Step("skip", _skip, by_manager=True),
    ),
    open_domain=(("state", "=", "pending"),),
    mine=lambda ref: [
        *("|", "|", ("user_id", "=", ref["uid"])),
        *(("assistant_id", "=", ref["uid"]), ("salesperson_id", "=", ref["uid"])),
        ("state", "=", "pending"),
    ],
    word=lambda text: [("name", "ilike", text)],
    customer=lambda name: [("partner_id", "child_of", name)],
    pivot=("state", "date_planned:month"),
    in_load=True,
)

TARGETS = (ORDER, REVIEW, MILESTONE)


# -------------------------------------------------------------- milestones of orders


def _take_milestones(env, ref, size):
    """Confirmed orders that have no milestones yet."""
    orders = env["sale.order"].browse(ref["fresh"][:size])
    env.cr.execute(
        "UPDATE sale_order SET state = 'sale' WHERE id IN %s", (orders._ids,)
    )
    company_sudo = env.company.sudo()  # sudo: a setting, not what is measured
    company_sudo.sales_assistant_milestone_enabled = True
    template = env["sales.assistant.milestone.template"].sudo()._get_for_orders(orders)
    lines = template[orders[:1].id].line_ids
    return {"orders": orders, "lines": lines.ids, "ref": ref}


def _plan_milestones(env, state):
    env["sale.order"].browse(state["orders"].ids).action_create_milestones()


def _create_desk(env, state):
    ref = state["ref"]["desk"]
    count = len(state["orders"]) * len(state["lines"])
    env[floor.DESK.model].create(
        [floor.values(ref, i, ref["users"][0]) for i in range(count)]
    )


def _insert_milestones(env, state):
    env.cr.execute(
        """
        INSERT INTO sales_assistant_milestone (order_id, template_line_id, name, state,
               sequence, trigger, is_public, offset_days, date_planned, user_id,
               partner_id, salesperson_id, assistant_id, team_id, company_id,
               create_uid, create_date, write_uid, write_date)
        SELECT o.id, l.id, l.name, 'pending', l.sequence, l.trigger,
               l.is_public, l.offset_days, o.sales_promised_date + l.offset_days,
               o.assistant_id, o.partner_id, o.user_id, o.assistant_id, o.team_id,
               o.company_id, 1, now(), 1, now()
          FROM sale_order o, sales_assistant_milestone_template_line l
         WHERE o.id = ANY(%s) AND l.id = ANY(%s)
        """,
        (state["orders"].ids, state["lines"]),
    )


# ------------------------------------------------------------------- dates that move


def _take_planned(env, ref, size):
    """Orders with planned milestones that are all promised for another day."""
    state = _take_milestones(env, ref, size)
    _plan_milestones(env, state)
    company = env.company
    day = company._get_sales_today() + timedelta(days=120)
    steps = state["orders"].sales_milestone_ids
    env.flush_all()
    desk_ref = ref["desk"]
    tickets = env[floor.DESK.model].create(
        [floor.values(desk_ref, i, desk_ref["users"][0]) for i in range(len(steps))]
    )
    moment = company._get_sales_moment(day, time(17))
    return {**state, "day": day, "moment": moment, "steps": steps, "tickets": tickets}


def _move_promise(env, state):
    # sudo: the window that moves a date asks for the reason before
    env["sale.order"].sudo().browse(state["orders"].ids).write(
        {"commitment_date": state["moment"]}
    )


def _close_desk(env, state):
    """As many logged changes."""
    floor.close(
        env[floor.DESK.model].browse(state["tickets"].ids), state["ref"]["desk"]
    )


def _move_promise_by_sql(env, state):
    """The orders' days, the milestones' days, and what is logged of each."""
    env.cr.execute(
        "UPDATE sale_order SET commitment_date = %s, sales_promised_date = %s,"
        " write_date = now() WHERE id = ANY(%s)",
        (state["moment"], state["day"], state["orders"].ids),
    )
    env.cr.execute(
        """
        UPDATE sales_assistant_milestone
           SET date_planned = %s::date + offset_days, date_latest = %s,
               write_date = now()
         WHERE id = ANY(%s)
        """,
        (state["day"], state["day"], state["steps"].ids),
    )
    env.cr.execute(
        """
        WITH logged AS (
            INSERT INTO mail_message (model, res_id, message_type, subtype_id,
                   author_id, email_from, date, body, message_id, reply_to,
                   is_internal, create_uid, create_date, write_uid, write_date)
            SELECT 'sales.assistant.milestone', id, 'notification', %(note)s,
                   %(author)s, 'bench@example.com', now(), '', 'bench-' || id,
                   'bench@example.com', TRUE, 1, now(), 1, now()
              FROM unnest(%(steps)s) step(id)
            RETURNING id
        )
        INSERT INTO mail_tracking_value (mail_message_id, field_id, old_value_datetime,
               new_value_datetime, create_uid, create_date, write_uid, write_date)
        SELECT id, %(field)s, now(), now(), 1, now(), 1, now() FROM logged
        """,
        {
            "note": env.ref("mail.mt_note").id,
            "author": env.user.partner_id.id,
            "field": env["ir.model.fields"]
            ._get("sales.assistant.milestone", "date_planned")
            .id,
            "steps": state["steps"].ids,
        },
    )


JOBS = (
    Job(
        name="replan the milestones of",
        unit="orders",
        prepare=_take_planned,
        run=_move_promise,
        floors={"desk": _close_desk, "sql": _move_promise_by_sql},
        sizes=(lambda sizes: 1, lambda sizes: 200),
        goals=GOALS["step"],
        updates=STEPS_EACH,
    ),
    Job(
        name="plan the milestones of",
        unit="orders",
        prepare=_take_milestones,
        run=_plan_milestones,
        floors={"desk": _create_desk, "sql": _insert_milestones},
        sizes=(lambda sizes: 10, lambda sizes: 1000),
        goals=GOALS["generation"],
        updates=STEPS_EACH,
    ),
    grades.JOB,
)
