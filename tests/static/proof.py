"""What the tests of the checks share: our addons pass, a broken sample does not."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import sample
from house import House, host_folders, our_house


class CheckCase(unittest.TestCase):
    """Subclasses name their check and prove on broken samples that it can fail."""

    check = None
    maxDiff = None

    def assert_house_passes(self) -> None:
        """No finding in our own addons; the message is the list of findings."""
        house = our_house()
        self.assertTrue(house.addons, "no addon was found")
        findings = type(self).check(house)
        if findings:
            self.fail("\n" + "\n".join(findings))

    def findings(self, changes=None, *more: dict, **options) -> list[str]:
        """Findings in a sample with ``changes``, and in further addons beside it."""
        repo = Path(self.enterContext(tempfile.TemporaryDirectory()))
        sample.write(repo, changes, **options)
        for other in more:
            sample.write(repo, **other)
        self.prepare(repo)
        return type(self).check(House(repo, host_folders()))

    def prepare(self, repo: Path) -> None:
        """What a check needs besides the files of the sample."""

    def assert_found(self, findings: list[str], *texts: str) -> None:
        """One finding for each of ``texts``, in any order, and no other."""
        for text in texts:
            self.assertTrue(any(text in line for line in findings), (text, findings))
        self.assertEqual(len(findings), len(texts), findings)

    def assert_sample_passes(self) -> None:
        self.assertEqual(self.findings(), [])
