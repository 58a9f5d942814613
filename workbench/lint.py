"""`make lint`: every checker over our own files, one summary, a truthful exit status.

Two groups of checkers: those of the community (ruff, pylint-odoo, the OCA hooks,
Prettier) and those that Odoo applies to itself (`test_lint`: ESLint with its rules,
pylint with its plugins, its tests over files and over the finished models).
A checker that cannot run is a failure with one line saying what is missing.

Prettier formats JavaScript only. For XML it needs a plugin that breaks lines inside
text: in QWeb the line break becomes part of the translated term.
"""

import dataclasses
import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import node_tools
from .errors import WorkbenchError
from .house import own_addons

#: pylint messages of Odoo's own check, with its three plugins.
ODOO_PYLINT_MESSAGES = (
    "used-before-assignment",
    "undefined-variable",
    "eval-used",
    "unreachable",
    "function-redefined",
    "bad-builtin",
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
)
ODOO_PYLINT_PLUGINS = (
    "_pylint_path_setup",
    "pylint.extensions.bad_builtin",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
)
#: Folders of Python that are not addons.
PYTHON_FOLDERS = ("addons", "bench", "tests", "workbench")


@dataclasses.dataclass(frozen=True)
class Places:
    """What the checkers need to know about the machine.

    :param repo: root of the repository
    :param python: Python of the virtual environment holding the checkers
    :param odoo: folder that has to be on the path for `import odoo`
    :param cache: folder of the user, shared by all clones
    :param variables: environment in which Odoo finds its configuration
    :param database: database with all our addons installed, if there is one
    """

    repo: Path
    python: Path
    odoo: Path
    cache: Path
    variables: dict[str, str] = dataclasses.field(default_factory=dict)
    database: str | None = None

    @property
    def test_lint(self) -> Path:
        return self.odoo / "odoo" / "addons" / "test_lint" / "tests"


@dataclasses.dataclass(frozen=True)
class Check:
    """One run of one checker."""

    name: str
    command: list[str]
    env: dict[str, str] = dataclasses.field(default_factory=dict)
    missing: str = ""  # why it cannot run; then `command` is not started


@dataclasses.dataclass(frozen=True)
class Outcome:
    check: Check
    status: int
    output: str
    seconds: float

    @property
    def passed(self) -> bool:
        return self.status == 0


def files_below(folders: Iterable[Path], *patterns: str) -> list[str]:
    """Paths below ``folders`` matching one of ``patterns``, libraries left out."""
    found = {
        str(path)
        for folder in folders
        for pattern in patterns
        for path in folder.rglob(pattern)
        if not {"node_modules", "lib", "libs"} & set(path.parts[len(folder.parts) :])
    }
    return sorted(found)


class Plan:
    """The checks of one run: which command for which files."""

    def __init__(self, places: Places, fix: bool = False) -> None:
        self.places = places
        self.fix = fix
        self.addons = own_addons(places.repo)

    def checks(self, say: Callable[[str], None] = print) -> list[Check]:
        checks = [
            self._ruff(),
            self._ruff_format(),
            self._pylint_odoo(),
            self._oca_module(),
            *self._oca_po(),
            self._odoo_pylint(),
            self._odoo_files(),
            *self._javascript(say),
        ]
        if self.places.database:
            checks.append(self._odoo_models())
        return checks

    # Python ------------------------------------------------------------------

    def _venv_tool(self, name: str, label: str, *arguments: str, **env: str) -> Check:
        tool = self.places.python.parent / name
        missing = ""
        if not tool.exists():
            missing = f"{name} is not installed: pip install -r requirements-dev.txt"
        return Check(label, [str(tool), *arguments], env, missing)

    def _python_paths(self) -> list[str]:
        repo = self.places.repo
        return [str(repo / name) for name in PYTHON_FOLDERS if (repo / name).is_dir()]

    def _ruff(self) -> Check:
        arguments = ["check", "--output-format=concise", "--no-cache", "--quiet"]
        if self.fix:
            arguments.append("--fix")
        arguments += ["--config", str(self.places.repo / "pyproject.toml")]
        return self._venv_tool("ruff", "ruff", *arguments, *self._python_paths())

    def _ruff_format(self) -> Check:
        arguments = ["format", "--no-cache", "--output-format=concise"]
        if not self.fix:
            arguments.append("--check")
        arguments += ["--config", str(self.places.repo / "pyproject.toml")]
        return self._venv_tool("ruff", "ruff format", *arguments, *self._python_paths())

    def _addon_paths(self) -> list[str]:
        return [str(addon) for addon in self.addons]

    def _pylint_odoo(self) -> Check:
        rules = f"--rcfile={self.places.repo / '.pylintrc'}"
        return self._venv_tool(
            "pylint",
            "pylint-odoo",
            rules,
            *self._addon_paths(),
            # It judges by names; looking into Odoo doubles the time for no finding.
            PYTHONPATH="",
        )

    def _oca_module(self) -> Check:
        rules = f"--config={self.places.repo / '.oca_hooks.cfg'}"
        return self._venv_tool(
            "oca-checks-odoo-module", "OCA module checks", rules, *self._addon_paths()
        )

    def _oca_po(self) -> list[Check]:
        """Nothing to check before the first translation has been written."""
        files = files_below(self.addons, "i18n/*.po", "i18n/*.pot")
        if not files:
            return []
        rules = f"--config={self.places.repo / '.oca_hooks.cfg'}"
        return [self._venv_tool("oca-checks-po", "OCA po checks", rules, *files)]

    # Odoo's own --------------------------------------------------------------

    def _no_odoo(self) -> str:
        if self.places.test_lint.is_dir():
            return ""
        return f"Odoo's test_lint was not found below {self.places.odoo}"

    def _odoo_pylint(self) -> Check:
        check = self._venv_tool(
            "pylint",
            "Odoo's pylint plugins",
            f"--rcfile={os.devnull}",
            # A remark for pylint-odoo in the code is none for these plugins.
            "--disable=all,useless-option-value,unknown-option-value",
            f"--enable={','.join(ODOO_PYLINT_MESSAGES)}",
            "--reports=n",
            "--score=n",
            "--msg-template={path}:{line}: {msg} ({symbol})",
            f"--load-plugins={','.join(ODOO_PYLINT_PLUGINS)}",
            "--bad-functions=input",
            *self._addon_paths(),
            PYTHONPATH=os.pathsep.join(
                [str(self.places.test_lint), str(self.places.odoo)]
            ),
            ADDONS_PATH=os.pathsep.join(sorted({str(a.parent) for a in self.addons})),
        )
        return Check(
            check.name, check.command, check.env, check.missing or self._no_odoo()
        )

    def _host_lint(self, label: str, *arguments: str) -> Check:
        return Check(
            label,
            [
                str(self.places.python),
                *("-m", "workbench.host_lint"),
                *arguments,
                *self._addon_paths(),
            ],
            {
                **self.places.variables,
                "PYTHONPATH": os.pathsep.join(
                    [str(self.places.odoo), str(Path(__file__).resolve().parent.parent)]
                ),
            },
            self._no_odoo(),
        )

    def _odoo_files(self) -> Check:
        return self._host_lint("Odoo's test_lint, files")

    def _odoo_models(self) -> Check:
        """The checks that look at the finished models, on a database with all."""
        return self._host_lint(
            "Odoo's test_lint, models and routes", f"--database={self.places.database}"
        )

    # JavaScript --------------------------------------------------------------

    def _javascript(self, say: Callable[[str], None]) -> list[Check]:
        """ESLint and Prettier; nothing to check while no addon has JavaScript."""
        files = files_below(self.addons, "static/**/*.js")
        if not files:
            return []
        try:
            tools = node_tools.ensure(self.places.repo, self.places.cache, say)
        except WorkbenchError as error:
            return [Check("ESLint and Prettier", [], {}, str(error))]
        rules = self.places.test_lint / "eslintrc"
        fix = ["--fix"] if self.fix else []
        eslint = [
            *(str(tools / "eslint"), "--no-ignore", "--no-eslintrc"),
            *("-c", str(rules), "--format=unix", *fix),
        ]
        prettier = [
            *(str(tools / "prettier"), "--log-level=warn"),
            *("--config", str(self.places.repo / "package.json")),
            "--write" if self.fix else "--check",
        ]
        return [
            Check("ESLint", [*eslint, *files], {}, self._no_odoo()),
            Check("Prettier", [*prettier, *files]),
        ]


def execute(check: Check, cwd: Path) -> Outcome:
    """Run one check to its end, whatever it says."""
    if check.missing:
        return Outcome(check, 2, check.missing, 0.0)
    started = time.monotonic()
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", **check.env}
    try:
        done = subprocess.run(
            check.command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        reason = f"{shlex.quote(check.command[0])} could not be started: {error}"
        return Outcome(check, 2, reason, 0.0)
    seconds = time.monotonic() - started
    return Outcome(check, done.returncode, done.stdout.strip(), seconds)


def report(outcome: Outcome, repo: Path, say: Callable[[str], None]) -> None:
    word = "ok" if outcome.passed else "FAILED"
    say(f"{outcome.check.name:<38} {word:<7} {outcome.seconds:5.1f} s")
    if not outcome.passed:
        text = outcome.output or f"exit status {outcome.status} without a message"
        for line in text.replace(f"{repo}/", "").splitlines():
            if line.strip() and not line.startswith("*************"):
                say(f"    {line}")


def run(
    places: Places, fix: bool = False, say: Callable[[str], None] = print, jobs: int = 2
) -> int:
    """Run all checks, print findings and one summary line; 0 only if all passed.

    :param fix: let ruff, ESLint and Prettier mend what they can by themselves
    """
    plan = Plan(places, fix)
    if not plan.addons:
        say(f"no addon was found below {places.repo}/addons: nothing was checked")
        say("lint: 0 passed, 1 failed")
        return 1
    checks = plan.checks(say)
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(jobs) as pool:
        for outcome in pool.map(lambda check: execute(check, places.repo), checks):
            report(outcome, places.repo, say)
            outcomes.append(outcome)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    say(f"lint: {len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0
