"""Which commit holds the version before today's."""

import subprocess

from fixtures import FolderCase

from workbench import history


class TestPrevious(FolderCase):
    def setUp(self):
        super().setUp()
        self.environ(
            GIT_CONFIG_GLOBAL="/dev/null",
            GIT_AUTHOR_NAME="x",
            GIT_AUTHOR_EMAIL="x@example.com",
            GIT_COMMITTER_NAME="x",
            GIT_COMMITTER_EMAIL="x@example.com",
        )
        self.repo = self.folder / "repo"
        self.repo.mkdir()
        self.git("init", "--quiet", "--template=")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.repo,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, text: str = "", **versions: str) -> str:
        """A commit that sets versions of addons, and something else."""
        for addon, version in versions.items():
            manifest = repr({"version": version})
            self.write(f"repo/addons/{addon}/__manifest__.py", manifest)
        self.write("repo/addons/one/data.txt", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")

    def previous(self, **versions: str) -> str | None:
        return history.previous_commit(self.repo, versions)

    def test_no_earlier_version(self):
        self.commit(one="19.0.1.0.0")
        self.commit("more", two="19.0.1.0.0")
        self.assertIsNone(self.previous(one="19.0.1.0.0", two="19.0.1.0.0"))

    def test_last_commit_before_the_version_was_raised(self):
        self.commit("first", one="19.0.1.0.0")
        last = self.commit("last of 1.0.0")
        self.commit("raised", one="19.0.1.1.0")
        self.commit("later")
        self.assertEqual(self.previous(one="19.0.1.1.0"), last)

    def test_of_several_versions_the_one_before(self):
        self.commit("first", one="19.0.1.9.0")
        last = self.commit("second", one="19.0.1.10.0")
        self.commit("third", one="19.0.2.0.0")
        self.assertEqual(self.previous(one="19.0.2.0.0"), last)

    def test_raised_and_not_committed(self):
        commit = self.commit(one="19.0.1.0.0")
        self.assertEqual(self.previous(one="19.0.1.0.1"), commit)

    def test_new_addon_has_no_earlier_version(self):
        self.commit(one="19.0.1.0.0")
        self.commit(two="19.0.3.0.0")
        self.assertIsNone(self.previous(one="19.0.1.0.0", two="19.0.3.0.0"))

    def test_shallow_clone(self):
        self.commit(one="19.0.1.0.0")
        self.commit(one="19.0.1.1.0")
        url = f"file://{self.repo}"
        self.git("clone", "--quiet", "--depth=1", url, str(self.folder / "shallow"))
        self.repo = self.folder / "shallow"
        self.assertIsNone(self.previous(one="19.0.1.1.0"))

    def test_no_repository_and_no_git(self):
        self.assertIsNone(history.previous_commit(self.folder, {"one": "19.0.1.0.0"}))
        self.environ(PATH=str(self.folder))
        self.assertIsNone(self.previous(one="19.0.1.0.0"))

    def test_manifest_that_was_broken(self):
        self.commit("fine", one="19.0.1.0.0")
        self.write("repo/addons/one/__manifest__.py", "{'version':")
        self.git("commit", "--quiet", "--all", "-m", "broken")
        self.commit("mended", one="19.0.1.0.0")
        self.assertIsNone(self.previous(one="19.0.1.0.0"))

    def test_unpacked_without_what_an_interrupted_run_left(self):
        commit = self.commit("old", one="19.0.1.0.0")
        self.commit("new", one="19.0.2.0.0")
        self.write("draft/addons/left.txt")
        history.unpack(self.repo, commit, self.folder / "old")
        data = self.folder / "old/addons/one/data.txt"
        self.assertEqual(data.read_text("utf-8"), "old")
        self.assertEqual(len(list((self.folder / "old/addons").iterdir())), 1)
