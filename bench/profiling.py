"""Where the time of one operation goes: SQL by table, Python by function.

``python3 -m bench.profiling --db bench_x --model after.sales.claim --op approve``:
``--op`` is list, mine, word, customer, kanban, pivot, form, save, create, board or the
name of a step or job. The database is one that ``python3 -m bench`` has filled.
"""

import argparse
import collections
import cProfile
import pstats
import re
import threading
import time

from . import database, reads, writes
from .__main__ import Run
from .report import Report
from .targets import APPS, Sizes


def main():
    options = _parse()
    registry = database.boot(options.db, options.addons_path)
    run = Run(registry, options, Sizes(options.orders), Report())
    run.load()
    uid, setup, work = _find(run, options)
    with database.environment(registry, uid) as env:  # warm caches of the registry
        work(env, setup(env))
        env.cr.flush()
    for profiled in (False, True):
        with database.environment(registry, uid) as env:
            state = setup(env)
            env.cr.flush()
            env.invalidate_all()
            _measure(env, work, state, profiled, options.top)


def _find(run, options):
    """:returns: (user, setup, work) of what the options name"""
    for app in APPS:
        if app not in run.modules:
            continue
        module = run.modules[app]
        if options.op == "board" and options.model in module.BOARDS:
            uid = run.shared["workers"][app]
            work = lambda env, _state: env[options.model].get_board()  # noqa: E731
            return uid, lambda env: None, work
        for job in module.JOBS:
            if job.name == options.op:
                ref = run.get_job_ref(module)
                size = options.batch
                prepare = lambda env: job.prepare(env, ref, size)  # noqa: E731, B023
                return ref["manager"], prepare, job.run
    target = next(one for one in run.targets if one.model == options.model)
    ref = run.refs[target.model]
    for step in target.steps:
        if step.name == options.op:
            return _contender(writes.own_step(step, target, ref, options.batch))
    if options.op == "create":
        return _contender(writes.own_creation(target, ref, options.batch))
    if options.op == "save":
        return _contender(writes.own_save(run.registry, target, ref))
    return _reader(run, target, ref, options.op)


def _contender(contender):
    return contender.uid, contender.setup, contender.run


def _reader(run, target, ref, operation):
    reader = reads.Reader("ours", target, ref)
    with database.environment(run.registry, ref["uid"]) as env:
        reader.prepare(env)
    word, customer = run.get_texts(target.rows(run.sizes))
    domains = {
        "list": lambda: [],
        "mine": lambda: target.get_mine(ref),
        "word": lambda: target.word(word),
        "customer": lambda: target.customer(customer),
    }
    if operation in domains:
        domain = domains[operation]()
        return ref["uid"], lambda env: domain, reader.list
    if operation == "form":
        return ref["uid"], lambda env: None, lambda env, _state: reader.form(env)
    domain = list(target.open_domain)
    return ref["uid"], lambda env: domain, getattr(reader, operation)


def _measure(env, work, state, profiled, top):
    statements = collections.defaultdict(lambda: [0, 0.0])

    def hook(_cr, query, _params, _start, seconds):
        entry = statements[_kind(query)]
        entry[0] += 1
        entry[1] += seconds

    profiler = cProfile.Profile()
    if profiled:
        threading.current_thread().query_hooks = (hook,)
        profiler.enable()
    started = time.perf_counter()
    work(env, state)
    env.cr.flush()
    seconds = time.perf_counter() - started
    profiler.disable()
    threading.current_thread().query_hooks = ()
    if not profiled:
        print(f"{seconds * 1e3:.1f} ms without the profiler")
        return
    print("\nSQL: count, ms, statement and table")
    for key, (count, spent) in sorted(statements.items(), key=lambda i: -i[1][1])[:top]:
        print(f"  {count:5} {spent * 1e3:8.1f}  {key}")
    _print_functions(pstats.Stats(profiler), top)


def _kind(query):
    text = re.sub(r"\s+", " ", query if isinstance(query, str) else query.code)
    table = re.search(r'(?:FROM|INTO|UPDATE)\s+"?([a-z_0-9]+)', text)
    return f"{text.split()[0].upper()} {table.group(1) if table else '?'}"


def _print_functions(stats, top):
    print("\nPython: share of all, calls, function with what it calls")
    rows = []
    for (path, line, name), (_cc, calls, _tt, total, _who) in stats.stats.items():
        short = re.sub(r".*/(addons|odoo)/", "", path)
        rows.append((total, calls, f"{short}:{line} {name}"))
    for total, calls, what in sorted(rows, reverse=True)[: top * 2]:
        print(f"  {total / stats.total_tt:6.1%} {calls:8}  {what}")


def _parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--db", required=True)
    add("--addons-path")
    add("--model", default="", help="of a target or a board")
    add("--op", default="list")
    add("--batch", type=int, default=100, help="records of a creation, step or job")
    add("--orders", type=int, default=Sizes.orders, help="as the database was filled")
    add("--top", type=int, default=25, help="lines of each table")
    parser.set_defaults(apps=())  # all of them
    return parser.parse_args()


if __name__ == "__main__":
    main()
