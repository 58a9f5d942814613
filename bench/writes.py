"""What a user or a job writes: creation, one saved form, changes of state."""

from . import raw, specs, twins
from .database import environment
from .goals import CREATE_WITH_LINES, GOALS, GROWTH, STEP_WITH_EFFECTS, for_batch
from .measure import Contender
from .reads import restricted
from .report import Row
from .targets import floor

BATCHES = (1, 100, 1000)


def measure(bench, report, target, ref, desk, batches=BATCHES):
    """Print the rows of creating, saving and changing one target.

    :param tuple desk: (target, ref) of the desk
    """
    if target.creates and target.values:
        _measure_creation(bench, report, target, ref, desk, batches)
        _measure_save(bench, report, target, ref)
    for step in target.steps:
        _measure_step(bench, report, step, target, ref, desk, batches)


def _values(target, ref, size, users):
    return [target.values(ref, i, users[i % len(users)]) for i in range(size)]


# --------------------------------------------------------------------------- creation


def _measure_creation(bench, report, target, ref, desk, batches):
    """Own records, and records that each go to one of twenty users."""
    kinds = {"own": ([ref["uid"]], ref["uid"])}
    if target.owner:
        # others' work is handed out by a manager
        kinds["assigned"] = (ref["users"], ref["manager"])
    for kind, (users, uid) in kinds.items():
        counts = []
        creator = dict(ref, uid=uid)
        for size in batches:
            contenders, rows = _creation_contenders(
                bench, target, creator, desk, size, users
            )
            measures = bench.compare(contenders)
            goals = for_batch(_creation_goals(target, kind), size)
            report.row(Row(f"create {size:,} {kind}", measures, goals, size, rows))
            counts.append(measures["ours"])
        growth_line(report, f"create {kind}", counts)


def _creation_goals(target, kind):
    return CREATE_WITH_LINES if target.lines else GOALS[f"create {kind}"]


def _creation_contenders(bench, target, ref, desk, size, users):
    ours = own_creation(target, ref, size, users)
    floor_desk = own_creation(*desk, size, users, "desk")
    contenders = [ours, floor_desk]
    rows = record(bench, ours) or {}
    if rows:
        contenders.append(_bare_creation(bench, target, rows))
        contenders.append(
            Contender("sql", lambda env, _s: raw.insert(env.cr, rows), flush=False)
        )
    return contenders, raw.count(rows)


def own_creation(target, ref, size, users=None, label="ours"):
    """Creation of a batch by ``ref["uid"]`` for ``users``."""
    users = users or [ref["uid"]]
    return Contender(
        label,
        lambda env, vals_list: env[target.model].create(vals_list),
        lambda env: _values(target, ref, size, users),
        uid=ref["uid"],
    )


def record(bench, contender):
    """The rows that a run inserts, or None where it fails."""
    try:
        with environment(bench.registry, contender.uid) as env:
            state = contender.setup(env)
            env.cr.flush()
            recording = raw.Recording(env)
            with recording.record():
                contender.run(env, state)
            return recording.rows
    except Exception:  # noqa: BLE001 - the row of ours tells the same
        return None


def _bare_creation(bench, target, rows):
    """The twin created with the cells that ours has after its creation."""
    vals_list = bare_values(bench.registry, target, rows)
    twin = twins.name_of(target.model)
    return Contender(
        "bare",
        lambda env, values: env[twin].create(values),
        lambda env: [dict(values) for values in vals_list],
        uid=bench.uid,
    )


def bare_values(registry, target, rows):
    """Values of the twin, with lines, that give the recorded rows."""
    model, twin = registry[target.model], registry[twins.name_of(target.model)]
    names, cells = rows.get(model._table, ((), ()))
    parents = {}
    for row in cells:
        vals = dict(zip(names, row, strict=True))
        parents[vals["id"]] = _writable(twin, vals)
    for name, field in twin._fields.items():
        if field.type != "one2many" or not field.comodel_name.startswith("bench."):
            continue
        lines = registry[field.comodel_name]
        table = registry[model._fields[name].comodel_name]._table
        line_names, line_cells = rows.get(table, ((), ()))
        for row in line_cells:
            vals = dict(zip(line_names, row, strict=True))
            parent = parents.get(vals.pop(field.inverse_name))
            if parent is not None:
                parent.setdefault(name, []).append((0, 0, _writable(lines, vals)))
    return list(parents.values())


def _writable(model, vals):
    from odoo import models

    return {
        name: value
        for name, value in vals.items()
        if name in model._fields
        and name not in models.MAGIC_COLUMNS
        and value is not None
    }


def growth_line(report, name, measures):
    """Statements of 1, 100 and 1,000 records side by side; the first two are judged,
    beyond a hundred rows the ORM itself inserts in several statements."""
    if any(measure.error for measure in measures) or len(measures) < 2:
        return
    counts = [measure.statements for measure in measures]
    met = counts[1] <= counts[0] + GROWTH
    text = report.verdict(name, f"statements grow by at most {GROWTH}", met)
    report.line(f"  {name}: statements " + " → ".join(map(str, counts)) + f"  {text}")


# ------------------------------------------------------------------------- one form


def own_save(registry, target, ref):
    with environment(registry, ref["uid"]) as env:
        spec, _arch = specs.specification(env, target.model, "form")
    return Contender(
        "ours",
        lambda env, vals: env[target.model].web_save(vals, spec),
        lambda env: dict(target.values(ref, 0, ref["uid"])),
        uid=ref["uid"],
    )


def _measure_save(bench, report, target, ref):
    """A person saves one new form: web_save with what the form reads afterwards."""
    ours = own_save(bench.registry, target, ref)
    twin = twins.name_of(target.model)
    with environment(bench.registry, ref["uid"]) as env:
        spec, _arch = specs.specification(env, target.model, "form")
        bare_spec = restricted(env, twin, spec)
    contenders = [ours]
    rows = record(bench, ours)
    if rows:
        [bare] = bare_values(bench.registry, target, rows)[:1] or [None]
        if bare:
            contenders.append(
                Contender(
                    "bare",
                    lambda env, vals: env[twin].web_save(vals, bare_spec),
                    lambda env: dict(bare),
                    uid=ref["uid"],
                )
            )
        contenders.append(
            Contender("sql", lambda env, _s: raw.insert(env.cr, rows), flush=False)
        )
    report.row(Row("save one form", bench.compare(contenders), GOALS["save"]))


# ---------------------------------------------------------------------------- steps


def _measure_step(bench, report, step, target, ref, desk, batches):
    counts = []
    for size in batches:
        if size not in step.batches:
            continue
        contenders, rows = _step_contenders(bench, step, target, ref, size)
        contenders.append(_desk_close(*desk, size))
        measures = bench.compare(contenders)
        goals = STEP_WITH_EFFECTS if step.has_effects else GOALS["step"]
        goals = for_batch(goals, size)
        report.row(Row(f"{step.name} {size:,}", measures, goals, size, rows))
        counts.append(measures["ours"])
    growth_line(report, step.name, counts)


def _step_contenders(bench, step, target, ref, size):
    ours = own_step(step, target, ref, size)
    try:
        effect = _Effect(bench, ours, target)
    except Exception:  # noqa: BLE001 - the row of ours tells the same
        return [ours], 0
    return [ours, effect.get_bare(), effect.get_sql()], raw.count(effect.rows)


def own_step(step, target, ref, size):
    """A step of fresh records, which are led to it untimed."""

    def setup(env):
        records = env[target.model].sudo()
        records = records.create(_values(target, ref, size, [ref["uid"]]))
        if step.before:
            step.before(records, ref)
        env.cr.flush()
        env.invalidate_all()
        return env[target.model].browse(records.ids)

    uid = ref["manager"] if step.by_manager else ref["uid"]
    return Contender("ours", lambda env, records: step.run(records, ref), setup, uid)


def _desk_close(target, ref, size):
    def setup(env):
        records = env[target.model].create(_values(target, ref, size, [ref["uid"]]))
        env.cr.flush()
        return env[target.model].browse(records.ids)

    return Contender(
        "desk", lambda env, records: floor.close(records, ref), setup, ref["uid"]
    )


class _Effect:
    """What a step left in the database, to be done again without it."""

    def __init__(self, bench, ours, target):
        self.ours, self.target = ours, target
        self.table = bench.registry[target.model]._table
        self.registry = bench.registry
        with environment(bench.registry, ours.uid) as env:
            records = ours.setup(env)
            self.ids = sorted(records.ids)
            before = raw.read_rows(env.cr, self.table, self.ids)
            recording = raw.Recording(env)
            with recording.record():
                ours.run(env, records)
            after = raw.read_rows(env.cr, self.table, self.ids)
        self.before, self.changed = before, raw.changes(before, after)
        self.rows = recording.rows

    def get_sql(self):
        """The rows inserted and the columns changed, on fresh records."""

        def setup(env):
            mapping = dict(zip(self.ids, sorted(self.ours.setup(env).ids), strict=True))
            changed = {mapping[id_]: row for id_, row in self.changed.items()}
            return changed, raw.relinked(env.cr, self.rows, self.table, mapping)

        def run(env, state):
            changed, rows = state
            raw.insert(env.cr, rows)
            raw.update(env.cr, self.table, changed)

        return Contender("sql", run, setup, self.ours.uid, flush=False)

    def get_bare(self):
        """The columns changed, written to twins by the ORM."""
        twin = twins.name_of(self.target.model)
        definition = self.registry[twin]

        def setup(env):
            values = [_writable(definition, self.before[id_]) for id_ in self.ids]
            records = env[twin].create(values)
            groups = {}
            for record, id_ in zip(records, self.ids, strict=True):
                vals = _writable(definition, self.changed[id_])
                key = repr(sorted(vals.items()))
                groups.setdefault(key, (vals, []))[1].append(record.id)
            env.cr.flush()
            return [(env[twin].browse(ids), vals) for vals, ids in groups.values()]

        def run(env, groups):
            for records, vals in groups:
                records.write(vals)

        return Contender("bare", run, setup, self.ours.uid)
