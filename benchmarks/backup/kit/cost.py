"""What a contender costs: wall and CPU time, memory of its processes, CPU of the PostgreSQL servers it keeps busy.

Everything is read from /proc. CPU of processes that have ended is in their parent's cutime and cstime once it has waited
for them, so a tree is: its root, what the root has waited for, and what still lives below it.
"""

import glob
import os
import threading
import time
from dataclasses import dataclass

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def stat(pid):
    """(CPU seconds of the process itself, of the children it waited for), or None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rsplit(b")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    own, waited = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    return own / TICK, waited / TICK


def children(pid):
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as file:
                found += [int(child) for child in file.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        pass
    return found


def tree(pid):
    found = [pid]
    for child in children(pid):
        found += tree(child)
    return found


def cpu_of_tree(pid):
    # A child that ends between the two looks would count twice or not at all: look again then.
    for _ in range(20):
        before = tree(pid)
        stats = [stat(each) for each in before]
        if None not in stats and tree(pid) == before:
            return sum(own + waited for own, waited in stats)
    return sum(own + waited for own, waited in filter(None, stats))


def memory_of_tree(pid):
    """Resident bytes; what processes share counts once for each of them."""
    total = 0
    for each in tree(pid):
        try:
            with open(f"/proc/{each}/statm") as file:
                total += int(file.read().split()[1]) * PAGE
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total


@dataclass
class Cost:
    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    @property
    def cpu(self):
        return self.client + self.server

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.client + other.client, self.server + other.server)

    def __sub__(self, other):
        return Cost(self.wall - other.wall, self.client - other.client, self.server - other.server)


class Servers:
    """The sample's PostgreSQL, and the throw-away clusters of proofs below a directory."""

    def __init__(self, postmaster, scratch):
        self.postmaster = postmaster
        self.scratch = scratch
        self.background = set(children(postmaster))
        self.seen = {}

    def look(self):
        for file in glob.glob(f"{self.scratch}/*/data/postmaster.pid"):
            try:
                with open(file) as text:
                    pid = int(text.readline())
            except (OSError, ValueError):
                continue
            if stat(pid):
                self.seen[pid] = max(self.seen.get(pid, 0.0), cpu_of_tree(pid))

    def cpu(self):
        self.look()
        return cpu_of_tree(self.postmaster) + sum(self.seen.values())

    def wait_until_idle(self):
        """A backend ends a little after its client."""
        deadline = time.monotonic() + 10
        while set(children(self.postmaster)) - self.background and time.monotonic() < deadline:
            time.sleep(0.02)


class Watch:
    """Follows one contender from its start. `now()` may be asked at any time; `peak` is resident memory."""

    def __init__(self, servers, pid):
        self.servers = servers
        self.pid = pid
        self.peak = 0
        self.begun = self._read()
        self._ended = threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def _read(self):
        return Cost(time.monotonic(), cpu_of_tree(self.pid), self.servers.cpu())

    def now(self):
        return self._read() - self.begun

    def _sample(self):
        while not self._ended.wait(0.1):
            self.peak = max(self.peak, memory_of_tree(self.pid))
            self.servers.look()

    def stop(self):
        self._ended.set()
        self._sampler.join()
