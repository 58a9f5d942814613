"""Template databases: a minute's installation becomes a copy that takes a second.

A template is known by a hash of everything that it was made from, so a changed addon
or another Odoo never meets an old one. The few used last are kept.
"""

import hashlib
import json
import time
from collections.abc import Iterable

from . import locks, odoo_run, paths
from .console import detail, step
from .environment import Environment

KEPT = 14


class Templates:
    """The template databases of this clone's server."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.databases = environment.databases
        self.house = environment.house

    def host(self, addons: Iterable[str], *, demo: bool) -> str:
        """Template with the host modules that our ``addons`` stand on."""
        modules = self.house.host_modules(addons)
        return self._ensure(modules, (), demo)

    def beneath(self, modules: list[str], own: Iterable[str], *, demo: bool) -> str:
        """Template with host ``modules`` and, on top of them, our addons ``own``."""
        return self._ensure(modules, sorted(own), demo)

    def everything(self, *, demo: bool, product_only: bool = False) -> str:
        """Template with all our addons and bridges.

        :param product_only: without the addons that only serve tests
        """
        chosen = self.house.product if product_only else self.house.own
        own = self.house.closure(chosen)
        return self._ensure(self.house.host_modules(own), sorted(own), demo)

    def _ensure(self, modules: list[str], own: Iterable[str], demo: bool) -> str:
        own = tuple(own)
        name = self._name(modules, own, demo)
        with locks.exclusive(paths.data(), name, "making a template database"):
            if name not in self._records() or not self.databases.exists(name):
                self._make(name, modules, own, demo)
            self._record(name, modules, own, demo)
        return name

    def _name(self, modules: list[str], own: tuple[str, ...], demo: bool) -> str:
        odoo = self.environment.odoo
        made_from = {
            "odoo": [odoo.version(), str(odoo.package)],
            "modules": modules,
            "own": self.house.content_hash(own) if own else "",
            "names": own,
            "demo": demo,
        }
        digest = hashlib.sha256(json.dumps(made_from, sort_keys=True).encode())
        kind = f"{'demo' if demo else 'bare'}_{'own' if own else 'host'}"
        return f"tpl_{paths.clone_key()}_{kind}_{digest.hexdigest()[:10]}"

    def _make(
        self, name: str, modules: list[str], own: tuple[str, ...], demo: bool
    ) -> None:
        """Build under a draft's name: a template is complete or not there."""
        kind = "with demo data" if demo else "without demo data"
        what = ", ".join(own or modules)
        draft = f"{name}_draft"
        self.databases.drop(draft)
        if own:
            base = self._ensure(modules, (), demo)
            step(f"making a template database {kind}: {what}")
            self.databases.clone(base, draft)
        else:
            step(f"making a template database {kind}: {what} (once)")
            base = self._largest_below(modules, demo)
            if base:
                self.databases.clone(base, draft)
            else:
                self.databases.create(draft)
        run = odoo_run.install(
            self.environment,
            draft,
            own or modules,
            f"template-{name}",
            demo=demo,
            skip_auto_install=not demo,
        )
        # Warnings are judged where the addon itself is tested, not here.
        run.require("making a template database")
        self.databases.rename(draft, name)
        detail("made")

    def _largest_below(self, modules: list[str], demo: bool) -> str | None:
        """A template to go on from: some of the modules and nothing else."""
        existing = set(self.databases.names())
        candidates = [
            (len(made["modules"]), name)
            for name, made in self._records().items()
            if name in existing
            and not made["own"]
            and made["demo"] == demo
            and made["odoo"] == str(self.environment.odoo.package)
            and set(made["modules"]) < set(modules)
        ]
        return max(candidates)[1] if candidates else None

    # Records: what a template was made from, and when it was used last --------

    def _records(self) -> dict[str, dict]:
        found = {}
        for path in paths.templates().glob("*.json"):
            try:
                found[path.stem] = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue  # of an interrupted run: the template is made anew
        return found

    def _record(
        self, name: str, modules: list[str], own: tuple[str, ...], demo: bool
    ) -> None:
        folder = paths.templates()
        folder.mkdir(exist_ok=True)
        made = {
            "modules": modules,
            "own": own,
            "demo": demo,
            "odoo": str(self.environment.odoo.package),
            "used": time.time(),
        }
        (folder / f"{name}.json").write_text(json.dumps(made), encoding="utf-8")

    def forget_old(self) -> None:
        """Drop the templates that were not used for longest."""
        by_age = sorted(
            self._records().items(), key=lambda item: item[1].get("used", 0)
        )
        for name, _made in by_age[:-KEPT]:
            with locks.exclusive(paths.data(), name, "dropping an old template"):
                self.databases.drop(name)
                (paths.templates() / f"{name}.json").unlink(missing_ok=True)
