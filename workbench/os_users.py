"""PostgreSQL does not run as root: which user of the system it is lent to."""

import contextlib
import os
import pwd
import subprocess
from pathlib import Path

from .errors import WorkbenchError


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
