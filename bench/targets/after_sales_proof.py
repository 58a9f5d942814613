"""The rules of adjudication against a made-up world whose truth is known."""

import time
from unittest.mock import patch

from ..proofs import Proof

SEED, BATCH, CASES = 20260, 500, 14


def _batches(records):
    for start in range(0, len(records), BATCH):
        yield records[start : start + BATCH]


def prove(env, number, meter):
    """Submit ``number`` claims, judge and decide them, and hold them to the truth."""
    from odoo.addons.after_sales.tests.proof.figures import check_world, measure
    from odoo.addons.after_sales.tests.proof.load import Loader
    from odoo.addons.after_sales.tests.proof.world import World

    env.company.write(
        {
            "after_sales_policy": "off",
            "after_sales_policy_amount": 0,
            "after_sales_manager_amount": 0,
            "after_sales_audit_share": 5,
            "after_sales_audit_key": "bench",
        }
    )
    world = World(SEED, number, env.company._get_sales_today())
    wrong = check_world(world.claims, world.catalogue)
    loader = Loader(env, world.catalogue)
    loader.load_history(world.get_history(CASES))
    records = loader.load(world.claims)
    with patch.object(type(records), "_adjudicate", lambda _records: None):
        for batch in _batches(records):
            batch.action_submit()
    env.flush_all()
    for batch in _batches(records):
        env.invalidate_all()
        with meter(len(batch)):
            batch._adjudicate()
            env.flush_all()
    started = time.perf_counter()
    for batch in _batches(records):
        batch._decide_by_policy()
        env.flush_all()
    spent = (time.perf_counter() - started) * 1e3 / len(records)
    figures = measure(world.claims, records, world.catalogue)
    lines = [*figures.lines(), f"deciding: {spent:.2f} ms a claim"]
    lines += [f"in the world: {text}" for text in wrong]
    lines += [f"misnamed: {row}" for row in figures.misnamed[:5]]
    lines += [f"paid too much: {row}" for row in figures.overpaid[:5]]
    low, high = meter.statements
    return lines, [
        ("the world is as asked", not wrong),
        ("80 % decided without a person", figures.share >= 80),
        ("none is paid more than the truth allows", not figures.overpaid),
        ("at most 2 % of the honest disturbed", figures.disturbed_share <= 2),
        ("no return names a false cause", not figures.misnamed),
        ("statements of a batch differ by 10 at most", high - low <= 10),
    ]


PROOFS = (
    Proof(
        name="adjudicate",
        run=prove,
        number=lambda sizes: max(sizes.claims // 20, 200),
        most_ms=5.0,
    ),
)
