"""Describes a database for ``leftovers``; started with the environment's Python.

Reads its task as JSON from its input and writes the description as JSON.
"""

import json
import sys

import psycopg2
from psycopg2 import sql

#: The columns that count, in a fixed order, without those that only hold stamps.
COLUMNS = """
    SELECT c.table_name, array_agg(c.column_name::text ORDER BY c.column_name)
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'
  GROUP BY c.table_name
"""


def main() -> int:
    task = json.load(sys.stdin)
    with psycopg2.connect(dbname=task["columns_as_in"]) as reference:
        with reference.cursor() as cursor:
            cursor.execute(COLUMNS)
            wanted = dict(cursor.fetchall())
    with psycopg2.connect(dbname=task["database"]) as connection:
        with connection.cursor() as cursor:
            cursor.execute(COLUMNS)
            present = dict(cursor.fetchall())
            names = {}
            for kind, query in task["kinds"].items():
                cursor.execute(query)
                names[kind] = sorted({row[0] for row in cursor if row[0]})
            rows = {}
            for table, columns in wanted.items():
                there = set(present.get(table, ()))
                if "id" in there and table not in task["restless"]:
                    kept = [c for c in columns if c not in task["stamps"]]
                    rows[table] = _rows(cursor, table, kept, there)
    json.dump({"names": names, "rows": rows}, sys.stdout)
    return 0


def _rows(cursor, table: str, columns: list[str], there: set[str]) -> dict[str, str]:
    """{id: hash of the row}; a column that was lost makes every row differ."""
    values = [
        sql.Identifier(name) if name in there else sql.Literal("(lost)")
        for name in columns
    ]
    cursor.execute(
        sql.SQL("SELECT id::text, md5(ROW({})::text) FROM {}").format(
            sql.SQL(", ").join(values), sql.Identifier(table)
        )
    )
    return dict(cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())
