"""The table: ours beside its floors, as ratios, with goal and verdict."""

from dataclasses import dataclass, field

from .measure import Measure

FLOORS = ("desk", "bare", "sql")
WIDTH = 34
#: rows that the ORM inserts in one statement
INSERTED = 100


@dataclass
class Row:
    """One line of the table.

    :param dict measures: {label: Measure}; ``ours`` and the floors there are
    :param goals: ``Goal`` objects this line is held against
    :param int units: records, for the goals of statements
    :param int rows: rows that were inserted; Odoo inserts a hundred in one statement
    """

    operation: str
    measures: dict
    goals: tuple = ()
    units: int = 1
    rows: int = 0


@dataclass(frozen=True)
class Goal:
    """An upper limit, from the goals of the house; see README.md.

    :param str kind: ``ratio`` to ``floor``, ``statements`` in all, or ``per_record``
    """

    limit: float
    floor: str = "desk"
    kind: str = "ratio"

    def judge(self, row):
        """:returns: (text, whether it is met) or None when it cannot be told"""
        ours = row.measures["ours"]
        if ours.error:
            return None
        if self.kind == "statements":
            met = ours.statements <= self.limit
            return f"≤ {self.limit:g} statements", met
        if self.kind == "per_record":
            met = ours.statements <= self.limit * row.units + row.rows / INSERTED
            return f"≤ {self.limit:g} statements a record", met
        value = ratio(row.measures, self.floor)
        if value is None:
            return None
        return f"≤ {self.limit:g} {self.floor}", round(value, 2) <= self.limit


@dataclass
class Report:
    """Collects and prints; ``missed`` names every goal that was not met."""

    missed: list = field(default_factory=list)
    met: int = 0
    section: str = ""

    def title(self, text):
        self.section = text
        print(f"\n{text}\n{'-' * len(text)}")

    def head(self):
        cells = [f"{'operation':{WIDTH}}", f"{'ours ms':>9}", f"{'stmts':>6}"]
        cells += [f"{floor + ' ms':>9}" for floor in FLOORS]
        cells += [f"{'/' + floor:>6}" for floor in FLOORS]
        print(" ".join(cells) + "  goal")

    def row(self, row):
        ours = row.measures["ours"]
        if ours.error:
            reason = ours.error.splitlines()[0]
            print(f"{row.operation:{WIDTH}} not measured: {reason}")
            self.missed.append(f"{self.section}: {row.operation}: not measured")
            return
        cells = [f"{row.operation:{WIDTH}}", milliseconds(ours), f"{ours.statements:6}"]
        cells += [milliseconds(row.measures.get(floor)) for floor in FLOORS]
        cells += [_ratio_text(ratio(row.measures, floor)) for floor in FLOORS]
        print(" ".join(cells) + "  " + self._judge(row), flush=True)

    def _judge(self, row):
        texts = []
        for goal in row.goals:
            judged = goal.judge(row)
            if judged:
                texts.append(self.verdict(row.operation, *judged))
        bare = row.measures.get("bare")
        if _is_there(bare) and any(goal.kind == "statements" for goal in row.goals):
            texts.append(f"bare has {bare.statements}")
        return "; ".join(texts)

    def verdict(self, operation, text, met):
        """:returns: the goal's text with ``met`` or ``MISSED``"""
        if met:
            self.met += 1
            return f"{text}: met"
        self.missed.append(f"{self.section}: {operation}: {text}")
        return f"{text}: MISSED"

    def line(self, text):
        print(text, flush=True)

    def summary(self):
        print(f"\n{self.met} goals met, {len(self.missed)} missed")
        for text in self.missed:
            print(f"  missed  {text}")


def ratio(measures, floor):
    """Ours divided by a floor, or None where one of them is missing."""
    ours, other = measures.get("ours"), measures.get(floor)
    if not _is_there(ours) or not _is_there(other):
        return None
    return ours.ms / other.ms


def _is_there(measure):
    return isinstance(measure, Measure) and not measure.error and measure.ms


def milliseconds(measure):
    if not _is_there(measure):
        return f"{'':>9}"
    return f"{measure.ms:9.1f}" if measure.ms < 1000 else f"{measure.ms:9.0f}"


def _ratio_text(value):
    return f"{'':>6}" if value is None else f"{value:6.2f}"
