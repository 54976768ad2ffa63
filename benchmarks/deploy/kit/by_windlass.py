"""A deploy as a team does it: ana starts it, ben looks at what waits and approves."""

import asyncio
import re

from by_hand import Failed

APPROVAL = re.compile(r"\bdeploy-[0-9a-f]{8}\b")
# Each look is a JVM that takes from the machine what visitors would have had.
BETWEEN_LOOKS = 1.0
LOOKS = 40


class ByWindlass:
    name = "windlass"
    decided_by = "the approval"

    def __init__(self, setting):
        self.setting = setting

    async def first(self, version):
        await self.switch(version)

    async def switch(self, version):
        """@return when the approval was entered, in the loop's time"""
        run = await self._begin("deploy", "shop", "prod", version, "--wait", "--key", f"{self.setting.keys}/ana")
        output = asyncio.ensure_future(run.communicate())
        try:
            approval = await self._what_waits(run, output)
            decided = asyncio.get_running_loop().time()
            await self._windlass("approve", approval, "--key", f"{self.setting.keys}/ben")
            said = (await output)[0].decode(errors="replace")
        finally:
            if run.returncode is None:
                run.terminate()
            await asyncio.gather(output, return_exceptions=True)
        if run.returncode != 0:
            raise Failed(f"windlass deploy shop prod {version} ended with {run.returncode}: {said[-2000:]}")
        return decided

    async def last(self):
        """What serves goes on until the host is stopped."""

    async def _what_waits(self, run, output):
        for _ in range(LOOKS):
            await asyncio.sleep(BETWEEN_LOOKS)
            if run.returncode is not None:
                said = (await output)[0].decode(errors="replace")
                raise Failed(f"windlass deploy ended with {run.returncode} before anybody was asked: {said[-2000:]}")
            found = APPROVAL.search(await self._windlass("approvals", "--json"))
            if found:
                return found.group()
        raise Failed(f"nobody was asked to approve after {LOOKS} looks: windlass approvals")

    async def _windlass(self, *words):
        process = await self._begin(*words)
        said = (await process.communicate())[0].decode(errors="replace")
        if process.returncode != 0:
            raise Failed(f"windlass {' '.join(words)} ended with {process.returncode}: {said[-2000:]}")
        return said

    async def _begin(self, *words):
        return await asyncio.create_subprocess_exec(self.setting.windlass, *words, stdin=asyncio.subprocess.DEVNULL,
                                                    stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
