"""Commands whose work is done by other modules: given what they need, and started."""

import os
from contextlib import AbstractContextManager, ExitStack

from . import browser, environment, paths
from . import lint as linters
from .environment import Environment
from .errors import WorkbenchError
from .modules import run_module
from .templates import Templates


def packages() -> int:
    """Install the programs that tests need from the system's own packages, as root."""
    browser.install_missing()
    return 0


def lint() -> int:
    """All linters; those that look at finished models get a database with all apps."""
    with environment.prepared(development=True) as prepared, ExitStack() as stack:
        database, problem = None, None
        if prepared.house.own:
            try:
                database = stack.enter_context(_everything(prepared, "lint"))
            except WorkbenchError as error:  # the other linters have their say first
                problem = error
        places = linters.Places(
            repo=paths.CLONE,
            python=prepared.python,
            odoo=prepared.odoo.python_path,
            cache=paths.cache(),
            database=database,
            variables=prepared.variables(),
        )
        status = linters.run(places, fix=bool(os.environ.get("FIX")))
        if problem:
            raise WorkbenchError(f"finished models were not looked at: {problem}")
        return status


def i18n() -> int:
    """Refresh the files of terms and report what lacks Chinese."""
    with environment.prepared(development=True) as prepared:
        folders = [addon.folder for addon in prepared.house.product.values()]
        if not folders:
            raise WorkbenchError("there is no addon below addons/ yet")
        with _everything(prepared, "i18n") as database:
            return run_module(
                prepared,
                "workbench.translations",
                *("refresh", "--database", database, *folders),
            )


def _everything(prepared: Environment, purpose: str) -> AbstractContextManager[str]:
    """A database with all our addons and demo data, for as long as it is needed."""
    template = Templates(prepared).everything(demo=True)
    name = f"test_{paths.clone_key()}_{os.getpid()}_{purpose}"
    return prepared.databases.temporary(template, name)
