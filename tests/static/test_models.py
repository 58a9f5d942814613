"""Proofs of `checks.models`."""

import textwrap
import unittest

from checks import models
from proof import CheckCase
from sample import FILES

CLOSE = "wizard/demo_box_close.py"


class TestModels(CheckCase):
    check = models.check

    def findings_in(self, **values: str) -> list[str]:
        """Findings in a sample of the base addon of a house called demo."""
        return self.findings(values, name="demo_base")

    def test_house(self):
        self.assert_house_passes()

    def test_base(self):
        self.assert_found(self.findings_in())

    def test_prefix(self):
        findings = self.findings(None, name="other")
        self.assert_found(
            findings, "demo.box does not begin", "demo.box.close does not begin"
        )

    def test_file(self):
        path = "models/demo_box.py"
        findings = self.findings_in(**{path: "", "models/boxes.py": FILES[path]})
        self.assert_found(findings, "demo.box belongs in demo_box.py")

    def test_wizard(self):
        text = FILES[CLOSE].replace("demo.box.close", "demo.box.close.wizard")
        name = "wizard/demo_box_close_wizard.py"
        findings = self.findings_in(**{CLOSE: "", name: text})
        self.assert_found(findings, "is named <model>.<verb>")

    def test_wizard_of_the_host(self):
        line = "class Send(models.TransientModel):\n    _name = 'host.send.wizard'\n"
        line += "    _inherit = ['host.send.wizard', 'demo.box']\n"
        self.assert_found(self.findings_in(**{"models/host_send_wizard.py": line}))

    def test_topic_of_a_model(self):
        path = "models/demo_box.py"
        changes = {path: "", "models/demo_box_lid.py": FILES[path]}
        self.assert_found(self.findings_in(**changes))

    def test_line_of_a_wizard(self):
        line = "class Line(models.TransientModel):\n    _name = 'demo.line'\n"
        line += "    _description = 'Line'\n"
        text = textwrap.dedent(FILES[CLOSE])
        self.assert_found(self.findings_in(**{CLOSE: text + line}))
        self.assert_found(
            self.findings_in(**{"wizard/demo_lines.py": line}), "in demo_line.py"
        )

    def test_description(self):
        text = FILES[CLOSE].replace("_description", "_other")
        self.assert_found(self.findings_in(**{CLOSE: text}), "no _description")

    def test_transient_among_the_models(self):
        name = "models/demo_box_close.py"
        findings = self.findings_in(**{CLOSE: "", name: FILES[CLOSE]})
        self.assert_found(findings, "belongs in wizard/")


if __name__ == "__main__":
    unittest.main()
