"""The version of our addons before today's, out of the repository's history."""

import ast
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from .errors import WorkbenchError


def previous_commit(repo: Path, versions: dict[str, str]) -> str | None:
    """The last commit in which one of our addons has a lower version than today.

    :param dict versions: {addon: its version today}
    :returns: ``None`` if there is none, as in a shallow clone or an unpacked archive
    """
    for commit in _candidates(repo):
        for addon, version in versions.items():
            text = _git(repo, "show", f"{commit}:addons/{addon}/__manifest__.py")
            if text and [] < _key(_version(text)) < _key(version):
                return commit
    return None


def _candidates(repo: Path) -> Iterator[str]:
    """The present commit, then those before each change of a manifest, latest first."""
    head = _git(repo, "rev-parse", "--verify", "--quiet", "HEAD")
    if not head:
        return
    yield head.decode().strip()
    log = ("log", "--first-parent", "--format=%P", "--", "addons/*/__manifest__.py")
    for parents in _git(repo, *log).decode().splitlines():
        if parents:
            yield parents.split()[0]


def _version(manifest: bytes) -> str:
    try:
        return str(ast.literal_eval(manifest.decode()).get("version", ""))
    except (ValueError, SyntaxError, AttributeError):
        return ""  # broken in that commit: no version to come from


def _key(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def unpack(repo: Path, commit: str, folder: Path) -> None:
    """Put the ``addons/`` of ``commit`` into ``folder``: complete or not there."""
    draft = folder.with_name("draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    archive = _git(repo, "archive", "--format=zip", commit, "addons")
    if not archive:
        raise WorkbenchError(f"git cannot give the addons of {commit}: see git fsck")
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(draft)
    draft.rename(folder)


def _git(repo: Path, *arguments: str) -> bytes:
    """What git says; nothing if it is not there or knows nothing of it."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=repo, capture_output=True, check=False
        )
    except FileNotFoundError:
        return b""
    return done.stdout if done.returncode == 0 else b""
