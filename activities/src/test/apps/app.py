"""A web app for tests: says its version, and is as ill as the file "mode" beside it says."""

import http.server
import json
import os
import pathlib
import signal
import threading
import time

MODE = pathlib.Path(__file__).with_name("mode").read_text().strip()


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/api/version":
            self.answer(200, json.dumps({"version": "other" if MODE == "other-version" else os.environ["APP_VERSION"]}))
        elif self.path == "/api/health":
            self.answer(503 if MODE == "unhealthy" else 200, "database down" if MODE == "unhealthy" else "ok")
        elif self.path == "/environment":
            self.answer(200, json.dumps(dict(os.environ)))
        elif self.path == "/slow":
            time.sleep(2)
            self.answer(200, os.environ["APP_VERSION"])
        elif MODE == "errors":
            self.answer(500, "broken")
        else:
            time.sleep(0.3 if MODE == "slow" else 0)
            self.answer(200, os.environ["APP_VERSION"])

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


if MODE == "crash":
    raise SystemExit("cannot start: no configuration")


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128


server = Server(("127.0.0.1", int(os.environ["PORT"])), App)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
