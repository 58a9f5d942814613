"""Starts Odoo so that it runs all tests of installed modules at the end.

Odoo runs tests marked ``at_install`` only while it installs a module, when the apps
are not there yet. To compare, they have to run with all modules loaded. Started with
the virtual environment's Python, instead of Odoo's own command.
"""

from odoo.cli.command import main
from odoo.tests import loader

_original = loader.make_suite


def make_suite(module_names, position="at_install"):
    """All tests selected, wherever they want to run, at the end; none before."""
    suites = [_original(module_names, each) for each in ("at_install", "post_install")]
    if position == "at_install":
        return type(suites[0])()
    tests = {id(test): test for suite in suites for test in suite}
    return type(suites[0])(tests.values())


if __name__ == "__main__":
    loader.make_suite = make_suite
    main()
