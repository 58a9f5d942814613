"""What Odoo is told by its environment."""

import subprocess
import sys
from pathlib import Path

from fixtures import FolderCase

from workbench.addons import House
from workbench.connection import Connection
from workbench.database import Databases
from workbench.environment import Environment
from workbench.odoo_source import OdooSource

#: Odoo itself is on the path of these tests.
ASK = """
from odoo.tools import config
config.parse_config(["--no-http"], setup_logging=False)
print(config["db_host"], config["db_port"], config["http_interface"], config["list_db"])
print(config["addons_path"], config["data_dir"])
"""


class TestVariables(FolderCase):
    def told(self, host: str) -> str:
        """What Odoo makes of the variables, as two lines."""
        addons = self.odoo("host/odoo") / "addons"
        self.write("host/odoo/addons/web/__init__.py")
        connection = Connection(host, "5433", "odoo")
        environment = Environment(
            OdooSource(self.folder / "host/odoo", (addons,), "made up"),
            Path(sys.executable),
            connection,
            Databases(connection, Path(sys.executable)),
            House(self.folder, [addons]),
        )
        variables = environment.variables()
        del variables["PYTHONPATH"]  # the real Odoo reads them
        done = subprocess.run(
            [sys.executable, "-c", ASK],
            env={**variables, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def test_odoo_understands_them(self):
        self.addon("one")
        self.write("addons/one/__init__.py")
        server, folders = self.told("/one").splitlines()
        self.assertEqual(server, "/one 5433 127.0.0.1 False")
        for part in ("host/odoo/addons", "addons", "data/odoo"):
            self.assertIn(f"{self.folder}/{part}", folders)

    def test_two_servers_at_once(self):
        """Nothing that a second run writes is what the first one reads."""
        self.assertTrue(self.told("/one").startswith("/one "))
        self.assertTrue(self.told("/two").startswith("/two "))
        self.assertEqual(list((self.folder / "data").glob("*.conf")), [])

    def test_configuration_of_the_user_is_not_read(self):
        self.environ(ODOO_RC=str(self.write("odoorc", "[options]\nlist_db = True\n")))
        self.assertIn("False", self.told("/one"))
