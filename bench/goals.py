"""The goals, as upper limits of ratios within one run (README.md says what for)."""

from .report import Goal

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
#: batches from which on the goals per record count; below, the fixed cost of a call
#: is what is seen
GOAL_BATCH = 100
#: statements that a batch of 1,000 may need more than one of 1
GROWTH = 10

SHEET_RATIO, SHEET_MIB = 1.3, 20.0
CLIENTS_SHARE, CLIENTS_P95_MS = 0.75, 300
INSTALL_SECONDS = 3.0
