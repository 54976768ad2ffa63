"""The recoveries of benchmarks/recovery/run, which starts this with the backup, the bucket and the dump already there."""

import argparse
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
from statistics import median

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "deploy" / "kit"))

from report import aligned  # noqa: E402

BUDGET_S = 300
MOST_OVER_PLAIN = 1.1
DUMP = "/var/lib/postgresql/plain.dump"
CONFIGURATION = "/etc/postgresql/15/main"


def options():
    parser = argparse.ArgumentParser()
    for name in ("directory", "machine", "windlass", "host", "guest", "user", "database"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


class Machine:
    """A bare one, booted for one round."""

    def __init__(self, setting):
        self.setting = setting
        self.state = f"{setting.directory}/machine"
        self.key = f"{setting.directory}/machine.key"

    def __enter__(self):
        self.script("start", self.state, "--server", self.setting.host, self.setting.guest, self.key + ".pub")
        return self

    def __exit__(self, *_):
        self.script("stop", self.state)

    def script(self, *words, **more):
        return subprocess.run([self.setting.machine, *words], check=True, text=True, stdout=subprocess.PIPE, **more).stdout

    def run(self, *words, **more):
        return self.script("exec", self.state, *words, **more)

    def open_door(self):
        """The lost server's first superuser is not called postgres, and Debian's own rules let nobody else in by the socket."""
        self.run("sed", "-i", "1i local all all trust", f"{CONFIGURATION}/pg_hba.conf")
        self.run("pg_ctlcluster", "15", "main", "reload")

    def client(self, program, *words):
        return self.run(program, "--username", self.setting.user, *words)

    def host_key(self):
        return self.run("ssh-keygen", "-lf", "/etc/ssh/ssh_host_ed25519_key.pub").split()[1]


def recover(machine, number):
    """From the first word to the outcome, on a laptop that has nothing yet. @return wall seconds and the outcome"""
    setting = machine.setting
    home = pathlib.Path(setting.directory) / f"home-{number}"
    home.mkdir()
    known = ("PATH", "JAVA_HOME", "TEMPORAL_CLI", "LANG")
    environment = {name: os.environ[name] for name in known if name in os.environ} | {"HOME": str(home), "USER": "ana"}
    begun = time.monotonic()
    with open(home / "progress", "wb") as progress:
        run = subprocess.run(
            [setting.windlass, "recover", "vps", setting.guest, "--credential", f"{setting.directory}/laptop/recovery.credential",
             "--break-glass", "benchmark", "--host-key", machine.host_key(), "--ssh-key", machine.key, "--json"],
            cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=progress, check=False)
    wall = time.monotonic() - begun
    if run.returncode:
        sys.stderr.write((home / "progress").read_text())
        sys.exit(f"error: recover vps ended with {run.returncode}")
    return wall, json.loads(run.stdout)


def plain(machine, name):
    """By pg_restore -j2 into a database of that name, which is dropped again. @return wall seconds"""
    machine.client("createdb", name)
    begun = time.monotonic()
    machine.client("pg_restore", "--jobs=2", f"--dbname={name}", DUMP)
    wall = time.monotonic() - begun
    machine.client("dropdb", name)
    return wall


def rows(machine, database):
    """Of the database that came back, counted one table after the other."""
    tables = "FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'"
    count = "query_to_xml(format('SELECT count(*) AS c FROM ONLY %s', oid::regclass), false, true, '')"
    query = f"SELECT sum((xpath('/row/c/text()', {count}))[1]::text::bigint) {tables}"
    return int(machine.client("psql", "-XAt", "-d", database, "-c", query).strip())


def seconds(text):
    """An ISO 8601 duration below a day, such as PT1M3.5S."""
    total, number = 0.0, ""
    for sign in text.removeprefix("PT"):
        if sign in "HMS":
            total += float(number) * {"H": 3600, "M": 60, "S": 1}[sign]
            number = ""
        else:
            number += sign
    return total


def measure(setting):
    rounds = []
    for number in range(1, setting.rounds + 1):
        with Machine(setting) as machine:
            wall, outcome = recover(machine, number)
            machine.open_door()
            expected = sum(proof["rows"] for proof in outcome["databases"])
            found = rows(machine, setting.database)
            if found != expected:
                sys.exit(f"error: {found} rows came back where {expected} were dumped")
            with open(f"{setting.directory}/plain.dump", "rb") as dump:
                machine.run("install", "-m", "0644", "/dev/stdin", DUMP, stdin=dump)
            rounds.append({
                "wall": wall,
                "phases": {phase["name"]: (phase["title"], seconds(phase["took"])) for phase in outcome["phases"] if phase["took"]},
                "plain": plain(machine, "plain_one"),
                "again": plain(machine, "plain_two"),
                "rows": found,
            })
        last = rounds[-1]
        restore = last["phases"][f"database/{setting.database}"][1]
        say(f"   round {number}: back in {wall:.0f} s, of it the database {restore:.1f} s; pg_restore {last['plain']:.1f} s")
    return rounds


def gates(setting, rounds):
    restores = [each["phases"][f"database/{setting.database}"][1] for each in rounds]
    over = median(restore / each["plain"] for restore, each in zip(restores, rounds))
    control = median(each["again"] / each["plain"] for each in rounds)
    back = max(each["wall"] for each in rounds)
    return [
        ("whole machine, slowest round, s", back, BUDGET_S),
        ("database, restored and compared, over pg_restore -j2", over, MOST_OVER_PLAIN),
    ], control


def main(setting):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = os.getloadavg()[0]
    rounds = measure(setting)
    names = list(rounds[0]["phases"])
    lines = [("phase", "median s", "most s")]
    for name in names:
        taken = [each["phases"][name][1] for each in rounds]
        lines.append((rounds[0]["phases"][name][0][:70], f"{median(taken):.1f}", f"{max(taken):.1f}"))
    for title, key in (("the whole, with the launcher's own start", "wall"), ("pg_restore -j2 of a plain dump", "plain"), ("the same again", "again")):
        lines.append((title, f"{median(each[key] for each in rounds):.1f}", f"{max(each[key] for each in rounds):.1f}"))
    print(aligned(lines))
    checked, control = gates(setting, rounds)
    print(f"\n{rounds[0]['rows']:,} rows; pg_restore again over pg_restore: {control:.2f}")
    passed = True
    for title, value, most in checked:
        held = value <= most
        passed = passed and held
        print(f"{'held   ' if held else 'MISSED '} {title}: {value:.2f} (at most {most})")
    print(json.dumps({
        "benchmark": "recovery", "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "processors": os.cpu_count(), "load_average": [round(begun, 2), round(os.getloadavg()[0], 2)], "rounds": len(rounds),
        "rows": rounds[0]["rows"], "whole_s": round(median(each["wall"] for each in rounds), 1),
        "phases_s": {name: round(median(each["phases"][name][1] for each in rounds), 1) for name in names},
        "plain_s": round(median(each["plain"] for each in rounds), 1), "control": round(control, 2),
        "over_plain": round(checked[1][1], 2), "passed": passed}, separators=(",", ":")))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(options()))
