"""``make bench``: a generated database, and the measures of ``bench/`` on it."""

import argparse
import os
import shlex

from . import environment, odoo_run, paths
from .addons import in_folders
from .console import step
from .environment import Environment
from .errors import WorkbenchError
from .modules import run_module
from .templates import Templates

FOLDER = paths.CLONE / "bench"
FLOOR = "bench_floor"
#: Orders of the generated database; the other sizes follow from it.
ROWS = 100_000


def main() -> int:
    """Make the database unless it is there, and measure; ``ARGS`` is handed on."""
    arguments = shlex.split(os.environ.get("ARGS") or "")
    rows = _rows()
    if not (FOLDER / "__main__.py").exists():
        raise WorkbenchError("there is no bench/__main__.py in this clone")
    with environment.prepared(development=True) as prepared:
        if not prepared.house.product:
            raise WorkbenchError("there is no addon below addons/ yet")
        database = _database(prepared, rows)
        step(f"measuring on {database}")
        return run_module(
            prepared,
            "bench",
            *("--db", database, "--orders", rows),
            *("--addons-path", _addons_path(prepared)),
            *_install_templates(prepared, arguments),
            *arguments,
        )


def profile() -> int:
    """Why a row of the measures is what it is; ``ARGS`` is handed on."""
    with environment.prepared(development=True) as prepared:
        return run_module(
            prepared,
            "bench.profiling",
            *shlex.split(os.environ.get("ARGS") or ""),
        )


def _rows() -> int:
    text = os.environ.get("ROWS") or str(ROWS)
    if not text.isdigit() or int(text) < 100:
        raise WorkbenchError(f"ROWS={text}: name a number of orders, 100 or more")
    return int(text)


def _addons_path(prepared: Environment) -> str:
    folders = prepared.house.addons_path()
    if in_folders([FOLDER / "addons"]):
        folders.append(FOLDER / "addons")
    return ",".join(map(str, folders))


def _database(prepared: Environment, rows: int) -> str:
    """The database of this state of the addons and the generator; older ones go."""
    own = prepared.house.closure(prepared.house.product)
    prefix = f"bench_{paths.clone_key()}_"
    state = prepared.house.content_hash(own)[:6] + paths.content_hash(FOLDER)[:6]
    name = f"{prefix}{rows}_{state}"
    databases = prepared.databases
    existing = databases.names()
    if name in existing:
        return name
    for old in existing:
        if old.startswith(prefix):
            databases.drop(old)
    template = Templates(prepared).everything(demo=False, product_only=True)
    step(f"making the database {name}")
    databases.clone(template, f"{prefix}draft")
    odoo_run.install(
        prepared,
        f"{prefix}draft",
        [FLOOR],
        "bench-install",
        addons_path=_addons_path(prepared),
    ).require(f"installing {FLOOR}")
    databases.rename(f"{prefix}draft", name)
    return name


def _install_templates(prepared: Environment, arguments: list[str]) -> list[str]:
    """Databases that hold what each addon depends on, if installing is measured."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--parts", default="install")
    named, _rest = options.parse_known_args(arguments)
    if "install" not in named.parts.split(","):
        return []
    templates, house = Templates(prepared), prepared.house
    pairs = []
    for name in house.alone():
        beneath = house.closure([name]) - {name}
        template = templates.beneath(house.host_modules([name]), beneath, demo=False)
        pairs.append(f"{name}={template}")
    return ["--install", ",".join(pairs)]
