"""Where things are kept.

Two places: a cache of the user that all clones share (downloads, the unpacked Odoo,
virtual environments), and one git-ignored folder of the clone (databases, file store,
logs). Both can be moved by an environment variable.
"""

import contextlib
import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from .errors import WorkbenchError

CLONE = Path(__file__).resolve().parent.parent


def cache() -> Path:
    """Folder that all clones of this user share."""
    named = os.environ.get("WORKBENCH_CACHE")
    if named:
        return _made(Path(named).expanduser().resolve())
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return _made(Path(base).expanduser() / "sales-addons")


def data() -> Path:
    """Folder of this clone for what it makes while running."""
    named = os.environ.get("WORKBENCH_DATA")
    return _made(Path(named).expanduser().resolve() if named else CLONE / ".data")


def logs() -> Path:
    return _made(data() / "log")


def odoo_data() -> Path:
    """Odoo's own data folder: file store, sessions."""
    return _made(data() / "odoo")


def filestore(database: str) -> Path:
    return odoo_data() / "filestore" / database


def templates() -> Path:
    """Folder of the notes on what each template database was made from."""
    return data() / "templates"


def clone_key() -> str:
    """Short name of this clone, for what cannot lie inside it."""
    return hashlib.sha256(str(data()).encode()).hexdigest()[:8]


def outside() -> Path:
    """Long-lived folder outside the clone, for users who cannot enter the clone."""
    return Path("/var/tmp") / f"sales-addons-{os.getuid()}-{clone_key()}"


def short_folder() -> Path:
    """Folder with a short name: the path of a socket has at most 107 characters."""
    return Path(tempfile.gettempdir()) / f"sales-addons-{os.getuid()}-{clone_key()}"


def content_hash(folder: Path) -> str:
    """Changes whenever a file below ``folder`` changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def own_folder(folder: Path, mode: int) -> Path:
    """Make a folder in a place that everybody writes to, or take ours.

    :raises WorkbenchError: somebody else was quicker with that name
    """
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=mode)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise WorkbenchError(
            f"{folder} belongs to somebody else: name other folders with "
            "WORKBENCH_CACHE and WORKBENCH_DATA, or a server with PGHOST"
        )
    return folder


def require_space(folder: Path, gigabytes: float, purpose: str) -> None:
    """Refuse to begin what would run out of disk half-way.

    :raises WorkbenchError: less than ``gigabytes`` free below ``folder``
    """
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise WorkbenchError(
            f"{purpose} needs {gigabytes:g} GB below {folder}, {free:.1f} GB are free: "
            "free some space or move the folder (WORKBENCH_CACHE, WORKBENCH_DATA)"
        )


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbenchError(
            f"cannot make the folder {folder} ({error.strerror}): name another one "
            "with WORKBENCH_CACHE (downloads) or WORKBENCH_DATA (databases)"
        ) from error
    return folder
