"""`make lint`: every checker finds what it is there for, and none fails in silence.

Each proof runs the real checker, as `make lint` would, on a small repository with one
addon in it. A checker that is not installed fails here too: that is the point.
"""

import contextlib
import io
import logging
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock, patch

import odoo

from workbench import host_lint, lint, node_tools, paths
from workbench.errors import WorkbenchError

CLONE = paths.CLONE
RULES = (".pylintrc", ".oca_hooks.cfg", "pyproject.toml", *node_tools.LOCKED)
ODOO = next(
    parent
    for parent in (Path(path).parent for path in odoo.__path__)
    if (parent / "odoo" / "addons" / "test_lint").is_dir()
)

MANIFEST = {
    "name": "Box",
    "version": "19.0.1.0.0",
    "author": "Somebody",
    "website": "https://example.com",
    "license": "LGPL-3",
    "category": "Sales",
    "summary": "Boxes",
    "depends": ["web"],
    "data": ["views/box_views.xml"],
}
MODEL = """
    from odoo import fields, models


    class Box(models.Model):
        _name = "demo.box"
        _description = "Box"

        title = fields.Char()
"""
COMPONENT = """
    import { Component } from "@odoo/owl";

    export class Box extends Component {
        static template = "demo_box.Box";
        static props = {};
    }
"""
FILES = {
    "__init__.py": "from . import models\n",
    "models/__init__.py": "from . import box\n",
    "models/box.py": MODEL,
    "views/box_views.xml": '<?xml version="1.0" encoding="UTF-8" ?>\n<odoo />\n',
    "static/src/box.js": COMPONENT,
    "i18n/demo_box.pot": '#. module: demo_box\nmsgid "Box %s"\nmsgstr ""\n',
}


class LintCase(unittest.TestCase):
    def repository(self, changes: dict[str, str] | None = None) -> lint.Places:
        """A repository with our rules and one addon, changed as asked."""
        repo = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in RULES:
            shutil.copy(CLONE / name, repo / name)
        lines = [f'    "{key}": {value!r},\n' for key, value in MANIFEST.items()]
        manifest = "{\n" + "".join(lines).replace("'", '"') + "}\n"
        texts = {"__manifest__.py": manifest, **FILES, **(changes or {})}
        for name, text in texts.items():
            path = repo / "addons" / "demo_box" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return lint.Places(repo, Path(sys.executable), ODOO, paths.cache())

    def outcomes(self, places: lint.Places, *names: str) -> dict[str, lint.Outcome]:
        """Outcomes of the checks named, or of all, by name."""
        checks = lint.Plan(places).checks(say=lambda text: None)
        unknown = set(names) - {check.name for check in checks}
        self.assertFalse(unknown)
        return {
            check.name: lint.execute(check, places.repo)
            for check in checks
            if not names or check.name in names
        }

    def assert_finds(self, check: str, changes: dict[str, str], *texts: str) -> None:
        outcome = self.outcomes(self.repository(changes), check)[check]
        self.assertFalse(outcome.passed, f"{check} found nothing")
        for text in texts:
            self.assertIn(text, outcome.output)

    def model(self, body: str) -> dict[str, str]:
        """The model file with more lines in its class."""
        more = textwrap.indent(textwrap.dedent(body), "    ")
        return {"models/box.py": textwrap.dedent(MODEL) + more}


class TestCheckers(LintCase):
    def test_good_addon_passes_all(self):
        outcomes = self.outcomes(self.repository())
        self.assertEqual(len(outcomes), 9)
        failed = {o.check.name: o.output for o in outcomes.values() if not o.passed}
        self.assertEqual(failed, {})

    def test_ruff(self):
        text = "import os\nfrom odoo import _\n\n\ndef f(x=[]):\n    return _(x)\n"
        self.assert_finds("ruff", {"models/box.py": text}, "F401", "TID251", "B006")

    def test_ruff_format(self):
        self.assert_finds("ruff format", {"models/box.py": "x = 'single'\n"}, "box.py")

    def test_pylint_odoo(self):
        changes = self.model(
            """
            def box_count(self):
                print(1)
                self.env.cr.commit()
            """
        )
        self.assert_finds("pylint-odoo", changes, "print-used", "invalid-commit")

    def test_oca_module_checks(self):
        view = '<odoo><data><record model="demo.box" id="demo_box.a" /></data></odoo>\n'
        changes = {"views/box_views.xml": view, "views/unused_views.xml": view}
        found = ("xml-deprecated-data-node", "redundant-module", "file-not-used")
        self.assert_finds("OCA module checks", changes, *found)

    def test_oca_po_checks(self):
        text = '#, python-format\nmsgid "Box %s"\nmsgstr "箱子 %s %s"\n'
        changes = {"i18n/zh_CN.po": text}
        found = ("po-python-parse-printf", "po-requires-module")
        self.assert_finds("OCA po checks", changes, *found)

    def test_pylint_of_odoo(self):
        changes = self.model(
            """
            def box_count(self, name):
                self.env.cr.execute("SELECT 1 FROM x WHERE y = '%s'" % name)
                return self.env._("%s and %s", 1, 2)
            """
        )
        found = ("sql-injection", "gettext-placeholders")
        self.assert_finds("Odoo's pylint plugins", changes, *found)

    def test_files_of_odoo(self):
        changes = {
            "tests/__init__.py": "",
            "tests/test_forgotten.py": "",
            "static/src/box.xml": "<t><Box title=\"'Some Text'\" /></t>\n",
        }
        found = ("test_forgotten.py never imported", "translatable")
        self.assert_finds("Odoo's test_lint, files", changes, *found)

    def test_eslint(self):
        text = COMPONENT.replace('static template = "demo_box.Box";', "")
        changes = {"static/src/box.js": text + "\n    lost();\n"}
        found = ("Component should declare static template", "'lost' is not defined")
        self.assert_finds("ESLint", changes, *found)

    def test_prettier(self):
        changes = {"static/src/box.js": COMPONENT.replace('"', "'")}
        self.assert_finds("Prettier", changes, "static/src/box.js")


class TestModelsOfOdoo(LintCase):
    """The checks that look at the finished models, on models made by hand."""

    def findings(self, **members) -> list[str]:
        host = type(
            "Host",
            (),
            {"_name": "demo.box", "_module": "base", "_original_module": "base"},
        )
        host.action_open = lambda self, mode="form": None
        own = type("Own", (), {"_name": "demo.box", "_module": "demo_box", **members})
        for name, member in members.items():
            member.__name__ = name
        own.__module__ = "odoo.addons.demo_box.models.box"
        final = type(
            "demo.box", (own, host), {"_module": None, "_original_module": "demo_box"}
        )
        # The others ask the database.
        needless = ("test_index", "test_routes")
        checks = [c for c in host_lint.REGISTRY_CHECKS if c[0] not in needless]
        with patch.object(host_lint, "REGISTRY_CHECKS", checks):
            env = Mock()
            ran, lines = host_lint._run_registry_checks(
                env, {"demo.box": final}, {"demo_box"}, {"demo.box"}
            )
        self.assertEqual(ran, 3, lines)
        return lines

    def test_good(self):
        self.assertEqual(self.findings(action_close=lambda self: None), [])

    def test_parameter_name(self):
        [line] = self.findings(action_close=lambda self, ids: None)
        self.assertIn("Invalid parameter names", line)

    def test_override(self):
        [line] = self.findings(action_open=lambda self, mode, other: None)
        self.assertIn("Invalid override in demo.box of action_open", line)

    def test_docstring(self):
        def action_close(self):
            """Close.

            :param reason: of which there is none
            """

        [line] = self.findings(action_close=action_close)
        self.assertIn("non-existing parameters", line)


class TestHostFindings(LintCase):
    """Checks that look at all models and routes: only what is ours is reported."""

    def findings(self, check: str, env) -> list[str]:
        checks = [c for c in host_lint.REGISTRY_CHECKS if c[0] == check]
        with patch.object(host_lint, "REGISTRY_CHECKS", checks):
            ran, lines = host_lint._run_registry_checks(
                env, {}, {"demo_box"}, {"demo.line"}
            )
        self.assertEqual(ran, 1, lines)
        return lines

    def test_index(self):
        class Inverse(SimpleNamespace):
            def __str__(self):
                return f"{self.model}.box_id"

        class Model(SimpleNamespace):
            _auto, _abstract = True, False

            def is_transient(self):
                return False

        class Environment(dict):
            registry = ("demo.box", "host.box")

        data = MagicMock()
        data.search_fetch.return_value.mapped.return_value = ["demo_box"]
        env = Environment({"ir.model": Mock(), "ir.model.data": data})
        for name, line in (("demo.box", "demo.line"), ("host.box", "host.line")):
            inverse = Inverse(model=line, store=True, column_type="int4", index=None)
            env[line] = Model(
                _name=line, _fields={"box_id": SimpleNamespace(base_field=inverse)}
            )
            lines = SimpleNamespace(
                type="one2many", inverse_name="box_id", comodel_name=line
            )
            env[name] = Model(_name=name, _fields={"line_ids": lines})
        [text] = self.findings("test_index", env)
        self.assertIn("demo.line.box_id", text)
        self.assertNotIn("host.line.box_id", text)

    def test_routes(self):
        logger = logging.getLogger("odoo.addons.test_lint.tests.test_routes")

        def rules(modules, nodb_only):
            for addon in ("demo_box", "sale"):
                logger.warning("odoo.addons.%s.controllers.C.go is a duplicate", addon)
            return []

        with patch("odoo.http._generate_routing_rules", rules):
            [text] = self.findings("test_routes", MagicMock())
        self.assertIn("odoo.addons.demo_box.controllers", text)


class TestRun(LintCase):
    """Summary and exit status."""

    def run_with(self, *checks: lint.Check) -> tuple[int, str]:
        said = []
        with patch.object(lint.Plan, "checks", lambda plan, say: list(checks)):
            status = lint.run(self.repository(), say=said.append)
        return status, "\n".join(said)

    def test_all_pass(self):
        good = lint.Check("good", [sys.executable, "-c", "print('not shown')"])
        status, text = self.run_with(good)
        self.assertEqual(status, 0)
        self.assertIn("lint: 1 passed, 0 failed", text)
        self.assertNotIn("not shown", text)

    def test_one_fails(self):
        good = lint.Check("good", [sys.executable, "-c", ""])
        bad = lint.Check("bad", [sys.executable, "-c", "exit('line 3: wrong')"])
        status, text = self.run_with(good, bad)
        self.assertEqual(status, 1)
        self.assertIn("line 3: wrong", text)
        self.assertTrue(text.endswith("lint: 1 passed, 1 failed"))

    def test_program_that_is_not_there(self):
        status, text = self.run_with(lint.Check("lost", ["/no/such/program"]))
        self.assertEqual(status, 1)
        self.assertIn("/no/such/program could not be started", text)

    def test_missing_tool(self):
        places = self.repository()
        empty = Path(self.enterContext(tempfile.TemporaryDirectory()))
        places = lint.Places(places.repo, empty / "python", ODOO, paths.cache())
        outcome = self.outcomes(places, "ruff")["ruff"]
        self.assertEqual(outcome.status, 2)
        self.assertEqual(
            outcome.output, "ruff is not installed: pip install -r requirements-dev.txt"
        )

    def test_no_addon(self):
        empty = Path(self.enterContext(tempfile.TemporaryDirectory()))
        said = []
        places = lint.Places(empty, Path(sys.executable), ODOO, paths.cache())
        self.assertEqual(lint.run(places, say=said.append), 1)
        self.assertIn("no addon was found", said[0])

    def test_fix(self):
        """FIX=1 mends what can be mended; the rest is still reported."""
        changes = {"models/box.py": "import os\n\nx = 'single'\ny = undefined\n"}
        places = self.repository(changes)
        plan = lint.Plan(places, fix=True)
        outcomes = [
            lint.execute(check, places.repo)
            for check in plan.checks(say=lambda text: None)
            if check.name in ("ruff", "ruff format")
        ]
        path = places.repo / "addons" / "demo_box" / "models" / "box.py"
        self.assertEqual(path.read_text(), 'x = "single"\ny = undefined\n')
        self.assertEqual([outcome.passed for outcome in outcomes], [False, True])

    def test_host_lint_without_a_check(self):
        """Nothing selected is no success."""
        folder = self.repository().repo / "addons" / "demo_box"
        nothing = patch.object(host_lint, "check_files", lambda folders: (0, []))
        quiet = contextlib.redirect_stdout(io.StringIO())
        with nothing, quiet, patch.object(host_lint, "prepare_odoo"):
            self.assertEqual(host_lint.main([str(folder)]), 1)


class TestNodeTools(LintCase):
    """What `npm ci` installs is complete or not there."""

    def install(self, npm: str) -> Path:
        """Ensure the tools with a stand-in for npm; return the cache."""
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        program = folder / "npm"
        program.write_text(f"#!/bin/sh\n{npm}\n", encoding="utf-8")
        program.chmod(0o755)
        self.cache = folder / "cache"
        with patch.object(shutil, "which", lambda name: str(program)):
            return node_tools.ensure(CLONE, self.cache, say=lambda text: None)

    def kept(self) -> list[str]:
        return [one.name for one in self.cache.iterdir() if one.name != "locks"]

    def test_installed_once(self):
        make = "mkdir -p node_modules/.bin && touch node_modules/.bin/eslint"
        executables = self.install(make)
        self.assertTrue((executables / "eslint").exists())
        with patch.object(subprocess, "run", side_effect=AssertionError("again")):
            again = node_tools.ensure(CLONE, self.cache, say=lambda text: None)
        self.assertEqual(again, executables)
        self.assertEqual(self.kept(), [executables.parents[1].name])

    def test_failure_leaves_nothing(self):
        with self.assertRaisesRegex(
            WorkbenchError, r"could not install .*\(no network\)"
        ):
            self.install("echo 'npm error no network' >&2; exit 1")
        self.assertEqual(self.kept(), [])

    def test_without_npm(self):
        with (
            patch.object(shutil, "which", lambda name: None),
            self.assertRaisesRegex(WorkbenchError, "npm was not found"),
        ):
            node_tools.ensure(CLONE, Path("/no/such/cache"), say=lambda text: None)


if __name__ == "__main__":
    unittest.main()
