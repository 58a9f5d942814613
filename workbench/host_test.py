"""``make host-test``: Odoo's own tests with and without our apps (F-04).

The same tests run twice on copies of one database, once with the apps installed; what
ends differently is listed, and is a failure unless it failed without the apps only. It
takes long and is no part of continuous integration.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from . import browser, environment, log_check, logs, odoo_run, paths
from .console import detail, step
from .environment import Environment
from .errors import WorkbenchError
from .processes import run_logged
from .templates import Templates

#: The host's modules whose tests F-04 names; ``HOST=sale,crm`` selects some.
MODULES = ("sale", "sale_stock", "stock", "account", "crm")


def main() -> int:
    """Run the host's tests twice; 0 if no test ends worse with the apps."""
    modules = (os.environ.get("HOST") or ",".join(MODULES)).replace(",", " ").split()
    browser.require_chromium("Odoo's own tours")
    with environment.prepared(development=True) as prepared:
        if not prepared.house.product:
            raise WorkbenchError("there is no addon below addons/ yet")
        prepared.house.check_known(modules)
        templates = Templates(prepared)
        own = sorted(prepared.house.product)
        base = templates.beneath(
            sorted({*prepared.house.host_modules(own), *modules}), [], demo=False
        )
        without = _ended(prepared, base, "without", (), modules)
        with_apps = _ended(prepared, base, "with", own, modules)
    return _compare(without, with_apps)


def _ended(
    prepared: Environment,
    template: str,
    name: str,
    addons: Iterable[str],
    modules: Iterable[str],
) -> dict[str, str]:
    """{test: how it ended} of the host's modules on a copy of ``template``."""
    addons = list(addons)
    database = f"test_{paths.clone_key()}_{os.getpid()}_host_{name}"
    with prepared.databases.temporary(template, database) as copy:
        if addons:
            step(f"installing {', '.join(addons)}")
            odoo_run.install(prepared, copy, addons, "host-install").require(
                "installing the apps"
            )
        step(f"Odoo's own tests of {', '.join(modules)}, {name} our apps (long)")
        log = logs.claim(f"host-{name}")
        command = [prepared.python, "-P"]
        command += [Path(__file__).with_name("host_test_runner.py")]
        command += ["-d", copy, "--stop-after-init", "--max-cron-threads=0"]
        command += [f"--http-port={odoo_run.free_port()}"]
        command += [f"--test-tags={','.join(f'/{module}' for module in modules)}"]
        run_logged(
            command,
            log,
            env=prepared.variables(),
            cwd=paths.data(),
            sign_of_life=odoo_run.progress,
        )
    results = read_results(log)
    report = log_check.read(log)
    detail(f"{name}: {report.passed} passed, {report.failed} failed")
    if not results:
        raise WorkbenchError(f"no test ran {name} our apps; see {log}")
    return results


def read_results(log: Path) -> dict[str, str]:
    """{test: passed, failed or skipped} from the log of a run."""
    results: dict[str, str] = {}
    with log.open(encoding="utf-8", errors="replace") as lines:
        for entry in log_check.entries(lines):
            if ".tests" not in entry.logger:
                continue
            started = re.match(r"Starting (\w+\.\w+) ", entry.text)
            skipped = re.match(r"skipped (\w+\.\w+) ", entry.text)
            failed = re.match(r"(?:FAIL|ERROR): (?:Subtest )?(\w+\.\w+)", entry.text)
            for match, ending in (
                (started, "passed"),
                (skipped, "skipped"),
                (failed, "failed"),
            ):
                if match:
                    results[f"{entry.logger}:{match[1]}"] = ending
    return results


def differences(without: dict[str, str], with_apps: dict[str, str]) -> list[str]:
    """Tests that end differently, one line each."""
    return [
        f"{test}: {without.get(test, 'did not run')} without, "
        f"{with_apps.get(test, 'did not run')} with our apps"
        for test in sorted({*without, *with_apps})
        if without.get(test) != with_apps.get(test)
    ]


def is_harm(difference: str) -> bool:
    """Whether the apps may be the cause: what failed without them is the host's own."""
    return "failed without, passed with" not in difference


def _compare(without: dict[str, str], with_apps: dict[str, str]) -> int:
    found = differences(without, with_apps)
    for line in found:
        detail(f"FAILED: {line}" if is_harm(line) else f"the host's own: {line}")
    harm = sum(map(is_harm, found))
    print(f"{len({*without, *with_apps}) - harm} passed, {harm} failed", flush=True)
    return 1 if harm else 0
