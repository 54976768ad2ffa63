"""One kept-alive HTTP/1.1 connection, with nothing between us and what the server does to it."""

import asyncio


class Closed(Exception):
    """It ended without a whole answer. `unanswered`: not one byte of it had come."""

    def __init__(self, reason, unanswered):
        super().__init__(reason)
        self.unanswered = unanswered


class Answer:
    __slots__ = ("status", "body", "last")

    def __init__(self, status, body, last):
        self.status = status
        self.body = body
        self.last = last


class Connection(asyncio.Protocol):
    def __init__(self, on_idle_end):
        self._on_idle_end = on_idle_end
        self._waiter = None
        self._received = b""
        self._why = "closed"
        self.transport = None
        self.asked_at = None
        self.answered = 0

    @property
    def open(self):
        return self.transport is not None and not self.transport.is_closing()

    def connection_made(self, transport):
        self.transport = transport

    def ask(self, request, now):
        self._waiter = asyncio.get_running_loop().create_future()
        self._received = b""
        self.asked_at = now
        self.transport.write(request)
        return self._waiter

    def give_up(self, why):
        self._why = why
        self.transport.abort()

    def data_received(self, data):
        self._received += data
        try:
            answer = parse(self._received)
        except ValueError as error:
            self.give_up(str(error))
            return
        if answer and self._waiter and not self._waiter.done():
            waiter, self._waiter, self.asked_at = self._waiter, None, None
            self.answered += 1
            waiter.set_result(answer)

    def connection_lost(self, error):
        waiter, self._waiter, self.asked_at = self._waiter, None, None
        if waiter is None:
            self._on_idle_end(self)
        elif not waiter.done():
            reason = self._why if error is None else f"{self._why}: {error}"
            waiter.set_exception(Closed(reason, not self._received))


def parse(received):
    """An Answer when it is whole, else None."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head, body = received[:end].lower(), received[end + 4:]
    status = int(head[9:12])
    last = b"\r\nconnection: close" in head
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        length = int(head[at + 17:].split(b"\r\n", 1)[0])
        return Answer(status, body, last) if len(body) >= length else None
    if b"\r\ntransfer-encoding: chunked" in head:
        return Answer(status, body, last) if body.endswith(b"0\r\n\r\n") else None
    raise ValueError("an answer without a length")
