"""Where packages come from, and what is said when they do not come."""

from fixtures import FolderCase

from workbench import apt
from workbench.errors import WorkbenchError

DEB822 = """\
# made by the installer
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://node.example/node_20.x
Suites: nodistro
Components: main
"""


class TestMirror(FolderCase):
    def mirror(self) -> apt.Source:
        return apt.debian_mirror(self.folder)

    def test_deb822(self):
        self.write("sources.list.d/debian.sources", DEB822)
        self.assertEqual(self.mirror().uri, "http://mirror.example/debian")
        self.assertTrue(self.mirror().signed_by.endswith("keyring.gpg"))

    def test_one_line_style(self):
        self.write(
            "sources.list",
            "# deb http://old.example/debian bookworm main\n"
            "deb http://mirror.example/debian-security bookworm-security main\n"
            "deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian "
            "bookworm main contrib\n",
        )
        self.assertEqual(self.mirror().uri, "http://mirror.example/debian")
        self.assertEqual(self.mirror().signed_by, "/k.gpg")

    def test_switched_off_entry_is_passed_by(self):
        self.write("sources.list.d/a.sources", DEB822.replace("# made", "#"))
        self.write(
            "sources.list.d/0.sources",
            "Enabled: no\nTypes: deb\nURIs: http://off.example/debian\n"
            "Suites: bookworm\nComponents: main\n",
        )
        self.assertEqual(self.mirror().uri, "http://mirror.example/debian")

    def test_source_packages_are_no_mirror(self):
        self.write("sources.list", "deb-src http://x.example/debian bookworm main\n")
        with self.assertRaisesRegex(WorkbenchError, "ODOO_HOME"):
            self.mirror()

    def test_another_distribution(self):
        self.write("sources.list", "deb http://x.example/ubuntu noble main\n")
        with self.assertRaisesRegex(WorkbenchError, "no mirror of Debian"):
            self.mirror()

    def test_embedded_key_is_not_taken_for_a_path(self):
        self.write(
            "sources.list.d/a.sources",
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n"
            "Components: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n"
            " .\n mQINBF\n -----END PGP PUBLIC KEY BLOCK-----\n",
        )
        self.assertEqual(self.mirror().signed_by, "")


class TestPrivateApt(FolderCase):
    """apt itself is played by small programs that say what apt would say."""

    def private(self) -> apt.PrivateApt:
        self.write("etc/sources.list", "deb http://m.example/debian bookworm main\n")
        return apt.PrivateApt(self.folder / "apt", self.folder / "etc")

    def test_without_apt(self):
        self.environ(PATH=str(self.folder))
        with self.assertRaisesRegex(WorkbenchError, "apt-get was not found.*ODOO_HOME"):
            self.private()

    def test_without_network(self):
        for name in ("apt-cache", "dpkg"):
            self.program(name, "exit 0")
        for said in (
            "E: Failed to fetch, no route",
            "Err:1 http://m.example sid InRelease\n  no route\nE: Some failed",
        ):
            self.program("apt-get", f"echo '{said}'; exit 100")
            with self.subTest(said=said):
                with self.assertRaisesRegex(
                    WorkbenchError, "no route\\).*check the network"
                ):
                    self.private().update(["sid"])

    def test_package_no_longer_offered(self):
        for name in ("apt-get", "dpkg"):
            self.program(name, "exit 0")
        self.program("apt-cache", "echo 'odoo-19:'; echo '  Candidate: (none)'")
        self.assertFalse(self.private().offers("odoo-19"))
        self.program("apt-cache", "exit 0")
        self.assertFalse(self.private().offers("odoo-19"))

    def test_package_offered(self):
        for name in ("apt-get", "dpkg"):
            self.program(name, "exit 0")
        self.program("apt-cache", "echo 'odoo-19:'; echo '  Candidate: 19.0.0+dfsg-1'")
        self.assertTrue(self.private().offers("odoo-19"))

    def test_broken_download_is_fetched_anew(self):
        self.program("dpkg", "echo 'dpkg: error: not a deb' >&2; exit 2")
        package = self.write("apt/archives/odoo-19_1_all.deb", "cut off")
        with self.assertRaisesRegex(WorkbenchError, "start again"):
            apt.unpack(package, self.folder / "root")
        self.assertFalse(package.exists())
