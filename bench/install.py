"""How long an addon takes to install over what it depends on, without demo data."""

import os
import statistics
import subprocess
import sys
import time

from . import goals
from .database import check_name

COPY = "bench_install"


def measure(report, templates, addons_path, rounds):
    """Print a line for each addon.

    :param dict templates: {addon: database that holds its dependencies}; copied, never
        written
    """
    report.title("installation over the dependencies, without demo data")
    for addon, template in templates.items():
        starts, installs, failed = [], [], False
        for _round in range(rounds):
            for arguments, times in ((["-i", addon], installs), ([], starts)):
                _copy(template)
                started = time.perf_counter()
                failed |= not _run_odoo(arguments, addons_path)
                times.append(time.perf_counter() - started)
        _drop()
        start, install = statistics.median(starts), statistics.median(installs)
        seconds = install - start
        goal = f"≤ {goals.INSTALL_SECONDS:g} s"
        met = not failed and round(seconds, 1) <= goals.INSTALL_SECONDS
        verdict = report.verdict(f"install {addon}", goal, met)
        report.line(
            f"{addon:24} {seconds:5.1f} s (with start {install:.1f} s, a start alone "
            f"{start:.1f} s){'  with errors' if failed else ''}   {verdict}"
        )


def _run_odoo(arguments, addons_path):
    command = [sys.executable, "-P", "-m", "odoo", "-d", COPY, "--stop-after-init"]
    command += ["--no-http", "--max-cron-threads=0", *arguments]
    if addons_path:
        command.append(f"--addons-path={addons_path}")
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ}
    )
    output = done.stdout + done.stderr
    return done.returncode == 0 and " ERROR " not in output


def _copy(template):
    _drop()
    _sql(f'CREATE DATABASE "{COPY}" TEMPLATE "{template}"')


def _drop():
    check_name(COPY)
    _sql(f'DROP DATABASE IF EXISTS "{COPY}"')


def _sql(statement):
    import psycopg2

    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
