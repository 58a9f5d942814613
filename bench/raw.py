"""The floor beneath the ORM: the same rows and cells by the fewest SQL statements."""

import contextlib

from psycopg2.extras import Json, execute_values

PAGE = 1000


# ------------------------------------------------------------------- rows written


def columns_of(cr, table):
    """{column: type} of a table, without generated columns."""
    cr._obj.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' ORDER BY attnum",
        (f'"{table}"',),
    )
    return dict(cr._obj.fetchall())


class Recording:
    """Rows that a block inserts, to be written again without the ORM.

    :ivar rows: {table: (columns, rows)}, tables in an order that foreign keys allow
    """

    def __init__(self, env):
        self.cr = env.cr
        self.rows = {}

    @contextlib.contextmanager
    def record(self):
        marks = self._get_high_marks()
        before = self._count_inserted()
        yield self
        self.cr.flush()
        after = self._count_inserted()
        tables = [name for name in after if after[name] != before.get(name, 0)]
        captured = {name: self._read(name, marks[name]) for name in tables}
        self.rows = {
            name: captured[name]
            for name in _in_order(self.cr, tables)
            if captured[name][1]
        }

    def _count_inserted(self):
        self.cr._obj.execute(
            "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins > 0"
        )
        return dict(self.cr._obj.fetchall())

    def _get_high_marks(self):
        """Highest id of each table, None where there is no id."""
        self.cr._obj.execute(
            "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), 'id')"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'"
            " WHERE c.relkind = 'r' AND n.nspname = current_schema()"
            " AND a.attname IS NOT NULL"
        )
        marks = {}
        for table, sequence in self.cr._obj.fetchall():
            if sequence:
                self.cr._obj.execute(f"SELECT last_value FROM {sequence}")
                marks[table] = self.cr._obj.fetchone()[0]
        return _WithDefault(marks)

    def _read(self, table, mark):
        names = list(columns_of(self.cr, table))
        listed = ", ".join(f'"{name}"' for name in names)
        if mark is None:
            condition = "xmin::text::bigint >= (txid_current() & 4294967295)"
            self.cr._obj.execute(f'SELECT {listed} FROM "{table}" WHERE {condition}')
        else:
            self.cr._obj.execute(
                f'SELECT {listed} FROM "{table}" WHERE id > %s ORDER BY id', (mark,)
            )
        return names, [list(row) for row in self.cr._obj.fetchall()]


class _WithDefault(dict):
    def __missing__(self, key):
        return None


def foreign_keys(cr):
    """[(table, column, target table)] of the single-column foreign keys."""
    cr._obj.execute(
        "SELECT s.relname, a.attname, t.relname FROM pg_constraint c"
        " JOIN pg_class s ON s.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'f' AND array_length(c.conkey, 1) = 1"
    )
    return cr._obj.fetchall()


def _in_order(cr, tables):
    """Tables sorted so that a foreign key's target comes first."""
    needs = {table: set() for table in tables}
    for source, _column, target in foreign_keys(cr):
        if source in needs and target in needs and source != target:
            needs[source].add(target)
    ordered = []
    while needs:
        done = set(ordered)
        ready = sorted(table for table, others in needs.items() if not others - done)
        ready = ready or sorted(needs)[:1]
        ordered += ready
        for table in ready:
            needs.pop(table)
    return ordered


def insert(cr, rows):
    """Write recorded rows: one statement a table and thousand rows."""
    for table, (names, values) in rows.items():
        listed = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table}" ({listed}) VALUES %s'
        cells = [[_adapted(value) for value in row] for row in values]
        execute_values(cr._obj, statement, cells, page_size=PAGE)


def count(rows):
    """Number of recorded rows."""
    return sum(len(values) for _names, values in rows.values())


def relinked(cr, rows, table, mapping):
    """``rows`` whose foreign keys to ``table`` are translated by ``mapping``."""
    result = dict(rows)
    for source, column, target in foreign_keys(cr):
        if target != table or source not in result:
            continue
        names, values = result[source]
        place = names.index(column)
        result[source] = (
            names,
            [
                [*row[:place], mapping.get(row[place], row[place]), *row[place + 1 :]]
                for row in values
            ],
        )
    return result


def _adapted(value):
    return Json(value) if isinstance(value, dict | list) else value


# ------------------------------------------------------------------- rows changed


def read_rows(cr, table, ids):
    """{id: {column: value}}"""
    names = list(columns_of(cr, table))
    listed = ", ".join(f'"{name}"' for name in names)
    cr._obj.execute(f'SELECT {listed} FROM "{table}" WHERE id = ANY(%s)', (list(ids),))
    rows = [dict(zip(names, row, strict=True)) for row in cr._obj.fetchall()]
    return {row["id"]: row for row in rows}


def changes(before, after):
    """What differs: {id: {column: new value}}, with the same columns in every row."""
    columns = sorted(
        {
            name
            for id_, row in after.items()
            for name, value in row.items()
            if before[id_][name] != value
        }
    )
    return {id_: {name: row[name] for name in columns} for id_, row in after.items()}


def update(cr, table, changed):
    """One UPDATE ... FROM (VALUES ...) for a thousand rows."""
    columns = list(next(iter(changed.values()), {}))
    if not columns:
        return
    types = columns_of(cr, table)
    sets = ", ".join(f'"{name}" = v."{name}"' for name in columns)
    head = ", ".join(f'"{name}"' for name in columns)
    template = "(%s, " + ", ".join(f"%s::{types[name]}" for name in columns) + ")"
    rows = [
        [id_, *(_adapted(row[name]) for name in columns)]
        for id_, row in changed.items()
    ]
    execute_values(
        cr._obj,
        f'UPDATE "{table}" t SET {sets} FROM (VALUES %s) v(id, {head})'
        " WHERE t.id = v.id",
        rows,
        template=template,
        page_size=PAGE,
    )


# ---------------------------------------------------------------------- rows read


def list_statements(env, model_name, spec, domain, *, order=None, limit=80, count=True):
    """The fewest statements that fetch what a list shows: the rows of its stored
    columns, one statement for the names of each many2one, the bounded count.

    :returns: (text, [(place, text)], text or None), see ``run_list``
    """
    from odoo.tools import SQL

    model = env[model_name]
    query = model._search(domain, limit=limit, order=order or model._order)
    columns = ["id"] + [name for name in spec if is_column(model, name)]
    terms = [SQL.identifier(query.table, name) for name in columns]
    names = []
    for place, name in enumerate(columns):
        if not spec.get(name, {}).get("fields"):
            continue
        comodel = env[model._fields[name].comodel_name]
        if is_column(comodel, comodel._rec_name):
            names.append(
                (
                    place,
                    f'SELECT id, "{comodel._rec_name}" FROM "{comodel._table}"'
                    " WHERE id = ANY(%s)",
                )
            )
    counted = None
    if count:
        bounded = model._search(domain, limit=10001).select(SQL("1"))
        counted = as_text(env, SQL("SELECT COUNT(*) FROM (%s) t", bounded))
    return as_text(env, query.select(*terms)), names, counted


def is_column(model, name):
    field = model._fields.get(name)
    return bool(field and field.name != "id" and field.store and field.column_type)


def run_list(cr, statements, limit=80):
    rows_text, names, count_text = statements
    cr.execute(rows_text)
    rows = cr.fetchall()
    for place, text in names:
        ids = list({row[place] for row in rows if row[place]})
        if ids:
            cr.execute(text, (ids,))
            cr.fetchall()
    if count_text and len(rows) == limit:  # as the server: only if there may be more
        cr.execute(count_text)
        cr.fetchall()


def as_text(env, statement):
    return env.cr.mogrify(statement).decode()
