"""``python3 -m bench --db bench_x``: fill the database if needed, measure, report.

``make bench`` makes the database and starts this; README.md says how to read the table.
"""

import argparse
import sys
import time

from . import (
    boards,
    data,
    database,
    install,
    jobs,
    kills,
    load,
    pages,
    proofs,
    reads,
    sheets,
    specs,
    twins,
    writes,
)
from .measure import Bench
from .report import Report
from .targets import APPS, Sizes, floor
from .targets import load as load_targets

PARTS = (
    *("boards", "pages", "reads", "writes", "jobs", "kills", "proofs"),
    *("sheets", "load", "install"),
)


def main():
    options = _parse()
    sizes, report = Sizes(options.orders), Report()
    started = time.monotonic()
    if options.parts != ["install"]:
        registry = database.boot(options.db, options.addons_path)
        run = Run(registry, options, sizes, report)
        run.prepare()
        report.line(f"prepared in {time.monotonic() - started:.0f} s")
        run.measure()
    if "install" in options.parts and options.install:
        templates = dict(pair.split("=") for pair in options.install.split(","))
        install.measure(report, templates, options.addons_path, options.rounds)
    report.summary()
    report.line(f"took {time.monotonic() - started:.0f} s")


class Run:
    """One run: what is installed is filled, then measured."""

    def __init__(self, registry, options, sizes, report):
        self.registry, self.options = registry, options
        self.sizes, self.report = sizes, report
        self.targets, self.refs, self.modules, self.shared = [], {}, {}, {}
        self.is_filled = False

    # ------------------------------------------------------------------ preparation

    def load(self):
        """What was filled by an earlier run."""
        self.is_filled = True
        self._prepare_targets()

    def prepare(self):
        """Fill what is missing, and register the twins."""
        self._prepare_targets()
        if self.is_with_sheets:
            sheets.fill(self.registry, self.refs[floor.DESK.model], self.sheet_rows[-1])
        with database.environment(self.registry) as env:
            shown = {
                target.model: reads.shown_x2many(env, target) for target in self.targets
            }
        twins.register(self.registry, shown)

    def _prepare_targets(self):
        shared = self.shared = data.master_data(self.registry, self.sizes)
        wanted = self.options.apps or APPS
        self.modules = {
            app: load_targets(app) for app in wanted if app in self._installed()
        }
        for target in (floor.DESK, floor.PLAIN):
            self._fill(target, shared)
        for module in self.modules.values():
            for target in module.TARGETS:
                if target.model in self.registry:
                    shared.update(self._fill(target, shared))
                    if target.is_measured:
                        self.targets.append(target)

    def _installed(self):
        with database.environment(self.registry) as env:
            modules = env["ir.module.module"].search([("state", "=", "installed")])
            return set(modules.mapped("name"))

    def _fill(self, target, shared):
        """:returns: what the target's preparation adds for those after it"""
        ref = data.prepare(self.registry, target, shared)
        rows = target.rows(self.sizes)
        if self.is_filled:
            seconds = 0
        else:
            seconds = data.fill(self.registry, target, ref, rows)
        if seconds:
            ref = data.prepare(self.registry, target, shared)
            self.report.line(f"  {target.model}: {rows:,} rows in {seconds:.1f} s")
        self.refs[target.model] = ref
        return {
            key: value for key, value in ref.items() if key not in ("uid", "manager")
        }

    @property
    def is_with_sheets(self):
        return "sheets" in self.options.parts and not self.options.apps

    @property
    def sheet_rows(self):
        return (self.sizes.orders // 2, self.sizes.orders * 2)

    # ------------------------------------------------------------------ measurement

    def measure(self):
        desk = (floor.DESK, self.refs[floor.DESK.model])
        for app, module in self.modules.items():
            self._measure_app(app, module, desk)
        if self.is_with_sheets:
            sheets.measure(
                self.report,
                self.options.db,
                self.options.addons_path,
                self.sheet_rows,
                self.options.rounds,
            )
        if "load" in self.options.parts:
            self._measure_load()

    def _measure_app(self, app, module, desk):
        parts, report = self.options.parts, self.report
        uid = self.shared["workers"][app]
        bench = Bench(self.registry, uid, self.options.rounds)
        models = [model for model in module.BOARDS if model in self.registry]
        if "boards" in parts and models:
            report.title(f"{app} · board")
            report.head()
            for model in models:
                boards.measure(bench, report, model, uid)
        if "pages" in parts and hasattr(module, "PAGES"):
            report.title(f"{app} · pages")
            report.head()
            for page in module.PAGES:
                pages.measure(bench, report, page, uid)
        for target in self.targets:
            if target.app == app:
                self._measure_target(bench, target, desk)
        if "jobs" in parts and module.JOBS:
            report.title(f"{app} · jobs")
            report.head()
            ref = self.get_job_ref(module)
            for job in module.JOBS:
                jobs.measure(bench, report, job, ref, self.sizes)
        if "kills" in parts:
            self._measure_kills(module)
        if "proofs" in parts and hasattr(module, "PROOFS"):
            report.title(f"{app} · proofs")
            for proof in module.PROOFS:
                proofs.measure(self.registry, report, proof, self.sizes)

    def _measure_kills(self, module):
        """Jobs that are killed and started again, where the app has some."""
        for job in getattr(module, "RESUMABLE", ()):
            self.report.title(f"{job.name}, killed and started again")
            kills.measure(
                self.registry,
                self.report,
                job,
                self.get_job_ref(module),
                self.sizes,
                self.options.db,
                self.options.addons_path,
            )

    def get_job_ref(self, module):
        """What all targets of an app refer to, and the desk's as ``desk``."""
        ref = {"desk": self.refs[floor.DESK.model]}
        for target in module.TARGETS:
            ref.update(self.refs.get(target.model, {}))
        return ref

    def _measure_target(self, bench, target, desk):
        words = self.options.models
        if words and not any(word in target.model for word in words):
            return
        if not {"reads", "writes"} & set(self.options.parts):
            return
        ref, rows = self.refs[target.model], target.rows(self.sizes)
        columns = sum(
            bool(field.store and field.column_type)
            for field in self.registry[target.model]._fields.values()
        )
        self.report.title(
            f"{target.app} · {target.model} ({rows:,} rows, {columns} columns)"
        )
        self.report.head()
        if "reads" in self.options.parts:
            reads.measure(bench, self.report, target, ref, desk, self.get_texts(rows))
        if "writes" in self.options.parts:
            writes.measure(bench, self.report, target, ref, desk, self.options.batches)

    def get_texts(self, rows):
        """A part of a number, which a hundred rows have, and a customer's name."""
        return f"{rows * 47 // 100:08}"[:6], f"Customer {self.sizes.stores * 47 // 100}"

    def _measure_load(self):
        calls = [
            {
                "label": "bench.floor.plain",
                "model": floor.PLAIN.model,
                "login": "agent00",
                "spec": floor.LIST,
                "order": "",
            }
        ]
        for target in self.targets:
            if target.in_load:
                calls.append(self._get_call(target))
        load.measure(
            self.report,
            self.options.db,
            self.options.addons_path,
            self.options.port,
            calls,
            self.options.seconds,
        )

    def _get_call(self, target):
        uid = self.refs[target.model]["uid"]
        with database.environment(self.registry, uid) as env:
            spec, arch = specs.specification(env, target.model, "list")
            return {
                "label": target.model,
                "model": target.model,
                "login": env.user.login,
                "spec": spec,
                "order": specs.default_order(arch) or "",
            }


def _parse():
    parser = argparse.ArgumentParser(prog="python3 -m bench", description=__doc__)
    add = parser.add_argument
    add("--db", required=True, help="its name begins with bench_")
    add("--addons-path", help="comma separated folders, instead of those configured")
    add("--orders", type=int, default=Sizes.orders, help="sizes follow from it")
    add("--rounds", type=int, default=3, help="timed runs, of which the median counts")
    add("--parts", type=_words, default=list(PARTS), help=", ".join(PARTS))
    add("--apps", type=_words, default=[], help="only these apps")
    add("--models", type=_words, default=[], help="only models with one of these words")
    add("--batches", type=_numbers, default=writes.BATCHES, help="records per batch")
    add("--seconds", type=float, default=9, help="of load for each list")
    add("--port", type=int, default=8150, help="of the server under load, and the next")
    add("--install", help="addon=template,...: databases holding the dependencies")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown parts {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    try:
        database.check_name(options.db)
    except database.WrongDatabase as error:
        sys.exit(str(error))
    return options


def _words(text):
    return [word for word in text.split(",") if word]


def _numbers(text):
    return tuple(int(word) for word in _words(text))


if __name__ == "__main__":
    main()
