"""Modules of this repository, run in the virtual environment with Odoo on the path."""

import os
import subprocess

from . import paths
from .environment import Environment


def run_module(prepared: Environment, name: str, *arguments: object) -> int:
    """Run ``python -m name`` in the clone; returns its exit status."""
    variables = prepared.variables()
    variables["PYTHONPATH"] = os.pathsep.join(
        (str(paths.CLONE), variables["PYTHONPATH"])
    )
    return subprocess.run(
        [str(prepared.python), "-m", name, *map(str, arguments)],
        cwd=paths.CLONE,
        env=variables,
        check=False,
    ).returncode
