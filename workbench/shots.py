"""``make shots``: screenshots of the main screens, as the addons' lists name them.

Each addon keeps a list in ``readme/shots.toml``; the format stands in README.md. The
pictures go where the lists say, one per language.
"""

import dataclasses
import fnmatch
import json
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from . import browser, environment, locks, odoo_run, paths, processes, server, sites
from .addons import Addon
from .console import step
from .database import Databases
from .errors import WorkbenchError

DATABASE = "shots"
LANGUAGES = ("en_US", "zh_CN")
#: Widths of the screens that the apps are made for: a desk and a phone.
DESK, PHONE = 1400, 390


@dataclasses.dataclass(frozen=True)
class Shot:
    """One screen.

    :ivar file: picture, relative to the addon's folder; the language is put before
        its ending (``claims.zh_CN.png``)
    :ivar url: path in the server; ``{module.name}`` stands for the id of a record
    :ivar wait_for: CSS selector that is there when the screen is complete
    :ivar click: CSS selectors to be clicked before, in turn
    """

    addon: str
    file: str
    login: str
    url: str
    width: int = DESK
    height: int = 900
    languages: tuple[str, ...] = LANGUAGES
    wait_for: str = ""
    click: tuple[str, ...] = ()
    full_page: bool = False

    def target(self, folder: Path, language: str) -> Path:
        path = folder / self.file
        return path.with_name(f"{path.stem}.{language}{path.suffix}")


def read(addon: Addon) -> list[Shot]:
    """Read the list of one addon; none is an empty list.

    :raises WorkbenchError: the list is not as README.md says
    """
    path = addon.folder / "readme" / "shots.toml"
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("shot", [])
        shots = []
        for entry in entries:
            lists = {
                key: tuple(entry[key]) for key in ("languages", "click") if key in entry
            }
            shots.append(Shot(**{**entry, **lists, "addon": addon.name}))
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise WorkbenchError(f"{path}: {error}") from error
    return shots


def resolve(url: str, databases: Databases, database: str) -> str:
    """Put the ids of records in the place of their external ids.

    :raises WorkbenchError: there is no such record in the demo data
    """

    def replaced(match: re.Match) -> str:
        rows = databases.sql(
            database,
            (
                "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s",
                [match[1], match[2]],
            ),
        )
        if not rows:
            raise WorkbenchError(f"{url}: there is no record {match[1]}.{match[2]}")
        return str(rows[0][0])

    return re.sub(r"\{(\w+)\.(\w+)\}", replaced, url)


def main() -> int:
    """Take the screenshots; ``SHOTS`` (a pattern of file names) selects some."""
    chromium = browser.require_chromium("screenshots")
    wanted = f"*{os.environ.get('SHOTS') or ''}*"
    one_at_a_time = locks.exclusive(paths.data(), "shots", "taking screenshots")
    with one_at_a_time, environment.prepared(development=True) as prepared:
        shots = [
            shot
            for addon in prepared.house.product.values()
            for shot in read(addon)
            if fnmatch.fnmatch(f"{shot.addon}/{shot.file}", wanted)
        ]
        if not shots:
            raise WorkbenchError("no addon's readme/shots.toml names such a screen")
        sites.Site(prepared, DATABASE).update(sorted(prepared.house.product))
        port = odoo_run.free_port()
        log = paths.logs() / "shots-server.log"
        child = server.serve(prepared, DATABASE, port, log)
        try:
            server.wait_for_login_page(child, port, log)
            tasks = list(_tasks(shots, prepared))
            return _take(prepared, chromium, port, tasks)
        finally:
            processes.end_group(child)


def _tasks(
    shots: Iterable[Shot], prepared: environment.Environment
) -> Iterable[dict[str, object]]:
    for shot in shots:
        url = resolve(shot.url, prepared.databases, DATABASE)
        folder = prepared.house.own[shot.addon].folder
        for language in shot.languages:
            target = shot.target(folder, language)
            target.parent.mkdir(parents=True, exist_ok=True)
            yield {
                **dataclasses.asdict(shot),
                "url": url,
                "language": language,
                "target": str(target),
                "is_phone": shot.width < 800,
            }


def _take(
    prepared: environment.Environment,
    chromium: str,
    port: int,
    tasks: list[dict[str, object]],
) -> int:
    task_file = paths.data() / "shots.json"
    task = {
        "chromium": chromium,
        "base": f"http://127.0.0.1:{port}",
        "shots": sorted(tasks, key=lambda one: (one["login"], one["language"])),
    }
    task_file.write_text(json.dumps(task), encoding="utf-8")
    step(f"taking {len(tasks)} screenshots")
    log = paths.logs() / "shots.log"
    script = Path(__file__).with_name("take_shots.py")
    status = processes.run_logged([prepared.python, script, task_file], log)
    print(log.read_text(encoding="utf-8", errors="replace"), end="", flush=True)
    return status
