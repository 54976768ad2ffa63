"""WebSockets that stay open: each listens, and connects again at once when the server ends it."""

import asyncio
import os
from base64 import b64encode
from collections import Counter

GOING_AWAY = 1001


class Sockets:
    """`told`: ended by a close frame, as a server does that leaves. `cut`: ended without one. `refused`: could not connect."""

    def __init__(self, port, count):
        self.port = port
        self.count = count
        self.happened = Counter(told=0, cut=0, refused=0, ticks=0)
        self._tasks = []

    async def __aenter__(self):
        self._tasks = [asyncio.create_task(self._stay()) for _ in range(self.count)]
        return self

    async def __aexit__(self, *_):
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stay(self):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                self.happened["refused"] += 1
                await asyncio.sleep(0.2)
                continue
            try:
                writer.write(
                    f"GET /api/live HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                if not head.startswith(b"HTTP/1.1 101"):
                    self.happened["refused"] += 1
                    await asyncio.sleep(0.2)
                    continue
                self.happened["told" if await self._listen(reader) == GOING_AWAY else "cut"] += 1
            except (OSError, asyncio.IncompleteReadError):
                self.happened["cut"] += 1
            finally:
                writer.close()

    async def _listen(self, reader):
        """@return the code of the close frame. Frames of a server are not masked (RFC 6455, 5.1), and ours are short."""
        while True:
            head = await reader.readexactly(2)
            length = head[1] & 0x7F
            if length == 126:
                length = int.from_bytes(await reader.readexactly(2), "big")
            payload = await reader.readexactly(length)
            if head[0] & 0x0F == 8:
                return int.from_bytes(payload[:2], "big")
            self.happened["ticks"] += 1
