"""Reading Odoo's log: what must not be in it, which tests ran and how they ended."""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ENTRY = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[^\s:]+): (?P<text>.*)$"
)
RESULT = re.compile(
    r"^(?P<failed>\d+) failed, (?P<errors>\d+) error\(s\) of (?P<tests>\d+) tests"
)
BAD_LEVELS = ("WARNING", "ERROR", "CRITICAL")

#: Lines of the host's own that are allowed: (logger, text, reason). Regular
#: expressions, searched from the beginning. Keep it short; never add our own here.
ALLOWED = (
    (
        r"odoo\.addons\.base\.models\.ir_actions_report",
        r"wkhtmltopdf: .*(exit with code|network error)|wkhtmltopdf: $",
        "Debian's wkhtmltopdf (unpatched Qt) complains and still prints",
    ),
    (
        r"odoo\.addons\..*\.browser$",
        r"Missing widget: res_partner_many2one for field of type many2one",
        "sale's form names a widget of partner_autocomplete, which installs itself and "
        "is left out where an addon is tested alone",
    ),
    (
        r"odoo\.tests\.result",
        r"\d+ failed, \d+ error\(s\) of \d+ tests",
        "logged as an error when tests failed; the failures themselves are counted",
    ),
    (
        r"odoo\.modules\.loading",
        r"Module \S+: \d+ failures, \d+ errors of \d+ tests",
        "the same, for one addon",
    ),
)
_ALLOWED = tuple((re.compile(a), re.compile(b)) for a, b, _reason in ALLOWED)


@dataclasses.dataclass(frozen=True)
class Entry:
    """One entry of the log; a traceback belongs to the entry that it follows."""

    level: str
    logger: str
    text: str

    def is_test_failure(self) -> bool:
        return self.level == "ERROR" and bool(
            re.match(r"(FAIL|ERROR): ", self.text) and ".tests" in self.logger
        )

    def is_complaint(self) -> bool:
        """Whether the entry makes a run fail although its tests passed."""
        if self.level not in BAD_LEVELS or self.is_test_failure():
            return False
        return not any(a.match(self.logger) and b.match(self.text) for a, b in _ALLOWED)

    def __str__(self) -> str:
        return f"{self.level} {self.logger}: {self.text.splitlines()[0]}"


@dataclasses.dataclass(frozen=True)
class Report:
    """What a log tells about a run.

    :ivar failures: failed tests, as ``logger: FAIL: Class.method``
    :ivar complaints: warnings and errors that are not allowed
    """

    tests: int
    failed: int
    skipped: int
    failures: tuple[str, ...]
    complaints: tuple[str, ...]

    @property
    def passed(self) -> int:
        return max(0, self.tests - self.failed - self.skipped)


def entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Put the lines of a log together to entries."""
    current: Entry | None = None
    for line in lines:
        match = ENTRY.match(line)
        if match:
            if current:
                yield current
            current = Entry(match["level"], match["logger"], match["text"].rstrip())
        elif current:
            current = dataclasses.replace(
                current, text=f"{current.text}\n{line.rstrip()}"
            )
    if current:
        yield current


def read(log: Path) -> Report:
    with log.open(encoding="utf-8", errors="replace") as lines:
        return summarize(entries(lines))


def summarize(found: Iterable[Entry]) -> Report:
    tests = failed = skipped = 0
    failures: list[str] = []
    complaints: list[str] = []
    for entry in found:
        result = RESULT.match(entry.text)
        if result and entry.logger == "odoo.tests.result":
            tests += int(result["tests"])
            failed += int(result["failed"]) + int(result["errors"])
        if entry.is_test_failure():
            failures.append(f"{entry.logger}: {entry.text}")
        elif entry.is_complaint():
            complaints.append(str(entry))
        skipped += entry.text.startswith("skipped ") and ".tests" in entry.logger
    return Report(tests, failed, skipped, tuple(failures), tuple(complaints))
