"""The goals, as upper limits of ratios within one run (README.md says what for)."""

from .report import Goal

#: What a change of state or a creation with lines writes besides its own row has no
#: counterpart on the desk. There the same distance to SQL is asked for that the goals
#: against the desk leave: the desk takes 1.8 times the SQL of a creation and 3.2 times
#: that of a logged change of state.
CREATE_WITH_LINES = (Goal(2.7, "sql"), Goal(0.1, kind="per_record"))
STEP_WITH_EFFECTS = (Goal(3.6, "sql"), Goal(0.1, kind="per_record"))

GOALS = {
    "list": (Goal(1.0),),
    "my open": (Goal(1.15),),
    "search word": (Goal(1.05),),
    "search customer": (Goal(0.7),),
    "kanban": (Goal(1.1),),
    "pivot": (Goal(0.85),),
    "form": (Goal(1.2, "bare"), Goal(12, kind="statements")),
    "save": (Goal(1.15, "bare"), Goal(12, kind="statements")),
    "create own": (Goal(1.5), Goal(0.1, kind="per_record")),
    "create assigned": (Goal(3.0), Goal(0.1, kind="per_record")),
    "step": (Goal(1.1), Goal(0.1, kind="per_record")),
    "generation": (Goal(2.2),),
    "settlement": (Goal(4.0, "sql"),),
}
#: batches from which on the goals count; below, the fixed cost of a call is what is
#: seen
RATIO_BATCH, STATEMENT_BATCH = 100, 1000
#: statements that a batch of 100 may need more than one of 1
GROWTH = 10

SHEET_RATIO, SHEET_MIB = 1.3, 20.0
CLIENTS_SHARE, CLIENTS_P95_MS = 0.75, 300
INSTALL_SECONDS = 3.0


def for_batch(goals, size):
    """Those of ``goals`` that a batch of ``size`` is held against."""
    least = {"per_record": STATEMENT_BATCH}
    return tuple(goal for goal in goals if size >= least.get(goal.kind, RATIO_BATCH))
