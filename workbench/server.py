"""``make run``, ``make stop``, ``make clean``: the apps in the browser."""

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
from .sites import Site, draft_of

DATABASE = "sales"
PORT = 8069
#: Demo users, in the order of a working day; the password is the login.
PERSONAS = (
    "assistant",
    "salesperson",
    "engineer",
    "foreman",
    "manager",
    "rep",
    "rep2",
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
    check_name(draft_of(database))  # the longest name that it gets
    port = _port()
    if f"--http-port={port}" not in _command():  # ours makes room for the next one
        _require_free(port)
    one_at_a_time = locks.exclusive(paths.data(), "run", "starting the server")
    with one_at_a_time, environment.prepared() as prepared:
        addons = _wanted(prepared)
        prepared.house.check_known(addons)
        _stop_server()
        Site(prepared, database).update(addons)
        _set_address(prepared, database, port)
        log = paths.logs() / "server.log"
        child = serve(prepared, database, port, log)  # outlives this process
        _pid_file().write_text(str(child.pid), encoding="utf-8")
        wait_for_login_page(child, port, log)
        _greet(prepared, database, port, log)
    return 0


def stop() -> int:
    """Stop the server and the database server of this clone."""
    was_up = is_up()
    _stop_server()
    was_running = postgres.stop()
    step("stopped" if was_up or was_running else "nothing was running")
    return 0


def clean() -> int:
    """Drop databases, files and logs of this clone; downloads stay in the cache."""
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


# The process -----------------------------------------------------------------


def is_up() -> bool:
    """Whether the server that :func:`run` started is still there."""
    return bool(_command())


def _pid_file() -> Path:
    return paths.data() / "server.pid"


def _command() -> list[str]:
    """The server's command line; empty if its number is another program's by now."""
    try:
        pid = int(_pid_file().read_text(encoding="utf-8"))
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (OSError, ValueError):
        return []
    words = command.split("\0")
    return words if "odoo" in words else []


def _stop_server() -> None:
    if not is_up():
        return
    pid = int(_pid_file().read_text(encoding="utf-8"))
    for number in (signal.SIGTERM, signal.SIGKILL):
        os.killpg(pid, number)
        for _attempt in range(100):
            if not is_up():
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


def _set_address(prepared: Environment, database: str, port: int) -> None:
    """Tell Odoo where it is served: papers fetch their styles from there, and Odoo
    itself learns it only when an administrator logs in."""
    prepared.databases.sql(
        database,
        (
            "UPDATE ir_config_parameter SET value = %s WHERE key = 'web.base.url'",
            [f"http://localhost:{port}"],
        ),
    )


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
            if child.poll() is None:  # else another program answered
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
