"""What a person would do who has the same machine and the same bucket, and no Windlass."""

import pathlib
import subprocess
import time

PLACE = "/run/plain"
CLUSTER = "/var/lib/postgresql/plain"
TOOLS = "/usr/lib/postgresql/15/bin"
DUMP = "/var/lib/postgresql/plain.dump"
PORT = "5499"
MOST_S = 600
BETWEEN_S = 0.05

# As many as recover vps says to pgBackRest.
PROCESSES = 4


def as_postgres(machine, *words):
    return machine.run("runuser", "-u", "postgres", "--", *words)


class PlainBackRest:
    """pgbackrest restore into an empty directory, and a server on a port of its own that replays there."""

    def __init__(self, machine):
        self.machine = machine
        directory = pathlib.Path(machine.setting.directory)
        machine.run("install", "-d", "-m", "0700", "-o", "postgres", "-g", "postgres", PLACE)
        for source, name in (("plain-pgbackrest.conf", "pgbackrest.conf"), ("bucket-ca.pem", "authority.pem")):
            with open(directory / source, "rb") as content:
                machine.run("install", "-m", "0600", "-o", "postgres", "-g", "postgres", "/dev/stdin", f"{PLACE}/{name}", stdin=content)

    def restore(self, backup):
        """@return wall seconds"""
        self.machine.run("rm", "-rf", CLUSTER)
        as_postgres(self.machine, "mkdir", "-m", "0700", CLUSTER)
        begun = time.monotonic()
        as_postgres(self.machine, "pgbackrest", f"--config={PLACE}/pgbackrest.conf", "--stanza=main", f"--set={backup}",
                    "--type=default", "--archive-mode=off", f"--process-max={PROCESSES}", "restore")
        return time.monotonic() - begun

    def replay(self):
        """From the start of the server until it is open, which it is for nobody before. @return wall seconds"""
        self.machine.run("sed", "-i", "1i local all all trust", f"{CLUSTER}/pg_hba.conf")
        begun = time.monotonic()
        as_postgres(self.machine, f"{TOOLS}/pg_ctl", "start", "--no-wait", "--silent", f"--pgdata={CLUSTER}",
                    f"--log={PLACE}/server.log", f"--options=-p {PORT} -k {PLACE} -c listen_addresses= -c hot_standby=off")
        # To pg_ctl a server that replays has started.
        while not self.is_open():
            if time.monotonic() - begun > MOST_S:
                raise TimeoutError(f"plain server is not open after {MOST_S} s: " + self.machine.run("tail", "-n", "3", f"{PLACE}/server.log"))
            time.sleep(BETWEEN_S)
        return time.monotonic() - begun

    def is_open(self):
        try:
            return self.machine.client("psql", *self.words(), "-XAt", "-d", "postgres", "-c", "SELECT pg_is_in_recovery()",
                                       stderr=subprocess.DEVNULL).strip() == "f"
        except subprocess.CalledProcessError:
            return False

    def words(self):
        """How psql reaches its server."""
        return ("--host", PLACE, "--port", PORT)

    def remove(self):
        as_postgres(self.machine, f"{TOOLS}/pg_ctl", "stop", "--mode=immediate", "--silent", "--wait", f"--pgdata={CLUSTER}")
        self.machine.run("rm", "-rf", CLUSTER, PLACE)


def bring_dump(machine):
    with open(f"{machine.setting.directory}/plain.dump", "rb") as dump:
        machine.run("install", "-m", "0644", "/dev/stdin", DUMP, stdin=dump)


def pg_restore(machine, name):
    """By pg_restore -j2 into a database of that name, which is dropped again. @return wall seconds"""
    machine.client("createdb", name)
    begun = time.monotonic()
    machine.client("pg_restore", "--jobs=2", f"--dbname={name}", DUMP)
    wall = time.monotonic() - begun
    machine.client("dropdb", name)
    return wall
