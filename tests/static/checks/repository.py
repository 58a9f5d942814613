"""Nothing in the repository belongs to one machine."""

import re
import subprocess
from pathlib import Path

from house import House

FOLDERS = ("home/[a-z]", "root/", "work/(?:main|shared)", "tmp/pre", "Users/[A-Z]")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:" + "|".join(FOLDERS) + ")")
#: Written with spaces, so that this file passes its own check.
REGISTRIES = tuple(
    name.replace(" ", ".")
    for name in (
        "deb debian org",
        "ftp debian org",
        "pypi org",
        "files pythonhosted org",
        "registry npmjs org",
        "registry yarnpkg com",
        "proxy golang org",
    )
)
RESOLVED = re.compile(r'"resolved":\s*"https?:')
BINARY = (".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff", ".woff2", ".xlsx", ".pdf")


def check(house: House) -> list[str]:
    return [
        f"{path.relative_to(house.repo)}:{finding}"
        for path in files(house.repo)
        for finding in check_file(path)
    ]


def files(repo: Path) -> list[Path]:
    """What git has or would take: without the ignored ones.

    :raises RuntimeError: this is no clone
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repo,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise RuntimeError(f"git cannot list the files: {listed.stderr.strip()}")
    found = [repo / name for name in listed.stdout.split("\0") if name]
    return [p for p in found if p.suffix not in BINARY and p.is_file()]


def check_file(path: Path) -> list[str]:
    found = []
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line):
            found.append(f"{number}: path of one machine")
        if RESOLVED.search(line) or any(host in line for host in REGISTRIES):
            found.append(f"{number}: host of a package registry")
    return found
