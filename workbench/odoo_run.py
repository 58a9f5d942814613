"""One run of Odoo on a database: install, upgrade, test or uninstall."""

import dataclasses
import re
import socket
from collections.abc import Iterable, Sequence
from pathlib import Path

from . import log_check, logs, paths
from .environment import Environment
from .errors import WorkbenchError, check_disk
from .log_check import Report
from .processes import last_line, run_logged


@dataclasses.dataclass(frozen=True)
class Run:
    """How a run of Odoo ended."""

    status: int
    log: Path
    report: Report

    def problems(self) -> list[str]:
        """What makes the run a failure, apart from failed tests; empty if it is none.

        Odoo ends with 1 when tests failed, which the report already tells.
        """
        found = list(self.report.complaints)
        if self.status and not (self.status == 1 and self.report.failed):
            found.append(f"Odoo ended with status {self.status}: {last_line(self.log)}")
        return found

    def require(self, purpose: str) -> None:
        """:raises WorkbenchError: the run failed; with the first error of its log"""
        if self.status or self.report.failed:
            check_disk(self.log.read_text(encoding="utf-8", errors="replace"))
            problems = self.problems()
            errors = [text for text in problems if not text.startswith("WARNING")]
            first = (errors or problems or ["tests failed"])[0]
            raise WorkbenchError(f"{purpose} failed: {first}; see {self.log}")


def odoo_command(environment: Environment, *arguments: str | Path) -> list[str]:
    """Command line of Odoo; ``-P`` keeps the present folder off the import path."""
    return [str(environment.python), "-P", "-m", "odoo", *map(str, arguments)]


def free_port() -> int:
    """A port that nobody listens on, chosen by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(
    environment: Environment,
    database: str,
    log_name: str,
    arguments: Sequence[str],
) -> Run:
    """Start Odoo with ``arguments`` and wait for its end."""
    log = logs.claim(log_name)
    command = odoo_command(environment, *arguments)
    status = run_logged(
        command,
        log,
        env=environment.variables(),
        cwd=paths.data(),
        sign_of_life=progress,
    )
    return Run(status, log, log_check.read(log))


def install(
    environment: Environment,
    database: str,
    addons: Iterable[str],
    log_name: str,
    *,
    demo: bool = False,
    skip_auto_install: bool = False,
    languages: Iterable[str] = (),
    upgrade: Iterable[str] = (),
    test_tags: str = "",
    addons_path: str = "",
) -> Run:
    """Install addons in a database, upgrade others, run the tests selected."""
    arguments = ["-d", database, "--stop-after-init", "--max-cron-threads=0"]
    arguments += ["-i", ",".join(sorted(addons))] if addons else []
    arguments += ["-u", ",".join(sorted(upgrade))] if upgrade else []
    arguments += [f"--addons-path={addons_path}"] if addons_path else []
    arguments += ["--with-demo"] if demo else []
    arguments += ["--skip-auto-install"] if skip_auto_install else []
    arguments += [f"--load-language={','.join(languages)}"] if languages else []
    if test_tags:
        arguments += [f"--test-tags={test_tags}", f"--http-port={free_port()}"]
    else:
        arguments += ["--no-http"]
    return run(environment, database, log_name, arguments)


def uninstall(
    environment: Environment, database: str, addons: Iterable[str], log_name: str
) -> Run:
    """Uninstall addons, with everything that depends on them."""
    arguments = ["module", "uninstall", "-d", database, *sorted(addons)]
    return run(environment, database, log_name, arguments)


def progress(log: Path) -> str:
    """A sign of life for the user: the last thing worth saying in the log."""
    line = last_line(log)
    match = log_check.ENTRY.match(line)
    text = match["text"] if match else line
    return re.sub(r"\s+", " ", text)[:100]
