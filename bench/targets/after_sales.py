"""Claims of service stations and their monthly settlement."""

from datetime import date, timedelta

from ..goals import GOALS
from ..jobs import Job
from ..kills import Resumable
from . import DAY, MOMENT, Step, Target, pick, state_mix
from .after_sales_proof import PROOFS  # noqa: F401  read where the app is measured
from .after_sales_workbench import PAGES  # noqa: F401  read where the app is measured

BOARDS = ("after.sales.board",)

AUDITOR = ("after_sales.group_after_sales_auditor",)
MANAGER = ("after_sales.group_after_sales_manager",)
STATIONS = 60
WAITING = ("submitted", "in_review")


# --------------------------------------------------------------------- what is there


def prepare(env, data):
    """The network and the catalogues, once."""
    Station = env["after.sales.station"]
    stations = Station.search([("code", "=like", "B%")], order="code")
    if not stations:
        partners = env["res.partner"].create(
            [{"name": f"Station {n}", "is_company": True} for n in range(STATIONS)]
        )
        stations = Station.create(
            [
                {"code": f"B{n:03}", "partner_id": partner.id, "labor_rate": 40}
                for n, partner in enumerate(partners)
            ]
        )
        _create_catalogues(env)
    product = env["product.product"].search([("default_code", "=", "BENCH-UNIT")])
    reason = env["sales.reason"].search([("usage", "=", "after_sales_return")], limit=1)
    return {
        "stations": stations.ids,
        "station_partners": stations.partner_id.ids,
        "unit": product.id,
        "part": product.search([("default_code", "=", "BENCH-PART")]).id,
        "faults": env["after.sales.fault"].search([("code", "=like", "B%")]).ids,
        "labor": env["after.sales.labor"].search([("code", "=", "BENCH")]).id,
        "return_reason": reason.id,
        "lots": env["stock.lot"].search([("product_id", "=", product.id)]).ids,
    }


def _create_catalogues(env):
    env["product.product"].create(
        [
            {
                "name": "Bench Truck",
                "default_code": "BENCH-UNIT",
                "is_storable": True,
                "tracking": "serial",
                "usage_unit": "km",
            },
            {
                "name": "Bench Pump",
                "default_code": "BENCH-PART",
                "is_spare_part": True,
                "list_price": 80,
            },
        ]
    )
    env["after.sales.coverage"].create({"name": "Bench 36 months", "months": 36})
    env["after.sales.fault"].create(
        [{"code": f"B{n:02}", "name": f"Fault {n}"} for n in range(30)]
    )
    env["after.sales.labor"].create(
        {"code": "BENCH", "name": "Change the pump", "standard_hours": 2}
    )


def lot_values(ref, i, user_id):
    return {
        "name": f"T{i:08}",
        "product_id": ref["unit"],
        "company_id": ref["company"],
        "date_sold": date.today() - timedelta(days=200),
        "sold_station_id": ref["stations"][i % STATIONS],
    }


LOT = Target(
    app="after_sales",
    model="stock.lot",
    rows=lambda sizes: sizes.claims // 2,
    prepare=prepare,
    values=lot_values,
    columns={
        "name": "'U' || lpad(g::text, 8, '0')",
        "sold_station_id": pick("stations"),
    },
    is_measured=False,
)


# ---------------------------------------------------------------------------- claims


def claim_values(ref, i, user_id):
    line = {"fault_id": ref["faults"][i % len(ref["faults"])], "price_unit": 80}
    part = {**line, "line_type": "part", "product_id": ref["part"], "quantity": 1}
    labor = {**line, "line_type": "labor", "labor_id": ref["labor"], "quantity": 2}
    return {
        "station_id": ref["stations"][i % STATIONS],
        "lot_id": ref["lots"][i % len(ref["lots"])],
        "date_repair": date.today() - timedelta(days=3),
        "usage": 12_000 + i,
        "fault_id": ref["faults"][i % len(ref["faults"])],
        "customer_name": f"Customer {i}",
        "complaint": "Loses water.",
        "line_ids": [(0, 0, part), (0, 0, labor)],
    }


def _return(records, ref):
    reason = records.env["sales.reason"].browse(ref["return_reason"])
    records._do_with_reason("return", reason, "The photo of the meter is missing.")


CLOSED = "g % 53 <> 0"
STATE = state_mix(
    (*WAITING, "returned", "approved"), ("settled", "settled", "rejected")
)

CLAIM = Target(
    app="after_sales",
    model="after.sales.claim",
    rows=lambda sizes: sizes.claims,
    groups=AUDITOR,
    manager_groups=MANAGER,
    prepare=prepare,
    values=claim_values,
    ripen=lambda records, ref: records.action_submit(),
    columns={
        "name": "'B' || lpad(g::text, 8, '0')",
        "state": STATE,
        "station_id": pick("stations"),
        "partner_id": pick("station_partners"),
        "lot_id": pick("lots"),
        "fault_id": pick("faults"),
        "customer_name": "'Customer ' || g",
        "verdict": "(ARRAY['pass', 'warn', 'fail'])[1 + g % 3]",
        "date_repair": DAY,
        "date_submitted": DAY,
        "date_due": f"CASE WHEN {CLOSED} THEN NULL"
        " ELSE current_date + (g % 9)::int - 3 END",
        "date_approved": f"CASE WHEN {CLOSED} THEN {DAY} END",
        "submitted_at": MOMENT,
        "create_date": MOMENT,
        "amount_approved": f"CASE WHEN {CLOSED} THEN t.amount_claimed ELSE 0 END",
        "approved_part": f"CASE WHEN {CLOSED} THEN 80 ELSE 0 END",
        "approved_labor": f"CASE WHEN {CLOSED} THEN 160 ELSE 0 END",
    },
    lines={"line_ids": {}, "finding_ids": {}, "submission_ids": {}},
    steps=(
        Step("submit", lambda records, ref: records.action_submit(), has_effects=True),
        Step(
            "approve",
            lambda records, ref: records.action_approve(),
            before=lambda records, ref: records.action_submit(),
        ),
        Step(
            "return",
            _return,
            before=lambda records, ref: records.action_submit(),
        ),
    ),
    open_domain=(("state", "in", WAITING),),
    owner=None,
    word=lambda text: [("name", "ilike", text)],
    customer=lambda name: [("customer_name", "ilike", name)],
    in_load=True,
)


# ------------------------------------------------------------------------ settlement


def settlement_month(months_ago):
    first = date.today().replace(day=1)
    for _n in range(months_ago):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def settlement_values(ref, i, user_id):
    first = settlement_month(30 + i)
    return {
        "station_id": ref["stations"][0],
        "currency_id": ref["currency"],
        "date_from": first,
        "date_to": first + timedelta(days=27),
    }


def _each(key):
    """SQL: the ids one after the other, so that station and month give a key."""
    return lambda ref: f"(ARRAY{list(ref[key])})[1 + g % {STATIONS}]"


SETTLEMENT = Target(
    app="after_sales",
    model="after.sales.settlement",
    rows=lambda sizes: STATIONS * 24,
    groups=AUDITOR,
    manager_groups=MANAGER,
    prepare=lambda env, data: {
        **prepare(env, data),
        "currency": env.company.currency_id.id,
    },
    values=settlement_values,
    columns={
        "name": "'BS' || lpad(g::text, 8, '0')",
        "state": state_mix(("draft", "sent", "confirmed"), ("posted",)),
        "station_id": _each("stations"),
        "partner_id": _each("station_partners"),
        "date_from": "(date_trunc('month', current_date)"
        f" - (2 + g / {STATIONS}) * interval '1 month')::date",
        "create_date": MOMENT,
        "amount_total": "g % 5000",
    },
    open_domain=(("state", "in", ("draft", "sent", "confirmed")),),
    owner=None,
    creates=False,
    word=lambda text: [("name", "ilike", text)],
    pivot=("state", "date_from:month"),
)


TARGETS = (LOT, CLAIM, SETTLEMENT)


def _approve_some(env, ref, size):
    """``size`` claims wait for the settlement of last month, no others do."""
    env.cr.execute(
        "UPDATE after_sales_claim SET state = 'settled' WHERE state = 'approved'"
    )
    env.cr.execute(
        "UPDATE after_sales_claim SET state = 'approved', settlement_id = NULL,"
        " date_approved = date_trunc('month', current_date)::date - 5"
        " WHERE id IN (SELECT id FROM after_sales_claim ORDER BY id LIMIT %s)",
        (size,),
    )
    env.invalidate_all()


def _settle(env, _state):
    day = settlement_month(1)
    env["after.sales.settlement"]._start_month(day, at_once=True)


def _settle_by_sql(env, _state):
    env.cr.execute(
        """
        INSERT INTO after_sales_settlement (name, state, company_id, station_id,
               partner_id, currency_id, date_from, date_to, claim_count, amount_labor,
               amount_part, amount_travel, amount_purchase, amount_other, amount_total,
               create_uid, create_date, write_uid, write_date)
        SELECT 'Q' || station_id, 'draft', company_id, station_id, partner_id,
               currency_id, %(first)s, %(first)s + 27, count(*), sum(approved_labor),
               sum(approved_part), sum(approved_travel), sum(approved_purchase),
               sum(approved_other), sum(amount_approved), 1, now(), 1, now()
          FROM after_sales_claim
         WHERE state = 'approved' AND settlement_id IS NULL
         GROUP BY company_id, station_id, partner_id, currency_id
        """,
        {"first": settlement_month(1)},
    )
    env.cr.execute(
        """
        UPDATE after_sales_claim c SET settlement_id = s.id
          FROM after_sales_settlement s
         WHERE c.state = 'approved' AND c.settlement_id IS NULL
           AND s.station_id = c.station_id AND s.currency_id = c.currency_id
           AND s.date_from = %s
        """,
        (settlement_month(1),),
    )


JOBS = (
    Job(
        name="settle",
        unit="claims",
        prepare=_approve_some,
        run=_settle,
        floors={"sql": _settle_by_sql},
        batch=2000,
        sizes=(
            lambda sizes: max(sizes.claims // 200, 10),
            lambda sizes: sizes.claims // 2,
        ),
        goals=GOALS["settlement"],
    ),
)


# ------------------------------------------------------- killed and started again


def _prepare_kills(env, ref, size):
    """As for the timed run, committed; the states before are kept beside."""
    env.cr.execute("DROP TABLE IF EXISTS bench_claim_before")
    env.cr.execute(
        "CREATE TABLE bench_claim_before AS"
        " SELECT id, state, settlement_id, date_approved FROM after_sales_claim"
    )
    _approve_some(env, ref, size)


def _start_settlement(env):
    return env["after.sales.settlement"]._start_month(settlement_month(1)).id


def _get_settled(env):
    """{station: (claims, cents)} of last month."""
    env.cr.execute(
        "SELECT station_id, claim_count, round(amount_total * 100)"
        " FROM after_sales_settlement WHERE date_from = %s AND state = 'draft'",
        (settlement_month(1),),
    )
    return {station: (count, int(cents)) for station, count, cents in env.cr.fetchall()}


def _clean_kills(env, ref):
    env.cr.execute(
        "UPDATE after_sales_claim c SET state = b.state,"
        " settlement_id = b.settlement_id, date_approved = b.date_approved"
        " FROM bench_claim_before b WHERE b.id = c.id"
    )
    env.cr.execute("DROP TABLE bench_claim_before")
    env.cr.execute(
        "DELETE FROM after_sales_settlement WHERE date_from = %s AND state = 'draft'",
        (settlement_month(1),),
    )
    env.cr.execute("DELETE FROM sales_run WHERE kind = 'after_sales_settlement'")


RESUMABLE = (
    Resumable(
        name="settle",
        unit="claims",
        size=lambda sizes: sizes.claims // 2,
        prepare=_prepare_kills,
        start=_start_settlement,
        finish=lambda env: _settle(env, None),
        totals=_get_settled,
        clean=_clean_kills,
    ),
)
