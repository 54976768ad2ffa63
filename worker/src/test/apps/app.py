"""A web app for tests: says its version, and is ill or mute as long as a file says so."""

import http.server
import json
import os
import signal
import threading

VERSION = os.environ["APP_VERSION"]
SIGNS = os.environ["SIGNS"]


def has(sign):
    return os.path.exists(f"{SIGNS}/{VERSION}.{sign}")


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/api/version":
            self.answer(200, "{}" if has("mute") else json.dumps({"version": VERSION}))
        elif self.path == "/api/health":
            self.answer(503 if has("ill") else 200, "ill" if has("ill") else "ok")
        else:
            self.answer(200, VERSION)

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


server = Server(("127.0.0.1", int(os.environ["PORT"])), App)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
