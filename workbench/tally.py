"""What is counted in a test run: a failure must never look like a success."""

import dataclasses
import functools
import re
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from .console import detail
from .odoo_run import Run

#: Problems shown of one stage; the rest is in its log.
SHOWN = 40
#: Characters shown of the failures of plain tests.
MUCH = 12_000


def _one_at_a_time(count: Callable) -> Callable:
    @functools.wraps(count)
    def wrapped(self: "Tally", *arguments: object) -> None:
        with self.lock:
            count(self, *arguments)

    return wrapped


@dataclasses.dataclass
class Tally:
    """What was counted so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list[str] = dataclasses.field(default_factory=list)
    times: list[tuple[str, float]] = dataclasses.field(default_factory=list)
    #: Two lanes count; what each says stays together.
    lock: AbstractContextManager = dataclasses.field(default_factory=threading.RLock)

    def add_time(self, title: str, seconds: float) -> None:
        self.times.append((title, seconds))

    def show_times(self) -> None:
        """Say where the time of a long run went."""
        for title, seconds in self.times if len(self.times) > 1 else []:
            detail(f"{seconds:5.0f} s  {title}")

    @_one_at_a_time
    def add_check(self, title: str, problems: Iterable[str], where: Path | str) -> None:
        """Count one check of the workbench: passed if there are no problems."""
        problems = list(problems)
        if not problems:
            self.passed += 1
            detail(f"passed: {title}")
            return
        self.failed += 1
        self.failures.append(title)
        detail(f"FAILED: {title}; see {where}")
        for problem in problems[:SHOWN]:
            detail(f"  {problem}")
        if len(problems) > SHOWN:
            detail(f"  ... and {len(problems) - SHOWN} more")

    @_one_at_a_time
    def add_tests(self, title: str, run: Run) -> None:
        """Count the tests of a run of Odoo, and its clean log as one more check."""
        report = run.report
        self.passed += report.passed
        self.failed += report.failed
        self.skipped += report.skipped
        if report.failed:
            self.failures.append(f"{title}: {report.failed} failed")
        detail(f"{title}: {report.passed} passed, {report.failed} failed")
        for failure in report.failures[:SHOWN]:
            for line in failure.splitlines():
                detail(f"  {line}")
        problems = run.problems()
        if not report.tests:
            problems.append("no test was selected")
        self.add_check(f"{title}: clean log", problems, run.log)

    @_one_at_a_time
    def add_plain(self, title: str, status: int, log: Path) -> None:
        text = log.read_text(encoding="utf-8", errors="replace")
        count = plain_result(text)
        self.passed += count.passed
        self.failed += count.failed
        self.skipped += count.skipped
        problems = []
        if count.failed:
            problems = re.findall(r"^(?:FAIL|ERROR): .*$", text, re.MULTILINE)
        elif status:
            problems = [f"ended with status {status}"]
        elif not count.passed:
            problems = ["no test was selected"]
        if problems:
            if not count.failed:
                self.failed += 1
            self.failures.append(title)
            detail(f"FAILED: {title}; see {log}")
            for problem in problems[:SHOWN]:
                detail(f"  {problem}")
            print(failed_part(text)[:MUCH], flush=True)
        else:
            detail(f"passed: {count.passed} tests")

    def summary(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclasses.dataclass(frozen=True)
class PlainCount:
    passed: int
    failed: int
    skipped: int


def plain_result(text: str) -> PlainCount:
    """Read the closing lines of unittest."""
    ran = re.findall(r"^Ran (\d+) tests? in", text, re.MULTILINE)
    closing = re.findall(r"^(?:OK|FAILED)(?: \((.*)\))?$", text, re.MULTILINE)
    counts = {
        key: int(value)
        for key, value in re.findall(r"([\w ]+)=(\d+)", closing[-1] if closing else "")
    }
    counts = {key.strip(): value for key, value in counts.items()}
    failed = sum(
        counts.get(key, 0) for key in ("failures", "errors", "unexpected successes")
    )
    skipped = counts.get("skipped", 0)
    total = int(ran[-1]) if ran else 0
    return PlainCount(max(0, total - failed - skipped), failed, skipped)


def failed_part(text: str) -> str:
    """The failures in the output of unittest, without what passed before them."""
    return text[max(0, text.find("\n" + "=" * 70)) :].strip()
