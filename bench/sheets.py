"""XLSX of twelve stored columns: the product's writer beside bare xlsxwriter.

Each is measured in a process of its own, so that the memory seen is its own:
``python3 -m bench.sheets --db bench_x --rows 50000 --variant ours``.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time

from . import database, goals
from .measure import reset_peak, resident_mib

MODEL = "bench.floor.sheet"
VARIANTS = ("ours", "floor")
#: what the floor writes: the cells of our sheet, read by one statement
STATEMENT = """
    SELECT s.number, s.name, s.state, p.complete_name, up.name, t.name, s.date_due,
           s.submitted_at, s.amount, s.quantity, s.pieces, s.is_urgent
      FROM bench_floor_sheet s
      LEFT JOIN res_partner p ON p.id = s.partner_id
      LEFT JOIN res_users u ON u.id = s.user_id
      LEFT JOIN res_partner up ON up.id = u.partner_id
      LEFT JOIN bench_floor_team t ON t.id = s.team_id
     WHERE s.id <= %s
     ORDER BY s.id
"""
FILL = """
    INSERT INTO bench_floor_sheet (number, name, state, partner_id, user_id, team_id,
           date_due, submitted_at, amount, quantity, pieces, is_urgent, currency_id)
    SELECT 'S' || lpad(g::text, 8, '0'), 'Something about thing ' || g,
           (ARRAY['draft', 'submitted', 'approved'])[1 + g %% 3],
           (%(partners)s)[1 + g * 7919 %% array_length(%(partners)s, 1)],
           (%(users)s)[1 + g %% array_length(%(users)s, 1)],
           (%(teams)s)[1 + g %% array_length(%(teams)s, 1)],
           current_date - (g %% 730)::int, now() - (g %% 86400) * interval '1 second',
           (g %% 100000) / 7.0, (g %% 500) / 4.0, g %% 90, g %% 5 = 0, %(currency)s
      FROM generate_series(%(first)s, %(last)s) g
"""


def fill(registry, ref, rows):
    with database.environment(registry, commit=True) as env:
        env.cr.execute("SELECT count(*) FROM bench_floor_sheet")
        [present] = env.cr.fetchone()
        if present < rows:
            env.cr.execute(
                FILL,
                {
                    "partners": ref["partners"],
                    "users": ref["users"],
                    "teams": ref["teams"],
                    "currency": env.company.currency_id.id,
                    "first": present + 1,
                    "last": rows,
                },
            )
    database.vacuum(registry, ["bench_floor_sheet"])


def measure(report, db, addons_path, sizes, rounds):
    """Print the comparison for each number of rows."""
    report.title("sales_base · sheets, 12 stored columns, each in its own process")
    for rows in sizes:
        runs = {name: [] for name in VARIANTS}
        for _round in range(rounds):
            for name in VARIANTS:
                runs[name].append(_run_child(db, addons_path, rows, name))
        errors = [
            run["error"] for name in VARIANTS for run in runs[name] if "error" in run
        ]
        if errors:
            report.line(f"{rows:,} rows: not measured: {errors[0]}")
            report.missed.append(f"sheet of {rows:,} rows: not measured")
            continue
        _print(report, rows, runs)


def _print(report, rows, runs):
    seconds, busy, peaks = (
        {name: statistics.median(run[key] for run in runs[name]) for name in VARIANTS}
        for key in ("seconds", "cpu_seconds", "peak_mib")
    )
    value = seconds["ours"] / seconds["floor"]
    operation = f"XLSX {rows:,} rows"
    texts = [
        report.verdict(
            operation,
            f"≤ {goals.SHEET_RATIO:g} of the floor",
            round(value, 2) <= goals.SHEET_RATIO,
        ),
        report.verdict(
            operation,
            f"≤ {goals.SHEET_MIB:g} MiB",
            peaks["ours"] <= goals.SHEET_MIB,
        ),
    ]
    report.line(
        f"{operation:24} ours {seconds['ours']:.2f} s, +{peaks['ours']:.1f} MiB   "
        f"bare xlsxwriter {seconds['floor']:.2f} s, +{peaks['floor']:.1f} MiB   "
        f"ratio {value:.2f} (of CPU {busy['ours'] / busy['floor']:.2f})   "
        + "; ".join(texts)
    )


def _run_child(db, addons_path, rows, variant):
    command = [sys.executable, "-m", "bench.sheets", f"--db={db}"]
    command += [f"--rows={rows}", f"--variant={variant}"]
    if addons_path:
        command.append(f"--addons-path={addons_path}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            return json.loads(line)
    return {"error": (done.stderr.strip().splitlines() or ["no output"])[-1][:200]}


# ------------------------------------------------------------------- in the child


def write_ours(env, limit):
    with tempfile.TemporaryFile() as stream:
        env[MODEL]._write_sheet(stream, [("id", "<=", limit)])


def write_floor(env, limit):
    import xlsxwriter

    labels = dict(env[MODEL]._fields["state"]._description_selection(env))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as stream:
        options = {"constant_memory": True, "tmpdir": folder}
        book = xlsxwriter.Workbook(stream, options)
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        number = book.add_format({"num_format": "#,##0.00"})
        whole = book.add_format({"num_format": "#,##0"})
        page.write_row(0, 0, list("ABCDEFGHIJKL"))
        text = page.write_string
        with env.cr._cnx.cursor("bench_sheet") as cursor:
            cursor.itersize = 2000
            cursor.execute(STATEMENT, (limit,))
            for line, row in enumerate(cursor, 1):
                text(line, 0, row[0])
                text(line, 1, row[1])
                text(line, 2, labels[row[2]])
                text(line, 3, row[3])
                text(line, 4, row[4])
                text(line, 5, row[5])
                page.write_datetime(line, 6, row[6], day)
                page.write_datetime(line, 7, row[7], moment)
                page.write_number(line, 8, row[8], number)
                page.write_number(line, 9, row[9], number)
                page.write_number(line, 10, row[10], whole)
                text(line, 11, "Yes" if row[11] else "No")
        book.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", required=True)
    parser.add_argument("--addons-path")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--variant", choices=VARIANTS, default="ours")
    options = parser.parse_args()
    registry = database.boot(options.db, options.addons_path)
    write = write_ours if options.variant == "ours" else write_floor
    with database.environment(registry) as env:
        env.cr.execute(
            "SELECT id FROM bench_floor_sheet ORDER BY id OFFSET %s LIMIT 1",
            (options.rows - 1,),
        )
        [limit] = env.cr.fetchone()
        uid = env["res.users"].search([("login", "=", "agent00")]).id
    with database.environment(registry, uid) as env:  # warm: imports, caches
        write(env, min(limit, 500))
    with database.environment(registry, uid) as env:
        before = resident_mib()
        reset_peak()
        started, worked = time.perf_counter(), time.process_time()
        write(env, limit)
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        peak = resident_mib("VmHWM") - before
    result = {"seconds": seconds, "cpu_seconds": worked, "peak_mib": peak}
    print(json.dumps({key: round(value, 2) for key, value in result.items()}))


if __name__ == "__main__":
    main()
