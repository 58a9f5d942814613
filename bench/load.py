"""Twenty clients at once on a server with two workers: our list beside a plain one.

A closed loop: every client sends its next request when the answer is there. Clients,
server and PostgreSQL share the machine.
"""

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from . import goals
from .data import PASSWORD

CLIENTS = 20
WORKERS = 2


class Server:
    """An Odoo server for the time of a block."""

    def __init__(self, db, addons_path, port):
        self.port, self.db = port, db
        self.log = tempfile.NamedTemporaryFile("w+", suffix=".log")
        command = [sys.executable, "-P", "-m", "odoo", "-d", db]
        command += [f"--http-port={port}", f"--gevent-port={port + 1}"]
        command += [f"--workers={WORKERS}", "--max-cron-threads=0"]
        command += ["--log-level=warn", f"--db-filter=^{db}$"]
        if addons_path:
            command.append(f"--addons-path={addons_path}")
        self.process = subprocess.Popen(
            command,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            env={**os.environ},
            start_new_session=True,
        )

    def __enter__(self):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if Client(self.port).request("GET", "/web/health")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.3)
        self.__exit__()
        raise RuntimeError(f"the server did not start: {self._last_line()}")

    def _last_line(self):
        with open(self.log.name) as log:
            return (log.read().strip().splitlines() or ["no message"])[-1][:200]

    def __exit__(self, *_exc):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


class Client:
    """One session on one connection that is kept as long as the server allows."""

    def __init__(self, port, cookie=None):
        self.port, self.cookie, self.connection = port, cookie, None

    def request(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=120
                )
            try:
                self.connection.request(method, path, body, headers)
                response = self.connection.getresponse()
                data = response.read()
                break
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    raise
        for name, value in response.getheaders():
            if name.lower() == "set-cookie" and value.startswith("session_id="):
                self.cookie = value.partition(";")[0]
        return response.status, data

    def rpc(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        status, data = self.request("POST", path, body)
        answer = json.loads(data)
        if status != 200 or "error" in answer:
            raise RuntimeError(f"{path}: {status} {answer.get('error')}"[:400])
        return answer["result"]

    def login(self, db, login):
        params = {"db": db, "login": login, "password": PASSWORD}
        self.rpc("/web/session/authenticate", params)
        return self

    def list(self, call):
        kwargs = {
            "domain": [],
            "specification": call["spec"],
            "limit": 80,
            "offset": 0,
            "order": call["order"],
            "count_limit": 10001,
            "context": {"lang": "en_US", "tz": "UTC"},
        }
        params = {
            "model": call["model"],
            "method": "web_search_read",
            "args": [],
            "kwargs": kwargs,
        }
        path = f"/web/dataset/call_kw/{call['model']}/web_search_read"
        return self.rpc(path, params)


def measure(report, db, addons_path, port, calls, seconds):
    """Print throughput and p95 of each list.

    :param list calls: dicts ``label``, ``login``, ``model``, ``spec``, ``order``; the
        first is the floor
    """
    report.title(f"{CLIENTS} clients at once, the list, {WORKERS} workers")
    with Server(db, addons_path, port):
        results = {}
        sessions = {}
        for call in calls:
            # checking a password takes longer than a list: one session for all
            first = Client(port).login(db, call["login"])
            sessions[call["label"]] = [
                Client(port, first.cookie) for _n in range(CLIENTS)
            ]
            drive(sessions[call["label"]][:4], call, 1.0)
        for _round in range(3):
            for call in calls:
                result = drive(sessions[call["label"]], call, seconds / 3)
                results.setdefault(call["label"], []).append(result)
    plain = _medians(results[calls[0]["label"]])
    for number, call in enumerate(calls):
        rate, p95 = _medians(results[call["label"]])
        text = f"{call['label']:30} {rate:7.1f} a second  p95 {p95:6.0f} ms"
        if number:
            text += f"  {rate / plain[0]:5.2f} of plain  "
            text += _verdicts(report, call["label"], rate / plain[0], p95, plain[1])
        report.line(text)


def _medians(results):
    rates, p95s = zip(*results, strict=True)
    return statistics.median(rates), statistics.median(p95s) * 1e3


def _verdicts(report, label, share, p95, plain_p95):
    """The p95 tells something only where the plain list itself keeps the limit."""
    least, limit = goals.CLIENTS_SHARE, goals.CLIENTS_P95_MS
    texts = [
        report.verdict(label, f"≥ {least:g} of plain", round(share, 2) >= least),
    ]
    if plain_p95 <= limit:
        texts.append(report.verdict(label, f"p95 ≤ {limit} ms", p95 <= limit))
    else:
        texts.append("p95 not judged: the machine is busy")
    return "; ".join(texts)


def drive(clients, call, seconds):
    """Let the clients ask for ``seconds``.

    :returns: (requests a second, 95th percentile in seconds)
    """
    latencies, errors = [], []
    stop = time.perf_counter() + seconds

    def loop(client):
        while time.perf_counter() < stop and not errors:
            started = time.perf_counter()
            try:
                client.list(call)
            except Exception as error:  # noqa: BLE001 - told by the main thread
                errors.append(error)
                return
            latencies.append(time.perf_counter() - started)

    threads = [threading.Thread(target=loop, args=(client,)) for client in clients]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    latencies.sort()
    place = min(len(latencies) - 1, int(len(latencies) * 0.95))
    return len(latencies) / (time.perf_counter() - started), latencies[place]
