"""Which addons there are and what they need, from their manifests."""

from fixtures import FolderCase

from workbench.addons import House
from workbench.errors import WorkbenchError


class TestHouse(FolderCase):
    def setUp(self):
        super().setUp()
        for name in ("base", "sale", "mrp"):
            self.write(f"host/{name}/__manifest__.py", "{}")
        self.addon("sales_base", ("sale",))
        self.addon("field_sales", ("sales_base",), application=True)
        self.addon("field_mrp", ("field_sales", "mrp"), auto_install=True)

    def house(self) -> House:
        return House(self.folder, [self.folder / "host"])

    def test_host_modules_are_computed(self):
        self.assertEqual(self.house().host_modules(["field_sales"]), ["sale"])
        self.assertEqual(self.house().host_modules(["field_mrp"]), ["mrp", "sale"])
        self.assertEqual(self.house().host_modules([]), ["base"])

    def test_closure(self):
        self.assertEqual(
            self.house().closure(["field_mrp", "sale"]),
            {"sales_base", "field_sales", "field_mrp"},
        )

    def test_bridges_are_not_installed_alone(self):
        self.assertEqual(self.house().alone(), ["sales_base", "field_sales"])

    def test_suite_addon_is_ours_and_no_product(self):
        self.write("tests/test_suite/__manifest__.py", "{'depends': ['field_sales']}")
        self.assertIn("test_suite", self.house().own)
        self.assertNotIn("test_suite", self.house().product)

    def test_unknown_addon(self):
        self.house().check_known(["sale", "base", "field_sales"])
        with self.assertRaisesRegex(WorkbenchError, "unknown addon feld_sales.*ours"):
            self.house().check_known(["feld_sales"])

    def test_dependency_that_does_not_exist(self):
        self.addon("lost", ("sale_magic",))
        with self.assertRaisesRegex(WorkbenchError, "unknown addon sale_magic"):
            self.house().closure(["lost"])

    def test_broken_manifest(self):
        self.write("addons/broken/__manifest__.py", "{'name': ")
        with self.assertRaisesRegex(WorkbenchError, "broken.*cannot be read"):
            self.house()

    def test_empty_folders_are_left_out_of_the_addons_path(self):
        (self.folder / "tests").mkdir()
        self.assertEqual(
            self.house().addons_path(),
            [self.folder / "host", self.folder / "addons"],
        )

    def test_hash_follows_the_files(self):
        before = self.house().content_hash(["sales_base"])
        self.write("addons/sales_base/__pycache__/x.pyc", "compiled")
        self.assertEqual(self.house().content_hash(["sales_base"]), before)
        self.write("addons/sales_base/models/x.py", "new")
        self.assertNotEqual(self.house().content_hash(["sales_base"]), before)
