"""Runs SQL for the workbench; started with the virtual environment's Python.

Reads ``{"database": ..., "statements": [[sql, [arguments]], ...]}`` from its input and
writes the rows of the last statement as JSON. psycopg2 is not part of the standard
library, and a server that the user names may come without ``psql``.
"""

import json
import sys

import psycopg2


def main() -> int:
    task = json.load(sys.stdin)
    rows: list = []
    try:
        connection = psycopg2.connect(dbname=task["database"], connect_timeout=20)
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement, arguments in task["statements"]:
                cursor.execute(statement, arguments or None)
                rows = cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        print(str(error).strip().splitlines()[0], file=sys.stderr)
        return 1
    json.dump(rows, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main())
