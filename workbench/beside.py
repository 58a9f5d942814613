"""A second lane: stages that run while the longest one goes on."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from . import processes


class Beside:
    """One thing at a time, in the order given; left when all of it is done."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._jobs: list[Future] = []

    def do(self, function: Callable, *arguments: object) -> None:
        self._jobs.append(self._pool.submit(function, *arguments))

    def __enter__(self) -> "Beside":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait; an interrupted run waits for nothing, and ends what was started."""
        try:
            if error is None:
                for job in self._jobs:
                    job.result()
        except BaseException:
            self._give_up()
            raise
        else:
            if error is not None:
                self._give_up()
        finally:
            self._pool.shutdown()

    def _give_up(self) -> None:
        for job in self._jobs:  # before the lane is free to take the next one
            job.cancel()
        processes.interrupt()
