"""Manifests are complete, name every data file once, and load it in the usual order."""

import re
from pathlib import Path

from house import Addon, House

REQUIRED = "name version author website license category summary depends".split()
VERSION = re.compile(r"19\.0\.\d+\.\d+\.\d+")
DATA_FOLDERS = ("security", "data", "wizard", "report", "views")
#: What an administrator and a user read; a bridge says what it joins, no more.
PAPERS = ("DESCRIPTION.md", "CONFIGURE.md", "USAGE.md", "ROADMAP.md")


def check(house: House) -> list[str]:
    return [
        f"{addon.name}: {finding}"
        for addon in house.addons
        for finding in (
            *check_keys(addon),
            *check_files(addon),
            *check_order(addon),
            *check_assets(addon),
            *check_papers(addon),
        )
    ]


def check_keys(addon: Addon) -> list[str]:
    manifest = addon.manifest
    found = [f"manifest lacks {key}" for key in REQUIRED if not manifest.get(key)]
    if manifest.get("license") not in (None, "LGPL-3"):
        found.append(f"licence is {manifest['license']}, not LGPL-3")
    version = manifest.get("version", "")
    if version and not VERSION.fullmatch(version):
        found.append(f"version {version} is not 19.0.x.y.z")
    return found


def on_disk(addon: Addon, folders: tuple[str, ...]) -> set[str]:
    return {
        str(path.relative_to(addon.folder))
        for folder in folders
        for path in (addon.folder / folder).rglob("*")
        if path.suffix in (".xml", ".csv")
    }


def check_files(addon: Addon) -> list[str]:
    found = []
    for key, folders in (("data", DATA_FOLDERS), ("demo", ("demo",))):
        named = addon.manifest.get(key, [])
        found += [
            f"{key} file {name} does not exist"
            for name in named
            if not (addon.folder / name).is_file()
        ]
        found += [
            f"{name} is named twice in {key}"
            for name in sorted({n for n in named if named.count(n) > 1})
        ]
        found += [
            f"{name} is not named in {key}"
            for name in sorted(on_disk(addon, folders) - set(named))
        ]
        found += [
            f"{name} is in {key}, but not below {' or '.join(folders)}"
            for name in named
            if Path(name).parts[0] not in folders
        ]
    return found


def rank(name: str) -> int:
    """Place of a data file in the usual order."""
    if name.endswith("_menus.xml"):
        return len(DATA_FOLDERS)
    first = Path(name).parts[0]
    return DATA_FOLDERS.index(first) if first in DATA_FOLDERS else -1


def check_order(addon: Addon) -> list[str]:
    names = addon.manifest.get("data", [])
    return [
        f"{later} comes after {earlier}: "
        "the order is security, data, wizard, report, views, menus"
        for earlier, later in zip(names, names[1:], strict=False)
        if rank(later) < rank(earlier)
    ]


def check_assets(addon: Addon) -> list[str]:
    found = []
    for bundle, entries in addon.manifest.get("assets", {}).items():
        for entry in entries:
            name = entry if isinstance(entry, str) else entry[-1]
            own = name.removeprefix("/").removeprefix(f"{addon.name}/")
            if own != name.removeprefix("/") and not any(addon.folder.glob(own)):
                found.append(f"asset {name} of {bundle} matches no file")
    return found


def check_papers(addon: Addon) -> list[str]:
    if addon.for_tests:
        return []
    papers = PAPERS[:1] if addon.is_bridge else PAPERS
    wanted = [f"readme/{name}" for name in papers]
    wanted += ["static/description/index.html", "static/description/icon.png"]
    return [
        f"{name} is missing"
        for name in wanted
        if not (addon.folder / name).is_file()
        or not (addon.folder / name).stat().st_size
    ]
