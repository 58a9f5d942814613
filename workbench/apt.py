"""Packages of Debian, fetched and unpacked without touching the system.

A private apt folder names the suites that are wanted and the mirror that the machine's
own apt is configured with; no address is written in this repository. Neither root nor
a change to the system's package lists is needed.
"""

import dataclasses
import itertools
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from .console import detail
from .errors import OTHER_WAYS, WorkbenchError, check_disk
from .processes import output_of

SYSTEM = Path("/etc/apt")
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
DEBIAN_SUITES = re.compile(
    r"^(bullseye|bookworm|trixie|forky|duke|sid|unstable|testing|stable|oldstable"
    r"|oldoldstable)$"
)


@dataclasses.dataclass(frozen=True)
class Source:
    """One line of an apt configuration, as far as it matters here."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str = ""


def parse_one_line_style(text: str) -> list[Source]:
    """Read the ``deb [options] uri suite component...`` form."""
    sources = []
    for line in text.splitlines():
        match = re.match(r"^\s*deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)", line)
        if match:
            options, uri, suite, components = match.groups()
            key = re.search(r"signed-by=(\S+)", options or "", re.IGNORECASE)
            sources.append(
                Source(
                    uri=uri,
                    suites=(suite,),
                    components=tuple(components.split()),
                    signed_by=key.group(1) if key else "",
                )
            )
    return sources


def parse_deb822(text: str) -> list[Source]:
    """Read the ``Types: / URIs: / Suites:`` form (files named ``*.sources``)."""
    sources = []
    text = re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE)
    for stanza in re.split(r"\n\s*\n", text):
        fields = {
            key.lower(): " ".join(value.split())
            for key, value in re.findall(
                r"^([A-Za-z-]+):((?:.*)(?:\n[ \t].*)*)", stanza, re.MULTILINE
            )
        }
        enabled = fields.get("enabled", "yes").lower() not in ("no", "false", "0")
        if enabled and "deb" in fields.get("types", "").split():
            key = fields.get("signed-by", "")
            sources += [
                Source(
                    uri=uri,
                    suites=tuple(fields.get("suites", "").split()),
                    components=tuple(fields.get("components", "").split()),
                    signed_by=key if key.startswith("/") else "",
                )
                for uri in fields.get("uris", "").split()
            ]
    return sources


def machine_sources(configuration: Path = SYSTEM) -> list[Source]:
    """Everything the machine's own apt installs from."""
    parts = configuration / "sources.list.d"
    one_line = [configuration / "sources.list", *sorted(parts.glob("*.list"))]
    sources = []
    for paths, parse in (
        (one_line, parse_one_line_style),
        (sorted(parts.glob("*.sources")), parse_deb822),
    ):
        for path in paths:
            if path.is_file():
                sources += parse(path.read_text(encoding="utf-8", errors="replace"))
    return sources


def debian_mirror(configuration: Path = SYSTEM) -> Source:
    """The machine's mirror of Debian's main archive.

    :raises WorkbenchError: apt is not there, or it knows no such mirror
    """
    for source in machine_sources(configuration):
        is_archive = any(DEBIAN_SUITES.match(suite) for suite in source.suites)
        if is_archive and "main" in source.components:
            return source
    raise WorkbenchError(
        f"no mirror of Debian in this machine's apt configuration: {OTHER_WAYS}"
    )


class PrivateApt:
    """An apt folder of our own: lists, cache, and the packages fetched with it."""

    def __init__(self, folder: Path, configuration: Path = SYSTEM) -> None:
        for program in ("apt-get", "apt-cache", "dpkg"):
            if not shutil.which(program):
                raise WorkbenchError(f"{program} was not found here: {OTHER_WAYS}")
        self.folder = folder
        self.mirror = debian_mirror(configuration)

    def update(self, suites: Iterable[str]) -> None:
        """Fetch the lists of packages of ``suites``.

        :raises WorkbenchError: the mirror does not answer
        """
        for name in ("lists/partial", "cache/archives/partial", "archives", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        options = self._signed_by()
        lines = [f"deb {options}{self.mirror.uri} {suite} main\n" for suite in suites]
        (self.folder / "sources.list").write_text("".join(lines), encoding="utf-8")
        status, output = self._run("apt-get", "update", "-o", "Acquire::Retries=2")
        if status:
            raise WorkbenchError(
                f"Debian's package lists could not be fetched ({_reason(output)}): "
                f"check the network and start again, or {OTHER_WAYS}"
            )

    def offers(self, package: str) -> bool:
        """Whether the lists fetched by :meth:`update` name ``package``."""
        _status, output = self._run("apt-cache", "policy", package)
        return bool(re.search(r"^\s+Candidate: (?!\(none\))\S", output, re.MULTILINE))

    def download(self, packages: Sequence[str]) -> list[Path]:
        """Fetch ``packages`` (``name`` or ``name/suite``); what is there stays.

        :raises WorkbenchError: one of them could not be fetched
        """
        archives = self.folder / "archives"
        for package in packages:
            detail(f"fetching {package.partition('/')[0]}")
            status, output = self._run("apt-get", "download", package, cwd=archives)
            if status:
                raise WorkbenchError(
                    f"Debian's package {package} could not be fetched "
                    f"({_reason(output)}): start again, or {OTHER_WAYS}"
                )
        names = [package.partition("/")[0] for package in packages]
        return [path for name in names for path in sorted(archives.glob(f"{name}_*"))]

    def _signed_by(self) -> str:
        named = [Path(self.mirror.signed_by)] if self.mirror.signed_by else []
        for keyring in (*KEYRINGS, *named):
            if keyring.is_file():
                return f"[signed-by={keyring}] "
        return ""  # apt then looks into its own trusted.gpg.d

    def _run(
        self, program: str, *arguments: str, cwd: Path | None = None
    ) -> tuple[int, str]:
        options = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "-",
            "Dir::State::lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            "APT::Update::Error-Mode": "any",
            # Root's apt would fetch as another user, who cannot enter this folder.
            "APT::Sandbox::User": "root",
        }
        command = [program, "-q"]
        for name, value in options.items():
            command += ["-o", f"{name}={value}"]
        done = output_of(
            [*command, *arguments],
            cwd=cwd,
            env={**os.environ, "TMPDIR": str(self.folder / "tmp"), "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            check_disk(done.stdout)
        return done.returncode, done.stdout


def unpack(package: Path, root: Path) -> None:
    """Unpack the files of ``package`` below ``root``, without installing it.

    :raises WorkbenchError: the file is broken or the disk is full
    """
    done = output_of(["dpkg", "-x", package, root])
    if done.returncode:
        check_disk(done.stdout)
        package.unlink(missing_ok=True)  # fetched anew next time
        raise WorkbenchError(
            f"{package.name} could not be unpacked ({_reason(done.stdout)}): "
            "start again; it is then fetched anew"
        )


def _reason(output: str) -> str:
    """The line of apt's output that names the cause.

    apt tells where it failed in one line (``Err:``) and why in the next.
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for line, following in itertools.pairwise(lines):
        if line.startswith("Err:"):
            return following
    errors = [line for line in lines if line.startswith(("E:", "dpkg"))]
    return (errors or lines or ["no message"])[0]
