"""How to reach a PostgreSQL server."""

import dataclasses
import os


@dataclasses.dataclass(frozen=True)
class Connection:
    """How to reach a server; empty values are left to PostgreSQL's own defaults."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    def environment(self) -> dict[str, str]:
        """The variables that libpq (psql, psycopg2) reads."""
        values = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return {name: value for name, value in values.items() if value}


def named_by_user() -> Connection | None:
    """The server that the user names with PostgreSQL's own variables."""
    if not os.environ.get("PGHOST"):
        return None
    return Connection(
        host=os.environ["PGHOST"],
        port=os.environ.get("PGPORT", ""),
        user=os.environ.get("PGUSER", ""),
        password=os.environ.get("PGPASSWORD", ""),
    )
