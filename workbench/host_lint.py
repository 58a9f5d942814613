"""Run the checkers of Odoo's own `test_lint` on our addons.

As they stand they walk every addon they find, all of Odoo included. This script is
started with the Python that has Odoo on its path; it puts our manifests in the place
of all manifests, then runs Odoo's test methods unchanged:

    python -m workbench.host_lint ADDON_FOLDER...
    python -m workbench.host_lint --database DB ADDON_FOLDER...

The first form reads files only. The second needs a database in which the addons are
installed, for the checks that look at the finished models and routes.
"""

import argparse
import contextlib
import importlib
import inspect
import logging
import os
import re
import sys
import types
import unittest
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

#: (module of test_lint, class, methods); no method named means all of them.
FILE_CHECKS = (
    ("test_dunderinit", "TestDunderinit", ()),
    ("test_i18n", "TestI18n", ("test_user_content_as_prop_is_translatable",)),
    ("test_jstranslate", "TestJsTranslations", ("test_js_translations",)),
    ("test_l10n", "L10nLinter", ()),
    ("test_manifests", "ManifestLinter", ()),
    ("test_markers", "TestConflictMarkers", ()),
    ("test_onchange_domains", "TestOnchangeDomains", ()),
    ("test_orm_import", "TestDunderinit", ()),
    ("test_pofile", "PotLinter", ()),
    ("test_test_holes", "TestTestHoles", ()),
)
#: The same for checks that need the registry of a database.
REGISTRY_CHECKS = (
    ("test_docstring", "TestDocstring", ()),
    ("test_index", "TestIndex", ()),
    ("test_naming", "TestNaming", ()),
    ("test_override_signatures", "TestLintOverrideSignatures", ()),
    ("test_routes", "RoutesLinter", ()),
)
#: Where a check says which addon the method that it complains about comes from.
MODULE = re.compile(r"\(module='?(\w+)'?, model=")


class Findings(logging.Handler):
    """Collects what the checks only log: for some of them that is the finding."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Result(unittest.TestResult):
    """Keeps the message of a failed check without the trace through Odoo."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def addSubTest(self, test, subtest, err) -> None:
        super().addSubTest(test, subtest, err)
        if err:
            self._keep(test, err, subtest._subDescription())

    def addFailure(self, test, err) -> None:
        self._keep(test, err)

    def addError(self, test, err) -> None:
        self._keep(test, err)

    def addSkip(self, test, reason) -> None:
        self.lines.append(f"{test.id()} did not run: {reason}")

    def _keep(self, test, err, which: str = "") -> None:
        name = test.id().removeprefix("odoo.addons.test_lint.tests.")
        text = str(err[1]).strip() or err[0].__name__
        self.lines.append(f"{name} {which}: {text}" if which else f"{name}: {text}")


def load_class(module_name: str, class_name: str) -> type:
    module = importlib.import_module(f"odoo.addons.test_lint.tests.{module_name}")
    return getattr(module, class_name)


def without_database(case: type) -> type:
    """A plain test case with the check methods of ``case``.

    Some checks that only read files inherit from a case that opens a database.
    """
    from odoo.addons.test_lint.tests.lint_case import LintCase

    cell = types.CellType()  # what `super()` in the copied methods refers to
    own = {
        name: rebound(member, cell)
        for name, member in vars(case).items()
        if not name.startswith("__") or name == "__doc__"
    }
    own.setdefault("iter_module_files", LintCase.iter_module_files)
    own["__module__"] = case.__module__
    plain = type(case.__name__, (unittest.TestCase,), own)
    plain.longMessage = True
    cell.cell_contents = plain
    return plain


def rebound(member, cell: types.CellType):
    """A method whose bare `super()` starts from the class in ``cell``."""
    if isinstance(member, classmethod):
        return classmethod(rebound(member.__func__, cell))
    if not isinstance(member, types.FunctionType) or not member.__closure__:
        return member
    code = member.__code__
    closure = tuple(
        cell if name == "__class__" else old
        for name, old in zip(code.co_freevars, member.__closure__, strict=True)
    )
    name, defaults = member.__name__, member.__defaults__
    copy = types.FunctionType(code, member.__globals__, name, defaults, closure)
    copy.__kwdefaults__ = member.__kwdefaults__
    return copy


def tests_of(case: type, methods: tuple[str, ...]) -> list[unittest.TestCase]:
    names = methods or unittest.TestLoader().getTestCaseNames(case)
    return [case(name) for name in names]


@contextlib.contextmanager
def only_our_manifests(folders: list[Path]) -> Iterator[None]:
    """Odoo sees our addons, and nothing else, as the list of all addons."""
    import odoo
    from odoo.modules.module import Manifest

    manifests = [Manifest._from_path(str(folder)) for folder in folders]
    broken = [
        str(folder)
        for folder, found in zip(folders, manifests, strict=True)
        if found is None
    ]
    if broken:
        raise SystemExit(f"no readable manifest in {', '.join(broken)}")
    parents = sorted({str(folder.parent) for folder in folders})
    # While Odoo's own path is still there.
    from odoo.addons.test_lint.tests import test_pofile

    for module_name, _class_name, _methods in FILE_CHECKS:
        importlib.import_module(f"odoo.addons.test_lint.tests.{module_name}")

    def every_manifest() -> list:
        return list(manifests)

    def every_name() -> list[str]:
        return [manifest.name for manifest in manifests]

    with (
        patch.object(odoo.addons, "__path__", parents),
        patch.object(odoo, "__path__", []),
        patch.object(Manifest, "all_addon_manifests", staticmethod(every_manifest)),
        patch.object(test_pofile, "get_modules", every_name),
    ):
        yield


def prepare_odoo(folders: list[Path]) -> None:
    """Tell Odoo where addons are: those its environment names, and ours."""
    from odoo.modules.module import initialize_sys_path
    from odoo.tools import config as settings

    named = os.environ.get("ODOO_ADDONS_PATH")
    paths = named.split(",") if named else [str(Path(settings.root_path) / "addons")]
    parents = sorted({str(folder.parent) for folder in folders})
    paths += [path for path in parents if any(Path(path).glob("*/__*__.py"))]
    arguments = ["-c", os.devnull, f"--addons-path={','.join(dict.fromkeys(paths))}"]
    settings.parse_config(arguments, setup_logging=False)
    initialize_sys_path()


def check_files(folders: list[Path]) -> tuple[int, list[str]]:
    """Run the file checks; return how many ran and what they found."""
    result, findings = Result(), Findings()
    suite = unittest.TestSuite()
    with only_our_manifests(folders):
        for module_name, class_name, methods in FILE_CHECKS:
            case = without_database(load_class(module_name, class_name))
            suite.addTests(tests_of(case, methods))
        logging.getLogger().addHandler(findings)
        try:
            suite.run(result)
        finally:
            logging.getLogger().removeHandler(findings)
    return result.testsRun, unique(result.lines + findings.lines)


def our_models(registry, names: set[str]) -> dict:
    """Models that one of our addons defines or extends."""
    return {
        model_name: model
        for model_name, model in registry.items()
        if any(getattr(base, "_module", None) in names for base in model.__mro__)
    }


def is_ours(text: str, names: set[str], models: set[str]) -> bool:
    """Whether a finding of a check that looks at everything is about our code."""
    return any(f"odoo.addons.{name}." in text for name in names) or any(
        f"{model}." in text for model in models
    )


def check_registry(database: str, folders: list[Path]) -> tuple[int, list[str]]:
    """Run the checks of the finished models; same return value."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    names = {folder.name for folder in folders}
    registry = Registry(database)
    with registry.cursor(readonly=True) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        installed = set(
            env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        )
        missing = sorted(names - installed)
        if missing:
            return 0, [f"not installed in {database}: {', '.join(missing)}"]
        models = our_models(registry, names)
        # Models of the host that we merely extend are the host's to name.
        defined = {
            name
            for name, model in models.items()
            if getattr(model, "_original_module", None) in names
        }
        return _run_registry_checks(env, models, names, defined)


def _run_registry_checks(env, models, names, defined) -> tuple[int, list[str]]:
    result, findings = Result(), Findings()
    suite = unittest.TestSuite()
    lines: list[str] = []
    with contextlib.ExitStack() as stack:
        for module_name, class_name, methods in REGISTRY_CHECKS:
            original = load_class(module_name, class_name)
            module = inspect.getmodule(original)
            if hasattr(module, "Registry"):
                stack.enter_context(
                    patch.object(module, "Registry", lambda name: models)
                )
                stack.enter_context(
                    patch.object(module, "get_db_name", lambda: env.cr.dbname)
                )
            case = without_database(original)
            case.env = env
            suite.addTests(tests_of(case, methods))
        logging.getLogger().addHandler(findings)
        stack.callback(logging.getLogger().removeHandler, findings)
        suite.run(result)
    for line in result.lines:
        if "TestIndex" not in line:
            # Of our models, but the method may be one that they inherit from the host.
            module = MODULE.search(line)
            if not module or module[1] in names:
                lines.append(line)
            continue
        # One failure lists fields of every addon: keep the lines about our models.
        kept = [part for part in line.splitlines() if is_ours(part, names, defined)]
        if kept:
            lines.append("\n".join([line.splitlines()[0], *kept]))
    lines += [text for text in findings.lines if is_ours(text, names, defined)]
    return result.testsRun, unique(lines)


def unique(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="workbench.host_lint")
    parser.add_argument("--database", help="database with the addons installed")
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    folders = [folder.resolve() for folder in options.folders]
    logging.basicConfig(level=logging.WARNING, handlers=[logging.NullHandler()])
    prepare_odoo(folders)
    if options.database:
        ran, lines = check_registry(options.database, folders)
    else:
        ran, lines = check_files(folders)
    for line in lines:
        print(line)
    if not ran and not lines:
        print("no check ran")
    return 1 if lines or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
