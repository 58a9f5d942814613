"""``make run``, ``make stop``, ``make clean``: the apps in the browser."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import environment, locks, log_check, odoo_run, paths, postgres
from .console import detail, step
from .database import check_name
from .environment import Environment
from .errors import WorkbenchError
from .processes import last_line
from .templates import Templates

DATABASE = "sales"
PORT = 8069
#: The working language of the users; they switch in their preferences.
LANGUAGES = ("zh_CN",)
#: Demo users, in the order of a working day; the password is the login.
PERSONAS = (
    "assistant",
    "salesperson",
    "manager",
    "rep",
    "supervisor",
    "station",
    "station2",
    "auditor",
    "clerk",
    "quality",
    "supplier",
)
#: Seconds that the login page may take to come up.
PATIENCE = 120


def run() -> int:
    """Serve the apps; a second call only does what has changed since the first."""
    database = os.environ.get("DB") or DATABASE
    check_name(_draft(database))  # the longest name that it gets
    port = _port()
    one_at_a_time = locks.exclusive(paths.data(), "run", "starting the server")
    with one_at_a_time, environment.prepared() as prepared:
        addons = _wanted(prepared)
        prepared.house.check_known(addons)
        if is_up():
            _stop_server()
        _require_free(port)
        Site(prepared, database).update(addons)
        log = paths.logs() / "server.log"
        child = serve(prepared, database, port, log)  # outlives this process
        _pid_file().write_text(str(child.pid), encoding="utf-8")
        wait_for_login_page(child, port, log)
        _greet(prepared, database, port, log)
    return 0


def stop() -> int:
    """Stop the server and the database server of this clone."""
    was_up = is_up()
    if was_up:
        _stop_server()
    was_running = postgres.stop()
    step("stopped" if was_up or was_running else "nothing was running")
    return 0


def clean() -> int:
    """Drop databases, files and logs of this clone; downloads stay in the cache."""
    if is_up():
        _stop_server()
    postgres.remove()
    shutil.rmtree(paths.data(), ignore_errors=True)
    step(f"removed {paths.data()}; downloads stay in {paths.cache()}")
    return 0


def shell() -> int:
    """Odoo's own shell on the database of ``make run``."""
    database = os.environ.get("DB") or DATABASE
    with environment.prepared() as prepared:
        command = odoo_run.odoo_command(prepared, "shell", "-d", database, "--no-http")
        return subprocess.run(
            command, env=prepared.variables(), cwd=paths.data(), check=False
        ).returncode


class Site:
    """A database that is served, and what of our addons is installed in it."""

    def __init__(self, environment: Environment, database: str) -> None:
        self.environment = environment
        self.databases = environment.databases
        self.house = environment.house
        self.database = database
        self.record = paths.data() / "sites" / f"{database}.json"

    def update(self, addons: list[str]) -> None:
        """Bring the database to the present state of the addons' files."""
        if not self.databases.exists(self.database):
            self._create(addons)
            return
        done = self._hashes()
        installed = self._installed()
        new = [name for name in addons if name not in installed]
        own = sorted((installed | set(addons)) & set(self.house.own))
        changed = [
            name
            for name in own
            if name in installed and done.get(name) != self.house.content_hash([name])
        ]
        if not new and not changed:
            return
        if new:
            step(f"installing {', '.join(new)}")
        if changed:
            step(f"upgrading {', '.join(changed)}: files have changed")
        odoo_run.install(
            self.environment,
            self.database,
            new,
            f"update-{self.database}",
            upgrade=changed,
        ).require("updating the database")
        self._write_hashes()

    def _create(self, addons: list[str]) -> None:
        """Make the database under another name: it is there when it is complete."""
        draft = _draft(self.database)
        own = [name for name in addons if name in self.house.own]
        template = Templates(self.environment).host(own, demo=True)
        step(f"making the database {self.database}: {', '.join(addons)}, demo data")
        self.databases.drop(draft)
        self.databases.clone(template, draft)
        odoo_run.install(
            self.environment,
            draft,
            addons,
            f"create-{self.database}",
            languages=LANGUAGES,
        ).require("installing the apps")
        self.databases.rename(draft, self.database)
        self._write_hashes()

    def _installed(self) -> set[str]:
        rows = self.databases.sql(
            self.database,
            "SELECT name FROM ir_module_module "
            "WHERE state IN ('installed', 'to upgrade', 'to install')",
        )
        return {name for (name,) in rows}

    def _hashes(self) -> dict[str, str]:
        try:
            return json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def _write_hashes(self) -> None:
        names = self._installed() & set(self.house.own)
        self.record.parent.mkdir(exist_ok=True)
        hashes = {name: self.house.content_hash([name]) for name in sorted(names)}
        self.record.write_text(json.dumps(hashes, indent=1), encoding="utf-8")


def _draft(database: str) -> str:
    """Name of a database that is not complete yet."""
    return f"{database}_draft"


# The process -----------------------------------------------------------------


def is_up() -> bool:
    """Whether the server that :func:`run` started is still there."""
    return _pid() is not None


def _pid_file() -> Path:
    return paths.data() / "server.pid"


def _pid() -> int | None:
    """The server's process, if it is still ours: numbers are used again."""
    try:
        pid = int(_pid_file().read_text(encoding="utf-8"))
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError):
        return None
    return pid if "\0odoo\0" in command else None


def _stop_server() -> None:
    pid = _pid()
    if pid is None:
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.killpg(pid, number)
        for _attempt in range(100):
            if _pid() is None:
                break
            time.sleep(0.1)
        else:
            continue
        break
    _pid_file().unlink(missing_ok=True)


def _port() -> int:
    text = os.environ.get("PORT") or str(PORT)
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise WorkbenchError(f"PORT={text}: name a number from 1024 to 65535")
    return int(text)


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise WorkbenchError(
                f"port {port} is used by another program: "
                f"name another one, for example make run PORT={port + 10}"
            ) from error


def _wanted(prepared: Environment) -> list[str]:
    """``ADDONS`` (names separated by spaces or commas), or the whole product."""
    named = (os.environ.get("ADDONS") or "").replace(",", " ").split()
    if named:
        return named
    if not prepared.house.product:
        raise WorkbenchError("there is no addon below addons/ yet")
    return sorted(prepared.house.product)


def serve(
    prepared: Environment, database: str, port: int, log: Path
) -> subprocess.Popen:
    """Start Odoo in the background, in a process group of its own."""
    command = odoo_run.odoo_command(
        prepared,
        *("server", "-d", database, f"--db-filter=^{re.escape(database)}$"),
        f"--http-port={port}",
    )
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=prepared.variables(),
            cwd=paths.data(),
            start_new_session=True,
        )


def wait_for_login_page(child: subprocess.Popen, port: int, log: Path) -> None:
    """:raises WorkbenchError: Odoo ended, or does not answer in time"""
    started = time.monotonic()
    url = f"http://127.0.0.1:{port}/web/login"
    while time.monotonic() - started < PATIENCE:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                answer.read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        if child.poll() is not None:
            complaints = log_check.read(log).complaints
            reason = complaints[0] if complaints else last_line(log)
            raise WorkbenchError(f"Odoo does not start: {reason}; see {log}")
    raise WorkbenchError(f"no login page after {PATIENCE} s; see {log}")


def _greet(prepared: Environment, database: str, port: int, log: Path) -> None:
    rows = prepared.databases.sql(
        database, "SELECT login FROM res_users WHERE active ORDER BY id"
    )
    there = {login for (login,) in rows}
    logins = ["admin", *(login for login in PERSONAS if login in there)]
    step("Odoo is up")
    detail(f"address:  http://localhost:{port}")
    detail(f"logins:   {', '.join(logins)}")
    detail("password: the same as the login")
    detail(f"log:      {log}")
    detail("make stop ends it")
