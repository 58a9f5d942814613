"""Where our own addons are, for every command that walks over them."""

from pathlib import Path

#: Folders of the repository that hold addons, directly below them.
ADDONS_FOLDERS = ("addons", "tests")


def own_addons(repo: Path) -> list[Path]:
    """Folders of our addons, sorted by name, the suite addon of the tests included."""
    return sorted(
        (
            manifest.parent
            for folder in ADDONS_FOLDERS
            for manifest in (repo / folder).glob("*/__manifest__.py")
        ),
        key=lambda path: path.name,
    )
