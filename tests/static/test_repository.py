"""Proofs of `checks.repository`."""

import subprocess
import unittest

from checks import repository
from proof import CheckCase


class TestRepository(CheckCase):
    check = repository.check

    def prepare(self, repo):
        command = ["git", "init", "--quiet", "--template="]
        subprocess.run(command, cwd=repo, check=True)

    def test_house(self):
        self.assert_house_passes()

    def test_sample(self):
        self.assert_sample_passes()

    def test_path_of_one_machine(self):
        for folder in ("home/ann/x", "root/x", "tmp/pre/x", "work/main"):
            with self.subTest(folder):
                findings = self.findings({"tools/a.py": f'PATH = "/{folder}"\n'})
                self.assert_found(findings, "tools/a.py:1: path of one machine")

    def test_path_within_the_repository(self):
        self.assert_found(self.findings({"tools/a.py": 'P = "addons/root/x"\n'}))

    def test_registry(self):
        host = ".".join(("https://registry", "npmjs", "org"))
        findings = self.findings({"tools/a.py": f'URL = "{host}"\n'})
        self.assert_found(findings, "tools/a.py:1: host of a package registry")

    def test_lock_file(self):
        text = '{\n"resolved"' + ': "https://mirror/x.tgz"\n}\n'
        findings = self.findings({"package-lock.json": text})
        self.assert_found(findings, "package-lock.json:2: host of a package registry")


if __name__ == "__main__":
    unittest.main()
