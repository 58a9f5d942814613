"""What the tests of the workbench share: a clone, addons and programs made up."""

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


class FolderCase(unittest.TestCase):
    """A test with a folder of its own, and the workbench's folders inside it."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.environ(
            WORKBENCH_CACHE=str(self.folder / "cache"),
            WORKBENCH_DATA=str(self.folder / "data"),
        )
        quiet = patch("builtins.print")
        quiet.start()
        self.addCleanup(quiet.stop)

    def environ(self, **values: str | None) -> None:
        """Set variables for this test; ``None`` removes one."""
        kept = {name: value for name, value in values.items() if value is not None}
        patcher = patch.dict(os.environ, kept)
        patcher.start()
        self.addCleanup(patcher.stop)
        for name in values:
            if values[name] is None:
                os.environ.pop(name, None)

    def write(self, relative: str, text: str = "") -> Path:
        path = self.folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def program(self, name: str, script: str) -> Path:
        """A program on a search path of its own, in place of the machine's."""
        path = self.write(f"bin/{name}", f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        self.environ(PATH=str(path.parent))
        return path

    def addon(
        self, name: str, depends: tuple[str, ...] = ("base",), **manifest: object
    ) -> Path:
        """An addon below ``addons/`` of the made-up clone."""
        values = {"name": name, "depends": list(depends), **manifest}
        self.write(f"addons/{name}/__manifest__.py", repr(values))
        return self.folder / "addons" / name

    def odoo(self, relative: str, version: str = "(19, 0, 0, FINAL, 0, '')") -> Path:
        """Something that looks like the package ``odoo`` of a version."""
        self.write(f"{relative}/release.py", f"version_info = {version}\n")
        self.write(f"{relative}/addons/base/__manifest__.py", "{}")
        self.write(f"{relative}/addons/web/__manifest__.py", "{}")
        return self.folder / relative
