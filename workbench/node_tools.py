"""The JavaScript checkers: installed once per lock file, in the user's cache.

Clones share the folder; nothing is written into the repository. A folder appears
under its final name only when it is complete: an interrupted installation is repeated.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from . import locks
from .errors import WorkbenchError, check_disk
from .processes import output_of

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
    with locks.exclusive(cache, target.name, "installing ESLint and Prettier"):
        if not (executables / "eslint").exists():
            say("installing ESLint and Prettier into the cache (once)")
            _install(npm, repo, target)
    return executables


def _install(npm: str, repo: Path, target: Path) -> None:
    draft = target.with_name(f"{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    for name in LOCKED:
        shutil.copy(repo / name, draft / name)
    command = [npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit"]
    done = output_of(command, cwd=draft)
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        check_disk(done.stdout)
        raise WorkbenchError(
            f"npm could not install ESLint and Prettier ({_reason(done.stdout)}): "
            "check the network and npm's configuration, then start again"
        )
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)


def _reason(output: str) -> str:
    """First line of npm's complaint that tells anything."""
    lines = [line.strip() for line in output.splitlines()]
    errors = [line for line in lines if line.startswith("npm error")]
    return (errors or lines or ["no message"])[0].removeprefix("npm error ")
