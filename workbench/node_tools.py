"""The JavaScript checkers: installed once per lock file, in the user's cache.

Clones share the folder; nothing is written into the repository. A folder appears
under its final name only when it is complete, so that an interrupted installation is
simply repeated and two at once do not disturb each other.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from .errors import WorkbenchError

LOCKED = ("package.json", "package-lock.json", ".npmrc")


def folder_name(repo: Path) -> str:
    """Name of the folder that belongs to the lock file of ``repo``."""
    digest = hashlib.sha256()
    for name in LOCKED:
        digest.update((repo / name).read_bytes())
    return f"node-{digest.hexdigest()[:12]}"


def ensure(repo: Path, cache: Path, say: Callable[[str], None] = print) -> Path:
    """Return the folder of the executables, installing them on first use.

    :raises WorkbenchError: no npm, or npm could not install the packages
    """
    target = cache / folder_name(repo)
    executables = target / "node_modules" / ".bin"
    if (executables / "eslint").exists():
        return executables
    npm = shutil.which("npm")
    if not npm:
        raise WorkbenchError(
            "npm was not found: install Node.js 18 or later with npm "
            "(Debian: apt-get install nodejs npm)"
        )
    say("installing ESLint and Prettier into the cache (once)")
    cache.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="node-draft-", dir=cache))
    try:
        for name in LOCKED:
            shutil.copy(repo / name, draft / name)
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit"],
            cwd=draft,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise WorkbenchError(f"npm could not install: {_reason(done.stderr)}")
        _publish(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return executables


def _publish(draft: Path, target: Path) -> None:
    try:
        os.rename(draft, target)
    except OSError:  # another run was quicker; its folder is as good as ours
        if not (target / "node_modules" / ".bin" / "eslint").exists():
            shutil.rmtree(target, ignore_errors=True)
            os.rename(draft, target)


def _reason(stderr: str) -> str:
    """First line of npm's complaint that tells anything."""
    lines = [line.strip() for line in stderr.splitlines()]
    errors = [line for line in lines if line.startswith("npm error")]
    return (errors or lines or ["no message"])[0].removeprefix("npm error ")
