"""Programs of the machine that tests and screenshots need: Chromium, wkhtmltopdf."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable

from .addons import Addon
from .console import step
from .errors import WorkbenchError

#: The names under which Odoo's own tests look for it, on Linux.
CHROMIUM = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
CHINESE_FONT = "fonts-noto-cjk"


def chromium() -> str | None:
    """Path of the browser, if there is one."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def missing_packages() -> list[str]:
    """Debian's names of what is not on this machine."""
    missing = []
    if not chromium():
        missing.append("chromium")
    if not shutil.which("wkhtmltopdf"):
        missing.append("wkhtmltopdf")
    if not has_chinese_font():
        missing.append(CHINESE_FONT)
    return missing


def has_chinese_font() -> bool:
    """Whether something can draw Chinese: without it screenshots show boxes."""
    if not shutil.which("fc-list"):
        return False
    done = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"],
        capture_output=True,
        text=True,
        check=False,
    )
    return bool(done.stdout.strip())


def require_chromium(purpose: str) -> str:
    """Path of the browser.

    :raises WorkbenchError: there is none; a tour that cannot run is no passed tour
    """
    found = chromium()
    if not found:
        raise WorkbenchError(
            f"{purpose} need Chromium, which is not on this machine: "
            "apt-get install chromium (as root)"
        )
    return found


def needs_chromium(addons: Iterable[Addon]) -> bool:
    """Whether a test of ``addons`` opens a browser."""
    opens = re.compile(r"\b(start_tour|browser_js)\(")
    return any(
        addon.has_browser_unit_tests()
        or any(
            opens.search(path.read_text(encoding="utf-8"))
            for path in (addon.folder / "tests").glob("*.py")
        )
        for addon in addons
    )


def install_missing() -> None:
    """Install what is missing with the machine's own apt, as root.

    :raises WorkbenchError: not root, no apt, or apt failed
    """
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise WorkbenchError(
            f"missing on this machine: {names}; install them (Debian: as root, "
            f"apt-get update && apt-get install {names}) and start again"
        )
    step(f"installing {names} with apt")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", "-qq", "-y", *arguments],
            stdin=subprocess.DEVNULL,
            env=quiet,
            check=False,
        )
        if done.returncode:
            raise WorkbenchError(
                f"apt-get {arguments[0]} failed (see above): install {names} by hand "
                "and start again"
            )
