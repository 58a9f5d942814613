"""What is done to a database that is served: the first time and later."""

from unittest.mock import MagicMock, patch

from fixtures import FolderCase

from workbench import paths, sites
from workbench.addons import House


class TestSite(FolderCase):
    """Which addons are installed and upgraded in a database that is there."""

    def setUp(self):
        super().setUp()
        self.write("host/base/__manifest__.py", "{}")
        self.addon("one")
        self.addon("two")
        self.installed = {"base", "one"}
        self.start = patch.object(sites.odoo_run, "install").start()
        self.addCleanup(patch.stopall)

    def site(self) -> sites.Site:
        environment = MagicMock()
        environment.house = House(self.folder, [self.folder / "host"])
        site = sites.Site(environment, "sales")
        site.databases.exists.return_value = True
        site.databases.sql.side_effect = lambda *_: [[n] for n in self.installed]
        paths.data()
        return site

    def update(self, *addons: str) -> None:
        self.start.reset_mock()
        self.site().update(list(addons))

    def test_unchanged_does_nothing(self):
        self.site()._write_hashes()
        self.update("one")
        self.start.assert_not_called()

    def test_changed_files_are_upgraded(self):
        self.site()._write_hashes()
        self.write("addons/one/views/x.xml", "<odoo/>")
        self.update("one")
        self.assertEqual(self.start.call_args.kwargs["upgrade"], ["one"])
        self.update("one")
        self.start.assert_not_called()

    def test_new_addon_is_installed(self):
        self.site()._write_hashes()
        self.update("one", "two")
        self.assertEqual(self.start.call_args.args[2], ["two"])

    def test_interrupted_upgrade_is_done_again(self):
        self.site()._write_hashes()
        self.write("addons/one/views/x.xml", "<odoo/>")
        self.start.side_effect = KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.update("one")
        self.start.side_effect = None
        self.update("one")
        self.assertEqual(self.start.call_args.kwargs["upgrade"], ["one"])

    def test_interrupted_creation_leaves_no_database(self):
        site = self.site()
        site.databases.exists.return_value = False
        self.start.side_effect = KeyboardInterrupt
        with patch.object(sites, "Templates"), self.assertRaises(KeyboardInterrupt):
            site.update(["one"])
        site.databases.rename.assert_not_called()
