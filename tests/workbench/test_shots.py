"""Lists of screens."""

from unittest.mock import MagicMock

from fixtures import FolderCase

from workbench import addons, shots
from workbench.errors import WorkbenchError


class TestShots(FolderCase):
    def read(self, text: str) -> list[shots.Shot]:
        folder = self.addon("field_sales")
        self.write("addons/field_sales/readme/shots.toml", text)
        return shots.read(addons.read(folder))

    def test_screen(self):
        [shot] = self.read(
            '[[shot]]\nfile = "static/description/visit.png"\nlogin = "rep"\n'
            'url = "/odoo"\nwidth = 390\nlanguages = ["zh_CN"]\n'
        )
        self.assertEqual(shot.languages, ("zh_CN",))
        self.assertEqual(
            shot.target(self.folder, "zh_CN"),
            self.folder / "static/description/visit.zh_CN.png",
        )

    def test_mistakes(self):
        for text in ("[[shot", '[[shot]]\nfile = "a.png"\n', "[[shot]]\nwidht = 3\n"):
            with self.subTest(text=text):
                with self.assertRaisesRegex(WorkbenchError, "shots.toml"):
                    self.read(text)

    def test_record_in_the_address(self):
        databases = MagicMock()
        databases.sql.return_value = [[7]]
        self.assertEqual(
            shots.resolve("/odoo/x/{sale.order_demo}", databases, "db"), "/odoo/x/7"
        )
        databases.sql.return_value = []
        with self.assertRaisesRegex(WorkbenchError, "no record sale.order_demo"):
            shots.resolve("/odoo/x/{sale.order_demo}", databases, "db")
