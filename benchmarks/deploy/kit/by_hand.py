"""Blue/green as a careful person types it: unpack, start, ask until it is healthy, point nginx at it, `nginx -s reload`, wait,
end the old one."""

import asyncio
import json
import os
import pathlib
import pwd
import signal

HEALTHY_IN_A_ROW = 3
INTERVAL = 0.2
# What a person waits before the old version goes: its slow requests take 2 s.
DRAIN = 3.0


class Failed(Exception):
    pass


async def run(*words):
    process = await asyncio.create_subprocess_exec(*words, stdin=asyncio.subprocess.DEVNULL,
                                                   stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    output, _ = await process.communicate()
    if process.returncode != 0:
        raise Failed(f"{' '.join(words)} ended with {process.returncode}: {output[-2000:].decode(errors='replace')}")


async def get(port, path):
    """@return the body of a 200, else None"""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await asyncio.wait_for(reader.read(), 5)).partition(b"\r\n\r\n")
        writer.close()
        return body if head.startswith(b"HTTP/1.1 200") else None
    except (OSError, asyncio.TimeoutError):
        return None


class ByHand:
    name = "by hand"
    decided_by = "the first command"

    def __init__(self, setting):
        self.setting = setting
        self.serving = None

    async def first(self, version):
        await self._start(version, self.setting.ports[0])
        await self._point_nginx_at(self.setting.ports[0])

    async def switch(self, version):
        """@return when it was decided, in the loop's time"""
        decided = asyncio.get_running_loop().time()
        old, port = self.serving
        await self._start(version, next(other for other in self.setting.ports if other != port))
        await self._point_nginx_at(self.serving[1])
        await asyncio.sleep(DRAIN)
        await end(old)
        return decided

    async def last(self):
        if self.serving:
            await end(self.serving[0])

    async def _start(self, version, port):
        release = pathlib.Path(self.setting.host, "by-hand", version)
        release.mkdir(parents=True)
        await run("tar", "-xzf", f"{self.setting.artefacts}/{version}.tar.gz", "-C", str(release))
        with open(f"{self.setting.host}/by-hand/log", "ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self.setting.command, cwd=release, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                env={"PATH": os.environ["PATH"], "PORT": str(port), "NODE_ENV": "production"}, start_new_session=True,
                **self._its_user())
        # Known before it is healthy, so that last() ends it in any case.
        self.serving = process, port
        good = 0
        for _ in range(150):
            answer = await get(port, "/api/version") if await get(port, "/api/health") else None
            good = good + 1 if answer and json.loads(answer)["version"] == version else 0
            if good == HEALTHY_IN_A_ROW:
                return
            await asyncio.sleep(INTERVAL)
        raise Failed(f"version {version} did not become healthy on port {port}, see {self.setting.host}/by-hand/log")

    def _its_user(self):
        if os.geteuid() != 0:
            return {}
        entry = pwd.getpwnam(self.setting.user)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    async def _point_nginx_at(self, port):
        file = pathlib.Path(self.setting.upstream_file)
        following = file.with_suffix(".next")
        following.write_text(f"upstream {self.setting.upstream} {{\n    server 127.0.0.1:{port};\n}}\n")
        following.rename(file)
        await run("nginx", "-q", "-t", "-c", self.setting.nginx_config)
        await run("nginx", "-c", self.setting.nginx_config, "-s", "reload")


async def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), 30)
    except asyncio.TimeoutError:
        process.kill()
        await process.wait()
        raise Failed(f"pid {process.pid} did not end in 30 s after SIGTERM")
