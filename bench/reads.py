"""What a user reads: lists, searches, cards, pivot, one form."""

from . import raw, specs, twins
from .database import environment
from .goals import GOALS
from .measure import Contender
from .report import Row
from .targets import floor

LIST_LIMIT = 80
KANBAN_LIMIT = 40
COUNT_LIMIT = 10001


class Reader:
    """One model as one user reads it.

    :ivar model: its name, or that of a floor
    :ivar dict specs: {view type: (specification, order)}
    """

    def __init__(self, label, target, ref, model=None):
        self.label, self.target, self.ref = label, target, ref
        self.model = model or target.model
        self.specs, self.sums, self.bar = {}, [], None
        self.sample_id = None

    def prepare(self, env):
        """Learn what the client would read for each view."""
        for view_type in ("list", "kanban", "form"):
            spec, arch = specs.specification(env, self.model, view_type)
            self.specs[view_type] = (spec, specs.default_order(arch))
            if view_type == "kanban":
                self.bar = specs.progress_bar(arch)
        self.sample_id = self._find_sample(env)

    def _find_sample(self, env):
        """A record of open work, else any: the form that people open most."""
        Model = env[self.model]
        domain = list(self.target.open_domain)
        return Model.search(domain, limit=1).id or Model.search([], limit=1).id

    # ------------------------------------------------------------------ what is done

    def list(self, env, domain):
        spec, order = self.specs["list"]
        env[self.model].web_search_read(
            domain, spec, limit=LIST_LIMIT, order=order or "", count_limit=COUNT_LIMIT
        )

    def kanban(self, env, domain):
        model, group = env[self.model], self.target.group_by
        if self.bar:
            model.read_progress_bar(domain, group, self.bar)
        model.web_read_group(
            domain,
            [group],
            [],
            auto_unfold=True,
            unfold_read_specification=self.specs["kanban"][0],
            unfold_read_default_limit=KANBAN_LIMIT,
        )

    def pivot(self, env, domain):
        row, column = self.target.pivot
        env[self.model].formatted_read_grouping_sets(
            domain, [[], [row], [column], [row, column]], ["__count"]
        )

    def form(self, env):
        record = env[self.model].with_context(bin_size=True).browse(self.sample_id)
        record.web_read(self.specs["form"][0])


class DeskReader(Reader):
    def prepare(self, env):
        self.specs = {"list": (floor.LIST, None), "kanban": (floor.CARD, None)}


class TwinReader(Reader):
    """The twin with the original's specification, as far as it has the columns."""

    def __init__(self, reader):
        super().__init__(
            "bare", reader.target, reader.ref, twins.name_of(reader.target.model)
        )
        self.origin = reader

    def prepare(self, env):
        self.specs = {
            view: (restricted(env, self.model, spec), order)
            for view, (spec, order) in self.origin.specs.items()
        }
        self.sample_id = self.origin.sample_id


def restricted(env, model, spec):
    """``spec`` without what the twin ``model`` has no field for."""
    fields, result = env[model]._fields, {}
    for name, entry in spec.items():
        field = fields.get(name)
        if field is None:
            continue
        result[name] = entry
        if field.type in ("one2many", "many2many") and "fields" in entry:
            inner = restricted(env, field.comodel_name, entry["fields"])
            result[name] = {**entry, "fields": inner}
    return result


def shown_x2many(env, target):
    """Names of the x2many fields with rows of their own that the form shows."""
    spec, _arch = specs.specification(env, target.model, "form")
    fields = env[target.model]._fields
    return [name for name in spec if name in fields and _has_rows(env, fields[name])]


def _has_rows(env, field):
    if not field.store or field.type not in ("one2many", "many2many"):
        return False
    comodel = env[field.comodel_name]
    if field.type == "many2many":
        return comodel._auto
    is_chatter = field.comodel_name.startswith(("mail.", "rating."))
    return (
        comodel._auto and not is_chatter and raw.is_column(comodel, field.inverse_name)
    )


# -------------------------------------------------------------------------- the rows


def measure(bench, report, target, ref, desk, texts):
    """Print the rows of reading one target.

    :param tuple desk: (target, ref) of the desk
    :param tuple texts: a word and a customer's name that exist
    """
    ours = Reader("ours", target, ref)
    twin = TwinReader(ours)
    readers = [ours, DeskReader("desk", *desk), twin]
    with environment(bench.registry, bench.uid) as env:
        for reader in readers:
            reader.prepare(env)
    for name, domains in _domains(target, ref, *desk, texts).items():
        contenders = [
            _contender(reader, reader.list, domains[reader.label == "desk"])
            for reader in readers
        ]
        contenders.append(_sql_list(bench, ours, domains[0]))
        report.row(Row(name, bench.compare(contenders), GOALS.get(name, ())))
    _measure_groups(bench, report, readers)
    _measure_form(bench, report, ours, twin)


def _domains(target, ref, desk, desk_ref, texts):
    """{operation: (our domain, the desk's)}"""
    word, customer = texts
    result = {
        "list": ([], []),
        "my open": (target.get_mine(ref), desk.get_mine(desk_ref)),
    }
    if target.word:
        result["search word"] = (target.word(word), desk.word(word))
    if target.customer:
        result["search customer"] = (target.customer(customer), desk.customer(customer))
    return result


def _contender(reader, method, *arguments):
    uid = reader.ref["uid"]
    return Contender(
        reader.label, lambda env, _state: method(env, *arguments), uid=uid, flush=False
    )


def _sql_list(bench, reader, domain, view="list"):
    spec, order = reader.specs[view]
    with environment(bench.registry, bench.uid) as env:
        statements = raw.list_statements(env, reader.model, spec, domain, order=order)
    return Contender(
        "sql", lambda env, _state: raw.run_list(env.cr, statements), flush=False
    )


def _measure_groups(bench, report, readers):
    """Kanban and pivot of what is still open: what a desk shows first."""
    ours = readers[0]
    domains = {reader: list(reader.target.open_domain) for reader in readers}
    floors = {
        "kanban": _sql_kanban(bench, ours, domains[ours]),
        "pivot": _sql_pivot(bench, ours, domains[ours]),
    }
    for name, sql in floors.items():
        contenders = [
            _contender(reader, getattr(reader, name), domains[reader])
            for reader in readers
        ]
        report.row(Row(name, bench.compare([*contenders, sql]), GOALS[name]))


def _sql_kanban(bench, reader, domain):
    from odoo.tools import SQL

    group, spec = reader.target.group_by, reader.specs["kanban"][0]
    with environment(bench.registry, bench.uid) as env:
        model = env[reader.model]
        values = [value for [value] in model._read_group(domain, [group])]
        keys = [getattr(value, "id", value) for value in values]
        lists = [
            raw.list_statements(
                env,
                reader.model,
                spec,
                [*domain, (group, "=", key)],
                limit=KANBAN_LIMIT,
                count=False,
            )
            for key in keys
        ]
        query = model._search(domain)
        column = SQL.identifier(query.table, group)
        counted = raw.as_text(env, _grouped(query, [column], column))

    def run(env, _state):
        env.cr.execute(counted)
        env.cr.fetchall()
        for statements in lists:
            raw.run_list(env.cr, statements)

    return Contender("sql", run, flush=False)


def _sql_pivot(bench, reader, domain):
    from odoo.tools import SQL

    row, column = (name.partition(":")[0] for name in reader.target.pivot)
    with environment(bench.registry, bench.uid) as env:
        query = env[reader.model]._search(domain)
        a = SQL.identifier(query.table, row)
        b = SQL("date_trunc('month', %s)", SQL.identifier(query.table, column))
        sets = SQL("GROUPING SETS ((), (%s), (%s), (%s, %s))", a, b, a, b)
        text = raw.as_text(env, _grouped(query, [a, b], sets))

    def run(env, _state):
        env.cr.execute(text)
        env.cr.fetchall()

    return Contender("sql", run, flush=False)


def _grouped(query, terms, groups):
    from odoo.tools import SQL

    return SQL(
        "SELECT %s, COUNT(*) FROM %s WHERE %s GROUP BY %s",
        SQL(", ").join(terms),
        query.from_clause,
        query.where_clause or SQL("TRUE"),
        groups,
    )


def _measure_form(bench, report, ours, twin):
    spec = ours.specs["form"][0]
    with environment(bench.registry, bench.uid) as env:
        statements = raw.list_statements(
            env,
            ours.model,
            spec,
            [("id", "=", ours.sample_id)],
            limit=1,
            count=False,
        )
    contenders = [
        _contender(ours, ours.form),
        _contender(twin, twin.form),
        Contender(
            "sql", lambda env, _state: raw.run_list(env.cr, statements), flush=False
        ),
    ]
    name = f"form ({len(spec)} fields)"
    report.row(Row(name, bench.compare(contenders), GOALS["form"]))
