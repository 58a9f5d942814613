"""The boards: what each app opens on."""

from . import raw
from .database import environment
from .measure import Contender
from .report import Goal, Row

#: rows and count of a lane
PER_LANE = 2
#: for what rows show of linked records
BESIDES = 10


def measure(bench, report, model, uid):
    """Print the row of one board, beside the same lanes by SQL.

    :param str model: abstract model that inherits ``sales.board``
    """
    with environment(bench.registry, uid) as env:
        board = env[model]
        lanes = board._get_shown_lanes()
        figures = len(board._get_figures())
        statements = [
            raw.list_statements(
                env,
                lane["model"],
                {name: {} for name in lane.get("fields", ())},
                list(lane["domain"]),
                order=lane["order"],
                limit=5,
            )
            for lane in lanes
        ]

    def run_sql(env, _state):
        for lane in statements:
            raw.run_list(env.cr, lane, limit=5)

    measures = bench.compare(
        [
            Contender("ours", lambda env, _s: env[model].get_board(), uid=uid),
            Contender("sql", run_sql, uid=uid, flush=False),
        ]
    )
    limit = PER_LANE * len(lanes) + figures + BESIDES
    goals = (Goal(limit, kind="statements"),)
    report.row(Row(f"board ({len(lanes)} lanes)", measures, goals))
