"""The same two files, by psql alone and by Windlass; and how both are taken back."""

import asyncio
import datetime
import json
import pathlib
import re

from by_hand import Failed

# A column more on tables that the app reads, in one transaction; an index beside traffic, which allows no transaction.
FILES = (
    ("0001_expand",
     "ALTER TABLE content.courses ADD COLUMN tagline text;\n"
     "ALTER TABLE content.categories ADD COLUMN tagline text;\n",
     "ALTER TABLE content.categories DROP COLUMN tagline;\n"
     "ALTER TABLE content.courses DROP COLUMN tagline;\n"),
    ("0002_index",
     "-- windlass: no transaction\n"
     "CREATE INDEX CONCURRENTLY progress_by_time ON app.progress (updated_at, done);\n",
     "-- windlass: no transaction\n"
     "DROP INDEX CONCURRENTLY IF EXISTS app.progress_by_time;\n"),
)


def write_files(directory):
    for name, up, down in FILES:
        pathlib.Path(directory, f"{name}.up.sql").write_text(up)
        pathlib.Path(directory, f"{name}.down.sql").write_text(down)


async def run(*words):
    process = await asyncio.create_subprocess_exec(*words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
                                                   stderr=asyncio.subprocess.PIPE)
    try:
        output, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
    return process.returncode, output.decode(errors="replace"), errors.decode(errors="replace")


class Psql:
    """The bare tool; the password is in PGPASSWORD."""

    def __init__(self, setting):
        self.setting = setting

    async def migrate(self):
        """@return seconds"""
        begun = asyncio.get_running_loop().time()
        for name, up, _ in FILES:
            await self._file(name, up, "up")
        return asyncio.get_running_loop().time() - begun

    async def take_back(self):
        for name, up, _ in reversed(FILES):
            await self._file(name, up, "down")

    async def forget(self):
        """What Windlass has recorded."""
        await self._psql("--command=DELETE FROM public.windlass_migrations")

    async def size(self):
        return int(await self._psql("--tuples-only", "--no-align", "--command=SELECT pg_database_size(current_database())"))

    async def _file(self, name, up, way):
        whole = () if up.startswith("-- windlass: no transaction") else ("--single-transaction",)
        await self._psql(*whole, f"--file={self.setting.migrations}/{name}.{way}.sql")

    async def _psql(self, *words):
        setting = self.setting
        code, output, errors = await run(setting.psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
                                         f"--port={setting.pgport}", f"--username={setting.user}", f"--dbname={setting.database}", *words)
        if code != 0:
            raise Failed(f"psql {' '.join(words)} ended with {code}: {errors[-1000:]}")
        return output


class Run:
    """One run of Windlass, and what of it was spent on what, by its own history."""

    def __init__(self, seconds, activities):
        self.seconds = seconds
        self.rehearsal = activities.get("RehearseMigrations", 0.0)
        self.apply = activities.get("ApplyMigrations", 0.0)
        self.health = activities.get("CheckHealthAfterMigrations", 0.0)

    @property
    def without_rehearsal(self):
        return self.seconds - self.rehearsal


class Windlass:
    def __init__(self, setting):
        self.setting = setting

    async def migrate(self):
        """@return a Run, from the command to its end"""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        code, output, errors = await run(self.setting.windlass, "migrate", "shop", "prod", "--wait", "--json", "--key", self.setting.key)
        seconds = loop.time() - begun
        if code != 0 or json.loads(output).get("outcome") != "migrated":
            raise Failed(f"windlass migrate shop prod ended with {code}: {output[-1500:]}{errors[-1500:]}")
        return Run(seconds, await self._activities())

    async def _activities(self):
        """@return seconds by the activities' names, of the newest run"""
        code, output, errors = await run(self.setting.windlass, "runs", "--json")
        if code != 0:
            raise Failed(f"windlass runs ended with {code}: {errors[-1000:]}")
        runs = [one["id"]["workflowId"] for one in json.loads(output)]
        newest = next((one for one in runs if one.startswith("migrate-")), None)
        if newest is None:
            raise Failed(f"windlass runs knows of no migration: {runs}")
        code, output, errors = await run(self.setting.temporal, "workflow", "show", "--workflow-id", newest, "--output", "json",
                                         "--address", self.setting.address)
        if code != 0:
            raise Failed(f"temporal workflow show ended with {code}: {errors[-1000:]}")
        return durations(json.loads(output)["events"])


def durations(events):
    """From the moment an activity was asked for to its end, all of one name together."""
    asked, seconds = {}, {}
    for event in events:
        scheduled = event.get("activityTaskScheduledEventAttributes")
        completed = event.get("activityTaskCompletedEventAttributes")
        if scheduled:
            asked[event["eventId"]] = (scheduled["activityType"]["name"], instant(event["eventTime"]))
        elif completed:
            name, since = asked[completed["scheduledEventId"]]
            seconds[name] = seconds.get(name, 0.0) + (instant(event["eventTime"]) - since).total_seconds()
    return seconds


def instant(text):
    """Python reads six digits of a second at most, and Temporal writes nine."""
    return datetime.datetime.fromisoformat(re.sub(r"(\.\d{1,6})\d*Z$", r"\1+00:00", text).replace("Z", "+00:00"))
