"""Open-loop load: requests leave when they are due, whether or not earlier ones have come back, and their time counts from
then. So a server that stops for a second is charged with all who would have come in that second."""

import asyncio
from collections import Counter

from connection import Closed, Connection

# What a shop's visitors do: the version, which says who answered, and the catalogue, which asks the database.
PATHS = ("/api/version", "/api/courses?limit=5", "/api/version", "/api/categories")
SLOW_PATH = "/api/slow?ms=2000"
PATIENCE = 10.0
SLICE = 2.0
# More at once mean that the machine has collapsed: they are failures, not a queue.
MOST_AT_ONCE = 2000


class Window:
    """What was due in one stretch of time."""

    def __init__(self, name):
        self.name = name
        self.times = []
        self.failures = Counter()
        self.retried = 0
        self.slow = 0
        self.begun = self.ended = None
        self.first_seen = {}

    @property
    def failed(self):
        return sum(self.failures.values())

    @property
    def seconds(self):
        return self.ended - self.begun


class Load:
    def __init__(self, port, rate, slow=4):
        self.port = port
        self.rate = rate
        self.slow = slow
        self.window = Window("before")
        self.loop = asyncio.get_running_loop()
        self.window.begun = self.loop.time()
        self._idle = []
        self._connections = set()
        self._tasks = set()
        self._requests = {path: f"GET {path} HTTP/1.1\r\nHost: shop\r\n\r\n".encode() for path in (*PATHS, SLOW_PATH)}

    def enter(self, name):
        """@return the window that is over"""
        over, self.window = self.window, Window(name)
        over.ended = self.window.begun = self.loop.time()
        return over

    async def __aenter__(self):
        self._run(self._sweep())
        if self.rate:
            self._run(self._send())
            for _ in range(self.slow):
                self._run(self._keep_asking_slowly())
        return self

    async def __aexit__(self, *_):
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in list(self._connections):
            connection.transport.abort()
        await asyncio.sleep(0)

    def _run(self, work):
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self):
        begun, count = self.loop.time(), 0
        while True:
            due = begun + count / self.rate
            wait = due - self.loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            path = PATHS[count % len(PATHS)]
            count += 1
            if len(self._tasks) > MOST_AT_ONCE:
                self.window.failures[f"more than {MOST_AT_ONCE} requests at once"] += 1
            else:
                self._run(self._ask_once(path, due))

    async def _keep_asking_slowly(self):
        while True:
            begun = self.loop.time()
            window = self.window
            if await self.ask(SLOW_PATH, window):
                window.slow += 1
            elif self.loop.time() - begun < 0.1:
                await asyncio.sleep(0.1)

    async def _ask_once(self, path, due):
        window = self.window
        if await self.ask(path, window):
            window.times.append(self.loop.time() - due)

    async def ask(self, path, window):
        """One request, once again on a new connection if the server closed the old one while it was idle: no server can avoid
        that, and HTTP wants clients to do so (RFC 9112, 9.3.1). Browsers and proxies do it unseen; here it is counted apart."""
        try:
            while self._idle and not self._idle[-1].open:
                self._idle.pop()
            connection = self._idle.pop() if self._idle else await self._connect()
            try:
                answer = await connection.ask(self._requests[path], self.loop.time())
            except Closed as error:
                if connection.answered == 0 or not error.unanswered or str(error).startswith("no answer"):
                    raise
                window.retried += 1
                connection = await self._connect()
                answer = await connection.ask(self._requests[path], self.loop.time())
        except (Closed, OSError) as error:
            window.failures[f"{path}: {error}"] += 1
            return False
        if answer.last:
            connection.transport.close()
        else:
            self._idle.append(connection)
        if answer.status != 200:
            window.failures[f"{path}: status {answer.status}"] += 1
            return False
        if path == "/api/version":
            # {"version":"3f2c1ab"}
            self.window.first_seen.setdefault(answer.body[12:-2].decode(), self.loop.time())
        return True

    async def _connect(self):
        _, connection = await self.loop.create_connection(lambda: Connection(self._forget), "127.0.0.1", self.port)
        self._connections.add(connection)
        return connection

    def _forget(self, connection):
        self._connections.discard(connection)

    async def _sweep(self):
        while True:
            await asyncio.sleep(0.5)
            now = self.loop.time()
            self._connections = {one for one in self._connections if one.open}
            for connection in self._connections:
                if connection.asked_at is not None and now - connection.asked_at > PATIENCE:
                    connection.give_up(f"no answer in {PATIENCE:.0f} s")


async def capacity(port, slices, clients=32):
    """Requests a second when each client asks again as soon as it has its answer: what this machine does, with us on it. The
    worst of several slices, since a shared machine is slower in one second than in the next, and must bear half of it in all."""
    load = Load(port, 0)
    async with load:
        loop = load.loop

        async def keep_asking(first, until, done):
            count = first
            while loop.time() < until:
                if await load.ask(PATHS[count % len(PATHS)], load.window):
                    done[0] += 1
                count += 1

        rates = []
        for _ in range(slices + 1):
            done, begun = [0], loop.time()
            await asyncio.gather(*(keep_asking(first, begun + SLICE, done) for first in range(clients)))
            rates.append(done[0] / (loop.time() - begun))
        # The first is for what is compiled and connected only once.
        return min(rates[1:]), load.window.failures
