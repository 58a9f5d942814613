"""The commands, and how each ends: with its status, or with one clear line."""

import argparse
import errno
import importlib
import signal

from .console import complain
from .errors import DISK_FULL, WorkbenchError

#: Command: (module, function, what it does). Imported when asked for.
COMMANDS = {
    "run": ("server", "run", "set up everything, serve the apps with demo data"),
    "stop": ("server", "stop", "stop the servers of this clone"),
    "clean": ("server", "clean", "drop the databases, files and logs of this clone"),
    "test": ("suite", "main", "set up everything, run every test (or T=...)"),
    "lint": ("tools", "lint", "all linters over our own files"),
    "i18n": ("tools", "i18n", "refresh the .pot files, report missing Chinese"),
    "bench": ("bench", "main", "measure, beside floors, on a generated database"),
    "profile": ("bench", "profile", "why a measure is what it is (ARGS=...)"),
    "shots": ("shots", "main", "screenshots of the main screens (or SHOTS=...)"),
    "host-test": ("host_test", "main", "Odoo's own tests with and without the apps"),
    "packages": ("tools", "packages", "as root: Chromium and the like, by apt"),
    "shell": ("server", "shell", "Odoo's shell on a database (DB=...)"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; what cannot go on ends with one clear line and status 2."""
    options = _parser().parse_args(arguments)
    module, function, _help = COMMANDS[options.command]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        command = getattr(importlib.import_module(f"workbench.{module}"), function)
        return command()
    except WorkbenchError as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("interrupted; start again, it goes on from here")
        return 130
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        complain(DISK_FULL)
    return 2


def _interrupt(*_arguments: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make",
        usage="make COMMAND [VARIABLE=value ...]",
        description="Odoo 19 sales addons: set-up, server, tests.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="commands:\n"
        + "\n".join(f"  {name:10} {entry[2]}" for name, entry in COMMANDS.items()),
    )
    parser.add_argument(
        "command", choices=COMMANDS, metavar="COMMAND", help="see below"
    )
    return parser
