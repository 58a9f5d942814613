"""A database that is served: made, and kept at the state of the addons' files."""

import json

from . import odoo_run, paths
from .console import step
from .environment import Environment
from .templates import Templates

#: The working language of the users; they switch in their preferences.
LANGUAGES = ("zh_CN",)


class Site:
    """A database that is served, and what of our addons is installed in it."""

    def __init__(self, environment: Environment, database: str) -> None:
        self.environment = environment
        self.databases = environment.databases
        self.house = environment.house
        self.database = database
        self.record = paths.data() / "sites" / f"{database}.json"

    def update(self, addons: list[str]) -> None:
        """Bring the database to the present state of the addons' files."""
        if not self.databases.exists(self.database):
            self._create(addons)
            return
        done = self._hashes()
        installed = self._installed()
        new = [name for name in addons if name not in installed]
        own = sorted((installed | set(addons)) & set(self.house.own))
        changed = [
            name
            for name in own
            if name in installed and done.get(name) != self.house.content_hash([name])
        ]
        if not new and not changed:
            return
        if new:
            step(f"installing {', '.join(new)}")
        if changed:
            step(f"upgrading {', '.join(changed)}: files have changed")
        odoo_run.install(
            self.environment,
            self.database,
            new,
            f"update-{self.database}",
            upgrade=changed,
        ).require("updating the database")
        self._write_hashes()

    def _create(self, addons: list[str]) -> None:
        """Make the database under another name: it is there when it is complete."""
        draft = draft_of(self.database)
        own = [name for name in addons if name in self.house.own]
        template = Templates(self.environment).host(own, demo=True)
        step(f"making the database {self.database}: {', '.join(addons)}, demo data")
        self.databases.drop(draft)
        self.databases.clone(template, draft)
        odoo_run.install(
            self.environment,
            draft,
            addons,
            f"create-{self.database}",
            languages=LANGUAGES,
        ).require("installing the apps")
        self.databases.rename(draft, self.database)
        self._write_hashes()

    def _installed(self) -> set[str]:
        rows = self.databases.sql(
            self.database,
            "SELECT name FROM ir_module_module "
            "WHERE state IN ('installed', 'to upgrade', 'to install')",
        )
        return {name for (name,) in rows}

    def _hashes(self) -> dict[str, str]:
        try:
            return json.loads(self.record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def _write_hashes(self) -> None:
        names = self._installed() & set(self.house.own)
        self.record.parent.mkdir(exist_ok=True)
        hashes = {name: self.house.content_hash([name]) for name in sorted(names)}
        self.record.write_text(json.dumps(hashes, indent=1), encoding="utf-8")


def draft_of(database: str) -> str:
    """Name of a database that is not complete yet."""
    return f"{database}_draft"
