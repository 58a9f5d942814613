"""``make test``: everything, or what ``T`` names; one summary line, a true status."""

import os
import re
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from . import browser, environment, leftovers, logs, odoo_run, paths, selection, upgrade
from .beside import Beside
from .console import step
from .environment import Environment
from .errors import WorkbenchError
from .odoo_run import Run
from .processes import run_logged
from .selection import AddonTests, PlainTests, UpgradeTest
from .tally import Tally
from .templates import Templates


def main() -> int:
    """Run what is selected; returns the exit status."""
    text = os.environ.get("T", "").strip()
    tally = Tally()
    if not text:
        browser.require_chromium("the tours")
    with environment.prepared(development=True) as prepared:
        suite = Suite(prepared, tally)
        if text:
            suite.run_selected(selection.parse(text, prepared.house, paths.CLONE))
        else:
            suite.run_everything()
        suite.templates.forget_old()
    tally.show_times()
    for failure in tally.failures:
        step(f"FAILED: {failure}")
    print(tally.summary(), flush=True)
    return 1 if tally.failed or not tally.passed else 0


class Suite:
    """The stages of a test run."""

    def __init__(self, environment: Environment, tally: Tally) -> None:
        self.environment = environment
        self.databases = environment.databases
        self.house = environment.house
        self.templates = Templates(environment)
        self.tally = tally
        self.demo = bool(os.environ.get("DEMO"))
        self._drop_orphans()

    # What to run -------------------------------------------------------------

    def run_selected(self, selected: Iterable[selection.Selected]) -> None:
        for one in selected:
            if isinstance(one, PlainTests):
                self.stage(one.title(), self.run_plain, one)
            elif isinstance(one, UpgradeTest):
                self.stage(one.title(), self.run_upgrade)
            else:
                self.stage(one.title(), self.run_addon, one)

    def run_everything(self) -> None:
        """All together, the longest stage, and beside it one by one the others."""
        self.house.closure(self.house.own)  # every dependency exists
        with Beside() as beside:
            for folder in selection.plain_folders(paths.CLONE):
                beside.do(self.stage, folder.title(), self.run_plain, folder)
            if self.house.product:
                beside.do(self.stage, selection.UPGRADE, self.run_upgrade)
            for name in self.house.alone():
                beside.do(self.stage, f"{name} alone", self.run_alone, name)
            if self.house.own:
                self.stage("all together", self.run_together)

    def stage(self, title: str, function: Callable, *arguments: object) -> None:
        """Run one stage; one that cannot go on is a failure, the next one begins."""
        began = time.monotonic()
        try:
            function(*arguments)
        except WorkbenchError as error:
            self.tally.add_check(title, [str(error)], paths.logs())
        self.tally.add_time(title, time.monotonic() - began)

    # Stages --------------------------------------------------------------------

    def run_plain(self, tests: PlainTests) -> None:
        """Tests of plain Python, by unittest."""
        title = tests.title()
        step(f"{title}: plain tests")
        log = logs.claim(f"test-{tests.folder.name}")
        command = [self.environment.python, "-m", "unittest", "discover", "-v"]
        variables = self.environment.variables()
        variables["PYTHONPATH"] = os.pathsep.join(
            (str(paths.CLONE), variables["PYTHONPATH"])
        )
        status = run_logged(
            [*command, "-s", tests.folder, "-p", tests.pattern],
            log,
            env=variables,
            cwd=paths.CLONE,
        )
        self.tally.add_plain(title, status, log)

    def run_addon(self, selected: AddonTests) -> None:
        """One addon, file or test, the addon freshly installed on a cloned template."""
        addon = self.house.own[selected.addon]
        if browser.needs_chromium([addon]) and not selected.file:
            browser.require_chromium(f"the tours of {addon.name}")
        step(f"{selected.title()}: on a database with what it depends on")
        beneath = self.house.closure([addon.name]) - {addon.name}
        host = self.house.host_modules([addon.name])
        base = self.templates.beneath(host, beneath, demo=self.demo)
        log_name = f"test-{addon.name}"
        with self._database(base, addon.name) as database:
            if selected.in_browser:
                self._install_only(database, [addon.name], log_name)
                run = self._run_tags(database, selected.tags(), f"{log_name}-js")
            else:
                run = odoo_run.install(
                    self.environment,
                    database,
                    [addon.name],
                    log_name,
                    skip_auto_install=True,
                    test_tags=selected.tags(),
                )
            self.tally.add_tests(selected.title(), run)

    def run_upgrade(self) -> None:
        """The previous version of our addons, upgraded to today's."""
        upgrade.run(self.environment, self.tally, self._name("upgrade"))

    def run_alone(self, name: str) -> None:
        """One addon with only its dependencies, without demo data; then uninstalled."""
        step(f"{name} alone: installed, tested, uninstalled, without demo data")
        clean = self.templates.host([name], demo=False)
        closure = self.house.closure([name])
        beneath = self.templates.beneath(
            self.house.host_modules([name]), closure - {name}, demo=False
        )
        log_name = f"alone-{name}"
        with self._database(beneath, name) as database:
            run = odoo_run.install(
                self.environment,
                database,
                [name],
                log_name,
                skip_auto_install=True,
                test_tags=AddonTests(name).tags() if self._has_tests([name]) else "",
            )
            self._count(f"{name} alone", run, [name])
            self._uninstall(f"{name} alone", database, clean, sorted(closure))

    def run_together(self) -> None:
        """Everything with bridges and demo data; then uninstalled one by one."""
        own = sorted(self.house.own)
        step(f"all together, with demo data: {', '.join(own)}")
        clean = self.templates.host(own, demo=True)
        with self._database(clean, "together") as database:
            tags = ",".join(
                AddonTests(name).tags() for name in own if self._has_tests([name])
            )
            run = odoo_run.install(
                self.environment, database, own, "together", test_tags=tags
            )
            self._count("all together", run, own)
            self._run_browser_units(database, own)
            for name in reversed(self.house.alone()[1:]):
                self._uninstall_one(database, name)
            self._uninstall("all together", database, clean, own)

    def _run_browser_units(self, database: str, own: list[str]) -> None:
        tested = [name for name in own if self.house.own[name].has_browser_unit_tests()]
        if tested:
            step(f"JavaScript unit tests: {', '.join(tested)}")
            tags = selection.browser_unit_tags(tested)
            run = self._run_tags(database, tags, "together-js")
            self.tally.add_tests("JavaScript unit tests", run)

    # Parts of stages -------------------------------------------------------------

    def _count(self, title: str, run: Run, names: list[str]) -> None:
        if self._has_tests(names):
            self.tally.add_tests(title, run)
        else:
            self.tally.add_check(f"{title}: clean log", run.problems(), run.log)

    def _has_tests(self, names: Iterable[str]) -> bool:
        return any(self.house.own[name].has_tests() for name in names)

    def _run_tags(self, database: str, tags: str, log_name: str) -> Run:
        return odoo_run.install(
            self.environment, database, [], log_name, test_tags=tags
        )

    def _install_only(self, database: str, names: list[str], log_name: str) -> None:
        run = odoo_run.install(
            self.environment, database, names, log_name, skip_auto_install=True
        )
        run.require(f"installing {', '.join(names)}")

    def _uninstall_one(self, database: str, name: str) -> None:
        """The others must go on working when one of them goes."""
        step(f"uninstalling {name} from all together")
        log_name = f"together-uninstall-{name}"
        run = odoo_run.uninstall(self.environment, database, [name], log_name)
        problems = run.problems() + self._left_installed(database, [name])
        self.tally.add_check(f"uninstalling {name}", problems, run.log)

    def _uninstall(
        self, title: str, database: str, clean: str, names: Iterable[str]
    ) -> None:
        """Uninstall all of ``names``; the database is then as before (F-03)."""
        log_name = f"{title.replace(' ', '-')}-uninstall"
        installed = self._still_installed(database, names)
        run = odoo_run.uninstall(self.environment, database, installed, log_name)
        problems = run.problems() + self._left_installed(database, names)
        self.tally.add_check(f"{title}: uninstalled", problems, run.log)
        found = leftovers.found(self.databases, clean, database)
        report = run.log.with_suffix(".left")
        report.write_text("\n".join(found) + "\n", encoding="utf-8")
        self.tally.add_check(f"{title}: nothing left, nothing lost", found, report)

    def _left_installed(self, database: str, names: Iterable[str]) -> list[str]:
        found = self._still_installed(database, names)
        return [f"{name} is still installed" for name in found]

    def _still_installed(self, database: str, names: Iterable[str]) -> list[str]:
        """Those of ``names`` that are, or half are, installed in ``database``."""
        rows = self.databases.sql(
            database,
            "SELECT name FROM ir_module_module "
            "WHERE state NOT IN ('uninstalled', 'uninstallable') ORDER BY 1",
        )
        return [name for (name,) in rows if name in set(names)]

    def _database(self, template: str, purpose: str) -> AbstractContextManager[str]:
        """A database for one stage."""
        return self.databases.temporary(template, self._name(purpose))

    def _name(self, purpose: str) -> str:
        return f"test_{paths.clone_key()}_{os.getpid()}_{purpose}"

    def _drop_orphans(self) -> None:
        """Drop what an interrupted run left behind: its process is gone."""
        pattern = re.compile(rf"test_{paths.clone_key()}_(\d+)_")
        for name in self.databases.names():
            match = pattern.match(name)
            if match and not _is_alive(int(match[1])) and not os.environ.get("KEEP"):
                self.databases.drop(name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
