"""Proofs over many made-up documents: what holds, and what a document costs."""

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from .database import environment


@dataclass(frozen=True)
class Proof:
    """A proof of an app, run once in a transaction that is rolled back.

    :param str name: as printed
    :param run: ``run(env, number, meter)`` returning ``(lines, [(text, met)])``: what
        is printed, and what was asked
    :param number: function of ``Sizes``: how many documents
    :param float most_ms: a document of the metered work may cost
    """

    name: str
    run: Callable
    number: Callable
    most_ms: float


class Meter:
    """Time and statements of batches: ``with meter(batch size):``."""

    def __init__(self):
        self.batches = []

    def __call__(self, size):
        self.size = size
        return self

    def __enter__(self):
        gc.collect()
        thread = threading.current_thread()
        thread.query_count, thread.query_time = 0, 0.0
        self.started = time.perf_counter()

    def __exit__(self, *error):
        seconds = time.perf_counter() - self.started
        thread = threading.current_thread()
        self.batches.append((self.size, seconds * 1e3, thread.query_count))
        del thread.query_count, thread.query_time

    @property
    def ms(self):
        """Of a document."""
        return sum(ms for _n, ms, _c in self.batches) / sum(
            size for size, _ms, _c in self.batches
        )

    @property
    def statements(self):
        """Fewest and most of a batch."""
        counts = [count for _size, _ms, count in self.batches]
        return min(counts), max(counts)


def measure(registry, report, proof, sizes):
    """Print what a proof found, and hold it against what was asked."""
    number, meter = proof.number(sizes), Meter()
    with environment(registry) as env:
        lines, asked = proof.run(env, number, meter)
    for line in lines:
        report.line(f"  {line}")
    for text, met in asked:
        report.line(f"  {report.verdict(proof.name, text, met)}")
    verdict = report.verdict(
        proof.name, f"{proof.most_ms:g} ms a document", meter.ms <= proof.most_ms
    )
    low, high = meter.statements
    size = meter.batches[0][0]
    report.line(
        f"  {meter.ms:.2f} ms a document, {low} to {high} statements a batch of {size}"
        f"  {verdict}"
    )
