"""The virtual environment that Odoo, the tests and the linters run in.

It lies in the cache, one per Python and content of the requirements files, so that
clones of different age do not spoil each other's.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import locks, paths
from .console import detail, step
from .errors import WorkbenchError, check_disk
from .processes import output_of, run_logged

MAIN = paths.CLONE / "requirements.txt"
DEVELOPMENT = paths.CLONE / "requirements-dev.txt"


def ensure(*, development: bool = False) -> Path:
    """Return the environment's Python with what the requirements name installed.

    :raises WorkbenchError: a package is neither there nor to be had
    """
    folder = paths.cache() / f"venv-{_key()}"
    wanted = [MAIN, DEVELOPMENT] if development else [MAIN]
    if not _is_ready(folder, wanted):
        with locks.exclusive(paths.cache(), folder.name, "installing Python packages"):
            if not _works(folder):
                step(f"making the virtual environment {folder.name} (once)")
                _make(folder)
            for requirements in wanted:
                _install(folder, requirements)
    return folder / "bin/python"


def _key() -> str:
    digest = hashlib.sha256(MAIN.read_bytes() + DEVELOPMENT.read_bytes())
    digest.update(f"{sys.version_info[:2]}{os.path.realpath(sys.executable)}".encode())
    return digest.hexdigest()[:12]


def _is_ready(folder: Path, wanted: list[Path]) -> bool:
    return _works(folder) and all(_stamp(folder, path).exists() for path in wanted)


def _stamp(folder: Path, requirements: Path) -> Path:
    """There as soon as everything that ``requirements`` names is installed."""
    return folder / f".installed-{requirements.stem}"


def _works(folder: Path) -> bool:
    """Whether an environment is there and its Python still starts."""
    python = folder / "bin/python"
    if not (folder / ".made").exists():
        return False
    try:
        return subprocess.run([python, "-c", ""], check=False).returncode == 0
    except OSError:  # the Python that it was made from is gone
        return False


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    paths.require_space(paths.cache(), 1, "the virtual environment")
    done = output_of([sys.executable, "-m", "venv", folder])
    if done.returncode:
        check_disk(done.stdout)
        raise WorkbenchError(
            "this Python cannot make a virtual environment: install the package "
            "python3-venv (Debian: apt-get install python3-venv) and start again"
        )
    (folder / ".made").touch()


def _install(folder: Path, requirements: Path) -> None:
    if _stamp(folder, requirements).exists():
        return
    step(f"installing Python packages of {requirements.name} (once)")
    log = paths.logs() / f"pip-{requirements.stem}.log"
    command = [folder / "bin/python", "-m", "pip", "install", "--progress-bar=off"]
    status = run_logged([*command, "-r", requirements], log, sign_of_life=pip_progress)
    if status:
        check_disk(log.read_text(encoding="utf-8", errors="replace"))
        raise WorkbenchError(
            f"Python packages could not be installed ({pip_reason(log)}): check the "
            f"network and pip's configuration, then start again; see {log}"
        )
    _stamp(folder, requirements).touch()
    detail("installed")


def pip_progress(log: Path) -> str:
    """A sign of life: the package that pip is at."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    steps = [line for line in lines if re.match(r"[A-Z]\w+ing ", line.strip())]
    return (steps or lines or ["starting"])[-1].strip()[:100]


def pip_reason(log: Path) -> str:
    """The line of pip's output that names the cause."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line for line in lines if re.match(r"\s*(ERROR|error):?\s", line)]
    return (errors or lines or ["no message"])[-1].strip()
