"""Windlass in a JVM that stays up, as a worker does. It does one job for each line it reads, and says before each effect
(each command, statement, upload) what comes next; then it waits, so that every effect is measured on its own."""

import json
import subprocess
import time

from cost import Cost, Watch, cpu_of_tree
from programs import Failed


class Job:
    """What one job cost, by its effects in order: [(effect, Cost)], and what the JVM said at its end."""

    def __init__(self, parts, total, peak, said):
        self.parts = parts
        self.total = total
        self.peak = peak
        self.said = said

    def of(self, *effects):
        return sum((cost for effect, cost in self.parts if effect in effects), Cost())


class Worker:
    def __init__(self, setting, java):
        self.setting = setting
        self.begun = time.monotonic()
        self.log = open(f"{setting.directory}/worker.log", "wb")
        self.process = subprocess.Popen(
            java, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, cwd="/")
        self._read()
        self.started = Cost(time.monotonic() - self.begun, cpu_of_tree(self.process.pid), 0.0)

    def _read(self):
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            with open(f"{self.setting.directory}/worker.log", errors="replace") as log:
                raise Failed(f"the JVM ended with {self.process.returncode}: {log.read()[-4000:]}")
        return json.loads(line)

    def _say(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def job(self, line):
        servers = self.setting.servers
        watch = Watch(servers, self.process.pid)
        parts, effect, before = [], "begin", Cost()
        self._say(line)
        while True:
            said = self._read()
            if "done" in said:
                servers.wait_until_idle()
            now = watch.now()
            parts.append((effect, now - before))
            effect, before = said.get("effect"), now
            if "done" in said:
                watch.stop()
                return Job(parts, now, watch.peak, said)
            self._say("go on")

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                # In the middle of a job it ends before the next effect; nobody wants to wait for that.
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
