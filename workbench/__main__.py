"""``python3 -m workbench <command>``; the Makefile gives the commands short names.

Written so that every Python 3 can read it: an old one has to be able to say so.
"""

import sys

OLDEST_PYTHON = (3, 11)

if __name__ == "__main__":
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "workbench: Python %d.%d is too old, %d.%d or later is needed: "
            "name another one, for example make PYTHON=python3.12 ..."
            % (sys.version_info[:2] + OLDEST_PYTHON)
        )
    from .command_line import main

    sys.exit(main())
