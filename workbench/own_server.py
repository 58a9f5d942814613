"""A PostgreSQL server of this clone's own: its cluster, folders, start and stop.

It is reached through a socket; its data lie in the clone's data folder, or outside when
the user of the system that it runs as cannot go there.
"""

import dataclasses
import json
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from . import locks, paths
from .connection import Connection
from .console import detail, step
from .errors import WorkbenchError, check_disk
from .os_users import as_user, can_reach, server_user
from .postgres_programs import installed_binaries, wheel_binaries

#: Odoo refuses to work as ``postgres``.
ROLE = "odoo"
PORT = 5433
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
                # What pg_ctl starts stays, and would keep our locks.
                pass_fds=locks.held() if program == "initdb" else (),
                **as_user(self.owner),
            )
        text = output.read_text(encoding="utf-8", errors="replace")
        return subprocess.CompletedProcess(done.args, done.returncode, text)

    def is_running(self) -> bool:
        if not (self.cluster / "PG_VERSION").exists():
            return False
        return self.run("pg_ctl", "status", "-D", str(self.cluster)).returncode == 0

    def initialise(self) -> None:
        step(f"making a PostgreSQL cluster ({self.binaries})")
        shutil.rmtree(self.cluster, ignore_errors=True)  # of an interrupted run
        # The draft is made elsewhere: a cluster is either complete or not there.
        draft = self.folder / "cluster.draft"
        shutil.rmtree(draft, ignore_errors=True)
        done = self.run(
            "initdb",
            *("-D", str(draft), "-U", ROLE, "--auth=trust", "--no-sync"),
            *("--encoding=UTF8", "--locale=C.UTF-8"),
        )
        if done.returncode:
            check_disk(done.stdout)
            raise WorkbenchError(f"initdb failed: {_last(done.stdout)}; start again")
        with (draft / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write("\n# written by the workbench\n")
            conf.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            conf.write(f"unix_socket_directories = '{self.sockets}'\n")
        draft.rename(self.cluster)

    def start(self) -> None:
        self._make_socket_folder()
        if (self.cluster / "postmaster.pid").exists():
            # Killed, perhaps with the whole machine: without fsync any database may be
            # damaged. Templates are copied again and again, so they are made anew.
            shutil.rmtree(paths.templates(), ignore_errors=True)
        log = self.folder / "server.log"
        cluster = str(self.cluster)
        done = self.run("pg_ctl", "start", "-D", cluster, "-l", str(log), "-w")
        if done.returncode:
            reason = server_reason(log)
            check_disk(reason)
            raise WorkbenchError(
                f"PostgreSQL does not start: {reason}; see {log}, "
                "or begin anew with `make clean`"
            )
        detail(f"PostgreSQL started ({self.binaries})")

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-D", str(self.cluster), "-m", "fast", "-w")

    def _make_socket_folder(self) -> None:
        """Anew at each start: the system's temporary folder is emptied now and then."""
        if self.sockets == self.folder:
            return
        paths.own_folder(self.sockets.parent, 0o755)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.owner:
            shutil.chown(self.sockets, self.owner)


def forget() -> None:
    """Remove the server's folders, wherever they are."""
    for folder in (paths.data() / "postgres", paths.outside(), paths.short_folder()):
        shutil.rmtree(folder, ignore_errors=True)
    _record().unlink(missing_ok=True)


def _record() -> Path:
    return paths.data() / "postgres.json"


def known() -> OwnServer | None:
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


def prepared() -> OwnServer:
    """Choose binaries, user and folders, and make an empty cluster."""
    owner = server_user()
    binaries = installed_binaries(owner) or wheel_binaries(owner)
    paths.require_space(paths.data(), 2, "PostgreSQL")
    folder = _server_folder(owner)
    server = OwnServer(binaries, folder, _socket_folder(folder), owner)
    if not (server.cluster / "PG_VERSION").exists():
        server.initialise()
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
