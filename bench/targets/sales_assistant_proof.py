"""The usual pattern against made-up customers, and what a quotation costs that is
compared with 5,000 past lines."""

from ..proofs import Proof

SEED = 40
ORDERS, LINES, ROUNDS = 250, 20, 12


def _make_past(env):
    """A customer with ``ORDERS`` confirmed orders of ``LINES`` lines, by one INSERT
    each, and a quotation of as many lines."""
    partner = env["res.partner"].create({"name": "Bench Regular", "is_company": True})
    products = env["product.product"].create(
        [{"name": f"Bench Part {n}", "list_price": 10 + n} for n in range(LINES)]
    )
    lines = [
        (0, 0, {"product_id": product.id, "product_uom_qty": 100 + product.id % 7})
        for product in products
    ]
    first, quotation = env["sale.order"].create(
        [{"partner_id": partner.id, "order_line": lines} for _n in range(2)]
    )
    env.flush_all()
    _copy(env, "sale_order", first.ids, {"state": "'sale'", "date_order": _DAY})
    env.cr.execute(
        "SELECT array_agg(id ORDER BY id) FROM sale_order"
        " WHERE partner_id = %s AND state = 'sale'",
        (partner.id,),
    )
    [orders] = env.cr.fetchone()
    _copy(
        env,
        "sale_order_line",
        first.order_line.ids,
        {
            "order_id": f"(ARRAY{orders})[g]",
            "product_uom_qty": "t.product_uom_qty * (1 + mod(g * 7, 13) / 20.0)",
        },
    )
    env.cr.execute("ANALYZE sale_order, sale_order_line")
    env.invalidate_all()
    return quotation


_DAY = "now() AT TIME ZONE 'UTC' - g * 5 * interval '1 day'"


def _copy(env, table, ids, columns):
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = %s AND column_name <> 'id'",
        (table,),
    )
    names = [name for (name,) in env.cr.fetchall()]
    target = ", ".join(f'"{name}"' for name in names)
    values = [columns.get(name, f't."{name}"') for name in names]
    env.cr.execute(
        f"INSERT INTO {table} ({target})"
        f" SELECT {', '.join(values)} FROM {table} t, generate_series(1, {ORDERS}) g"
        " WHERE t.id = ANY(%s)",
        (ids,),
    )


def prove(env, number, meter):
    """Hold the check to the truth of ``number`` customers, then time it."""
    from odoo.addons.sales_assistant.tests.proof.pattern_figures import measure
    from odoo.addons.sales_assistant.tests.proof.pattern_find import find
    from odoo.addons.sales_assistant.tests.proof.pattern_world import World

    figures = measure(World(SEED), number, find)
    quotation = _make_past(env)
    for _n in range(ROUNDS):
        env.invalidate_all()
        quotation.order_line.mapped("price_unit")  # is there while a user types
        with meter(1):
            quotation._find_unusual()
    low, high = meter.statements
    return list(figures.lines()), [
        ("90 % of 4 spreads and more found", figures.found_share >= 90),
        ("at most 5 % of usual orders flagged", figures.flagged_share <= 5),
        ("statements are constant", low == high),
    ]


PROOFS = (
    Proof(
        name="usual pattern",
        run=prove,
        number=lambda sizes: max(sizes.orders // 20, 3000),
        most_ms=50.0,
    ),
)
