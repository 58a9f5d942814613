"""Which Odoo is taken (F-02)."""

from unittest.mock import patch

from fixtures import FolderCase

from workbench import odoo_source, paths
from workbench.errors import WorkbenchError


class TestNamed(FolderCase):
    def find(self, home: str) -> odoo_source.OdooSource:
        self.environ(ODOO_HOME=str(self.folder / home))
        return odoo_source.find()

    def test_package_itself_and_folders_around_it(self):
        package = self.odoo("home/usr/lib/python3/dist-packages/odoo")
        for home in ("home", "home/usr/lib/python3/dist-packages", str(package)):
            with self.subTest(home=home):
                self.assertEqual(self.find(home).package, package)

    def test_source_checkout_keeps_addons_beside_the_package(self):
        self.odoo("src/odoo")
        (self.folder / "src/odoo/addons/web/__manifest__.py").unlink()
        (self.folder / "src/odoo/addons/web").rmdir()
        self.write("src/addons/web/__manifest__.py", "{}")
        found = self.find("src")
        self.assertEqual(found.python_path, self.folder / "src")
        self.assertEqual(
            found.addons_path,
            (self.folder / "src/addons", self.folder / "src/odoo/addons"),
        )

    def test_another_version(self):
        self.odoo("old/odoo", "(17, 0, 0, FINAL, 0, '')")
        with self.assertRaisesRegex(WorkbenchError, "names an Odoo 17.0"):
            self.find("old")

    def test_in_between_version(self):
        self.odoo("saas/odoo", "('saas~19', 2, 0, FINAL, 0, '')")
        with self.assertRaisesRegex(WorkbenchError, "names an Odoo saas~19.2"):
            self.find("saas")

    def test_no_odoo_at_all(self):
        with self.assertRaisesRegex(WorkbenchError, "holds no Odoo.*unset ODOO_HOME"):
            self.find("nowhere")

    def test_incomplete_odoo(self):
        self.write("bare/odoo/release.py", "version_info = (19, 0, 0, FINAL, 0, '')\n")
        with self.assertRaisesRegex(WorkbenchError, "no addons"):
            self.find("bare")


class TestOrder(FolderCase):
    def setUp(self):
        super().setUp()
        self.environ(ODOO_HOME=None)

    def test_installed_package_before_fetching(self):
        package = self.odoo("site/odoo")
        with patch.object(odoo_source, "_package_known_to", return_value=package):
            self.assertEqual(odoo_source.find().package, package)

    def test_installed_package_of_another_version_is_passed_by(self):
        package = self.odoo("site/odoo", "(18, 0, 0, FINAL, 0, '')")
        with patch.object(odoo_source, "_package_known_to", return_value=package):
            self.assertIsNone(odoo_source.installed())

    def test_unpacked_before_is_taken_without_apt(self):
        root = paths.cache() / odoo_source.PACKAGE
        self.odoo(f"cache/{odoo_source.PACKAGE}/usr/lib/python3/dist-packages/odoo")
        (root / ".complete").touch()
        with patch.object(odoo_source, "installed", return_value=None):
            self.environ(PATH="")
            found = odoo_source.find()
        self.assertTrue(found.package.is_relative_to(root))


class TestFetched(FolderCase):
    def fetch(self, offered: bool = True):
        """Fetch with an apt that only pretends; dpkg makes the package."""
        with patch.object(odoo_source.apt, "PrivateApt") as private:
            private.return_value.offers.return_value = offered
            private.return_value.download.return_value = [self.folder / "odoo.deb"]
            return odoo_source.unpacked()

    def unpack(self, _package, root):
        self.odoo(str(root / "usr/lib/python3/dist-packages/odoo"))

    def test_left_out_file_is_put_in_its_place(self):
        with patch.object(odoo_source.apt, "unpack", self.unpack):
            found = self.fetch()
        self.assertTrue((found.package / odoo_source.LEFT_OUT).exists())
        self.assertTrue((paths.cache() / odoo_source.PACKAGE / ".complete").exists())

    def test_interrupted_unpacking_is_done_again(self):
        with patch.object(odoo_source.apt, "unpack", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                self.fetch()
        self.assertFalse((paths.cache() / odoo_source.PACKAGE).exists())
        with patch.object(odoo_source.apt, "unpack", self.unpack):
            self.assertEqual(self.fetch().version(), "19.0")

    def test_half_unpacked_one_counts_as_free_space(self):
        draft = self.write(f"cache/{odoo_source.PACKAGE}.draft/large")

        def measured(*_arguments):
            self.assertFalse(draft.exists())

        with (
            patch.object(odoo_source.apt, "unpack", self.unpack),
            patch.object(paths, "require_space", measured),
        ):
            self.fetch()

    def test_debian_no_longer_offers_it(self):
        with self.assertRaisesRegex(WorkbenchError, "no longer offers odoo-19"):
            self.fetch(offered=False)

    def test_no_room(self):
        with patch.object(paths.shutil, "disk_usage") as usage:
            usage.return_value.free = 1e9
            with self.assertRaisesRegex(WorkbenchError, "needs 3 GB.*1.0 GB are free"):
                self.fetch()
