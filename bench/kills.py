"""A job killed in the middle and started again, beside an undisturbed run.

The worker is a process of its own, ``python3 -m bench.kills --db bench_x --run 7``,
which works as the scheduler does and commits its batches. It is killed (SIGKILL) while
it works, started again, and in the end the totals are compared, to the cent. Unlike all
other measures this one commits; it puts back what it changed.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from . import database

KILLS = 3
#: a worker that does not get on is given up
PATIENCE_SECONDS = 900
POLL_SECONDS = 0.01


@dataclass(frozen=True)
class Resumable:
    """A job that goes on where it was stopped.

    :param str name: as printed
    :param size: ``size(sizes)``: how many records
    :param prepare: ``prepare(env, ref, size)``
    :param start: ``start(env)``: queues the run and returns its id
    :param finish: ``finish(env)``: does it undisturbed, in one transaction
    :param totals: ``totals(env)``: what is compared
    :param clean: ``clean(env, ref)``: puts back what ``prepare`` and the run changed
    """

    name: str
    size: Callable
    prepare: Callable
    start: Callable
    finish: Callable
    totals: Callable
    clean: Callable
    unit: str = ""


def measure(registry, report, job, ref, sizes, db, addons_path):
    size = job.size(sizes)
    uid = ref["manager"]
    with database.environment(registry, commit=True) as env:
        job.prepare(env, ref, size)
    try:
        expected, seconds = _run_undisturbed(registry, job, uid)
        with database.environment(registry, uid, commit=True) as env:
            run_id = job.start(env)
        kills, done = _run_with_kills(registry, run_id, size, db, addons_path)
        with database.environment(registry) as env:
            found = job.totals(env)
            state = env["sales.run"].browse(run_id).state
    finally:
        with database.environment(registry, commit=True) as env:
            job.clean(env, ref)
    name = f"{job.name} {size:,} {job.unit}, killed {kills} times (after {done})"
    same = found == expected and state == "done"
    text = report.verdict(name, "totals of an undisturbed run, to the cent", same)
    report.line(f"{name}; undisturbed {seconds:.1f} s; {len(found)} totals  {text}")


def _run_undisturbed(registry, job, uid):
    """:returns: (totals, seconds); rolled back"""
    with database.environment(registry, uid) as env:
        started = time.monotonic()
        job.finish(env)
        env.cr.flush()
        return job.totals(env), time.monotonic() - started


def _run_with_kills(registry, run_id, size, db, addons_path):
    """Kill a worker each time it has got on by a quarter, then let one finish.

    :returns: (number of kills, how far the run was at each)
    """
    done = []
    for number in range(1, KILLS + 1):
        worker = _start_worker(db, addons_path, run_id)
        target = size * number // (KILLS + 1)
        if not _wait(registry, run_id, worker, target):
            break
        worker.kill()
        worker.wait()
        done.append(_get_done(registry, run_id))
    worker = _start_worker(db, addons_path, run_id)
    worker.wait(PATIENCE_SECONDS)
    return len(done), ", ".join(f"{count:,}" for count in done)


def _wait(registry, run_id, worker, target):
    """:returns: whether the run has got to ``target`` while the worker works"""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and worker.poll() is None:
        if _get_done(registry, run_id) >= target:
            return worker.poll() is None
        time.sleep(POLL_SECONDS)
    return False


def _get_done(registry, run_id):
    with registry.cursor() as cr:
        cr.execute("SELECT done_count FROM sales_run WHERE id = %s", (run_id,))
        return cr.fetchone()[0] or 0


def _start_worker(db, addons_path, run_id):
    command = [sys.executable, "-m", "bench.kills", f"--db={db}", f"--run={run_id}"]
    if addons_path:
        command.append(f"--addons-path={addons_path}")
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


# ------------------------------------------------------------------- in the worker


def work(registry, run_id):
    """Batch after batch, each committed, as the scheduler does."""
    with database.environment(registry) as env:
        run = env["sales.run"].browse(run_id)
        while run._work_batch():
            env.cr.commit()
        env.cr.commit()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python3 -m bench.kills")
    parser.add_argument("--db", required=True)
    parser.add_argument("--run", type=int, required=True)
    parser.add_argument("--addons-path")
    options = parser.parse_args()
    work(database.boot(options.db, options.addons_path), options.run)
