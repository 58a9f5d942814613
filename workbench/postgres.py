"""A PostgreSQL server: the user's, or one of our own for this clone only (F-02).

Our own is started by whoever needs it and stopped by the last.
"""

import contextlib
from collections.abc import Iterator

from . import locks, own_server, paths
from .connection import Connection, named_by_user
from .errors import WorkbenchError
from .own_server import OwnServer


@contextlib.contextmanager
def running() -> Iterator[Connection]:
    """A server, started when it is not running and stopped by its last user.

    :raises WorkbenchError: there is none and none can be started
    """
    named = named_by_user()
    if named:
        yield named
        return
    server = None
    try:
        with locks.shared(paths.data(), "postgres-users"):
            server = start()
            yield server.connection()
    finally:
        if server:
            stop_if_unused(server)


def start() -> OwnServer:
    """Start this clone's server unless it runs; returns it."""
    with locks.exclusive(paths.data(), "postgres-start", "starting PostgreSQL"):
        server = own_server.known() or own_server.prepared()
        if not server.is_running():
            server.start()
    return server


def stop() -> bool:
    """Stop this clone's server unless another run uses it; returns whether it ran."""
    server = own_server.known()
    if server is None or not server.is_running():
        return False
    with locks.alone(paths.data(), "postgres-users") as is_unused:
        if not is_unused:
            raise WorkbenchError(
                "the database server stays: another run of this clone uses it; "
                "let it end, then start again"
            )
        server.stop()
    return True


def stop_if_unused(server: OwnServer) -> None:
    """Stop the server when no other run and no Odoo server needs it."""
    from .server import is_up  # the Odoo server outlives the run that started it

    with locks.alone(paths.data(), "postgres-users") as is_unused:
        if is_unused and not is_up():
            server.stop()


def remove() -> None:
    """Remove this clone's server with all its databases."""
    stop()
    own_server.forget()
