"""``make bench``: a database with all apps and the floors, then the measures in bench/.

``ROWS`` names the number of orders (default 100,000; stores and claims follow from it),
``ARGS`` is handed on to ``python3 -m bench``. The generated database is kept: a second
run with unchanged addons measures at once.
"""

import hashlib
import os
import shlex

from . import environment, locks, odoo_run, paths
from .addons import in_folders
from .console import detail, step
from .environment import Environment
from .errors import WorkbenchError
from .modules import run_module
from .templates import Templates

FOLDER = paths.CLONE / "bench"
ROWS = 100_000


def main() -> int:
    """Prepare the databases and start the measures."""
    rows = _wanted_rows()
    with environment.prepared() as prepared:
        templates = Templates(prepared)
        with locks.exclusive(paths.data(), "bench", "making the database to measure"):
            database = _ensure_database(prepared, templates, rows)
        below = _dependencies(prepared, templates)
        step(f"measuring in {database}")
        return run_module(
            prepared,
            "bench",
            *("--db", database, "--orders", rows, "--port", odoo_run.free_port()),
            *("--addons-path", _addons_path(prepared)),
            *("--install", ",".join(f"{a}={t}" for a, t in below.items())),
            *shlex.split(os.environ.get("ARGS") or ""),
        )


def profile() -> int:
    """Why a row of the measures is what it is; ``ARGS`` is handed on."""
    arguments = shlex.split(os.environ.get("ARGS") or "")
    with environment.prepared(development=True) as prepared:
        return run_module(prepared, "bench.profiling", *arguments)


def _wanted_rows() -> int:
    """:raises WorkbenchError: ``ROWS`` is no number that anything can be told from"""
    text = os.environ.get("ROWS") or str(ROWS)
    if not text.replace("_", "").isdigit() or int(text) < 200:
        raise WorkbenchError(f"ROWS={text}: the number of orders, at least 200")
    return int(text)


def _addons_path(prepared: Environment) -> str:
    folders = [*prepared.house.addons_path(), FOLDER / "addons"]
    return ",".join(map(str, folders))


def _ensure_database(prepared: Environment, templates: Templates, rows: int) -> str:
    """The database for what the addons are now; those of earlier addons are dropped."""
    product, databases = sorted(prepared.house.product), prepared.databases
    # what is generated follows from the apps and from the generator
    content = prepared.house.content_hash(product) + _hash_of_bench()
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    prefix = f"bench_{paths.clone_key()}_"
    name = f"{prefix}{digest}_{rows}"
    existing = databases.names()
    for old in existing:
        if old.startswith(prefix) and not old.startswith(f"{prefix}{digest}"):
            detail(f"dropping the outdated database {old}")
            databases.drop(old)
    if name in existing:
        return name
    step("installing the apps and the floors")
    draft = f"{prefix}draft"
    databases.drop(draft)
    databases.clone(templates.host(product, demo=False), draft)
    floors = in_folders([FOLDER / "addons"])
    arguments = ["-d", draft, "-i", ",".join([*product, *floors])]
    arguments += ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
    arguments += [f"--addons-path={_addons_path(prepared)}"]
    run = odoo_run.run(prepared, draft, "bench-install", arguments)
    run.require("installing the apps and the floors")
    databases.rename(draft, name)
    return name


def _hash_of_bench() -> str:
    digest = hashlib.sha256()
    files = [FOLDER / "data.py", *FOLDER.glob("targets/*.py")]
    files += (FOLDER / "addons").rglob("*")
    for path in sorted(path for path in files if path.suffix in (".py", ".csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _dependencies(prepared: Environment, templates: Templates) -> dict[str, str]:
    """{addon: database that holds what it depends on}, to measure its installation."""
    house, found = prepared.house, {}
    for name, addon in house.product.items():
        if addon.auto_install:
            continue
        own = house.closure([name]) - {name}
        modules = house.host_modules([name])
        if own:
            found[name] = templates.beneath(modules, own, demo=False)
        else:
            found[name] = templates.host([name], demo=False)
    return found
