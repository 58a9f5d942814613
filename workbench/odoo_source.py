"""Odoo 19 itself: the user's, the machine's, or Debian's unpacked (F-02)."""

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import apt, locks, paths
from .console import detail, step
from .errors import OTHER_WAYS, WorkbenchError

SERIES = "19.0"
PACKAGE = "odoo-19"
SUITE = "sid"

#: Packages whose files Debian's Odoo links to. Two have other file names in sid.
LINKED_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
    "fonts-montserrat",
    "fonts-font-awesome/bookworm",
    "fonts-inconsolata/bookworm",
)
#: Left out by Debian. Without it every page of the web client logs an error, which
#: fails every tour; nothing but a video call's blurred background uses it.
LEFT_OUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclasses.dataclass(frozen=True)
class OdooSource:
    """An Odoo that can be run.

    :ivar package: the folder ``odoo`` that Python imports
    :ivar addons_path: folders of its addons
    """

    package: Path
    addons_path: tuple[Path, ...]
    origin: str

    @property
    def python_path(self) -> Path:
        return self.package.parent

    def version(self) -> str:
        return version_of(self.package)


def version_of(package: Path) -> str:
    """The series that ``odoo/release.py`` names, such as ``19.0``; "" if none."""
    try:
        text = (package / "release.py").read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(r"^version_info\s*=\s*\(([^,]+),\s*([^,]+),", text, re.MULTILINE)
    return ".".join(part.strip(" '\"") for part in found.groups()) if found else ""


def find() -> OdooSource:
    """Find Odoo 19 in the order that the README promises, or fetch it.

    :raises WorkbenchError: the one that the user named is not an Odoo 19, or none was
        found and none can be fetched
    """
    named = os.environ.get("ODOO_HOME")
    if named:
        return from_home(Path(named).expanduser().resolve())
    return installed() or unpacked()


def from_home(home: Path) -> OdooSource:
    """The Odoo in a folder: a source checkout, an unpacked or an installed package.

    :raises WorkbenchError: there is none, or one of another version
    """
    for relative in (".", "odoo", "usr/lib/python3/dist-packages/odoo", "src/odoo"):
        package = (home / relative).resolve()
        version = version_of(package)
        if version == SERIES:
            return _described(package, f"named by ODOO_HOME: {home}")
        if version:
            raise WorkbenchError(
                f"ODOO_HOME names an Odoo {version} ({package}), the apps need "
                f"{SERIES}: name another one, or unset ODOO_HOME to have it fetched"
            )
    raise WorkbenchError(
        f"ODOO_HOME={home} holds no Odoo: name the folder of a checkout (odoo-bin) "
        "or of the Python package, or unset ODOO_HOME to have it fetched"
    )


def installed() -> OdooSource | None:
    """The Python package ``odoo`` installed on the machine, if it is Odoo 19."""
    for python in dict.fromkeys((sys.executable, "/usr/bin/python3")):
        package = _package_known_to(python)
        if package and version_of(package) == SERIES:
            return _described(package, f"installed on this machine: {package}")
        if package and version_of(package):
            detail(f"passing by the installed Odoo {version_of(package)} ({package})")
    return None


def _package_known_to(python: str) -> Path | None:
    script = (
        "import importlib.util as u; s = u.find_spec('odoo'); "
        "print(list(s.submodule_search_locations)[0] if s else '')"
    )
    try:
        done = subprocess.run(
            [python, "-P", "-c", script],
            capture_output=True,
            text=True,
            cwd="/",
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
            check=False,
        )
    except OSError:
        return None
    return Path(done.stdout.strip()) if done.stdout.strip() else None


def _described(package: Path, origin: str) -> OdooSource:
    """Complete a package with the folders of its addons.

    A source checkout keeps most addons beside the package, an installed one inside.
    """
    inside, beside = package / "addons", package.parent / "addons"
    folders = [inside]
    if not (inside / "web").is_dir():
        folders.insert(0, beside)
    if not any((folder / "web").is_dir() for folder in folders):
        raise WorkbenchError(
            f"the Odoo in {package} has no addons (no `web`): name a complete one "
            "with ODOO_HOME, or unset it to have it fetched"
        )
    return OdooSource(package, tuple(folders), origin)


def unpacked() -> OdooSource:
    """Debian's package, unpacked in the cache; fetched on first use."""
    root = paths.cache() / PACKAGE
    complete = root / ".complete"
    if not complete.exists():
        with locks.exclusive(paths.cache(), PACKAGE, "fetching Odoo"):
            if not complete.exists():
                _fetch(root)
    package = root / "usr/lib/python3/dist-packages/odoo"
    return _described(package, f"Debian's {PACKAGE} unpacked: {root}")


def _fetch(root: Path) -> None:
    """Fetch and unpack beside the final place; an interrupted one is done again."""
    draft = root.with_name(f"{root.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    paths.require_space(paths.cache(), 3, "Odoo")
    step("fetching Odoo 19 from Debian (once, about 140 MB)")
    private = apt.PrivateApt(paths.cache() / "apt")
    detail("fetching Debian's package lists")
    private.update((SUITE, "bookworm"))
    if not private.offers(PACKAGE):
        raise WorkbenchError(f"Debian no longer offers {PACKAGE}: {OTHER_WAYS}")
    packages = private.download((PACKAGE, *LINKED_PACKAGES))
    draft.mkdir()
    detail("unpacking (1.2 GB)")
    for package in packages:
        apt.unpack(package, draft)
    left_out = draft / "usr/lib/python3/dist-packages/odoo" / LEFT_OUT
    if not left_out.exists():
        left_out.parent.mkdir(parents=True, exist_ok=True)
        left_out.touch()
    (draft / ".complete").touch()
    shutil.rmtree(root, ignore_errors=True)
    draft.rename(root)
