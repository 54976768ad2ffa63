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

from plain import PROCESSES, PlainBackRest, bring_dump, pg_restore
from rows import LOGGED, LOGGED_AND_UNLOGGED, query

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "deploy" / "kit"))

from report import aligned  # noqa: E402

BUDGET_S = 300
MOST_OVER_PLAIN = 1.1
# Names the bucket, to pgBackRest and to Java.
BUCKET = "bucket.windlass.test"
# The only thing that may not serve: the worker's secrets were the lost process's own.
KNOWN_SILENT = "Windlass: the worker was not started: "
RECOVERED, DOES_NOT_SERVE = 0, 9
CONFIGURATION = "/etc/postgresql/15/main"


def options():
    parser = argparse.ArgumentParser()
    for name in ("directory", "machine", "windlass", "host", "guest", "user", "database"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("rounds", "bytes", "rows"):
        parser.add_argument(f"--{name}", type=int, required=True)
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
        try:
            hosts = f"127.0.0.1 localhost\n{self.setting.host} {BUCKET}\n"
            (pathlib.Path(self.setting.directory) / "hosts").write_text(hosts)
            self.run("install", "-m", "0644", "/dev/stdin", "/etc/hosts", input=hosts)
        except BaseException:
            self.__exit__()
            raise
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

    def client(self, program, *words, **more):
        return self.run(program, "--username", self.setting.user, *words, **more)

    def host_key(self):
        return self.run("ssh-keygen", "-lf", "/etc/ssh/ssh_host_ed25519_key.pub").split()[1]


def recover(machine, name, *more):
    """From the first word to the outcome, on a laptop that has nothing yet. @return wall seconds and the outcome"""
    setting = machine.setting
    home = pathlib.Path(setting.directory) / f"home-{name}"
    home.mkdir()
    known = ("PATH", "JAVA_HOME", "TEMPORAL_CLI", "LANG")
    environment = {key: os.environ[key] for key in known if key in os.environ} | {
        "HOME": str(home), "USER": "ana", "JAVA_TOOL_OPTIONS": f"-Djdk.net.hosts.file={setting.directory}/hosts"}
    begun = time.monotonic()
    with open(home / "progress", "wb") as progress:
        run = subprocess.run(
            [setting.windlass, "recover", "vps", setting.guest, "--credential", f"{setting.directory}/laptop/recovery.credential",
             "--break-glass", "benchmark", "--host-key", machine.host_key(), "--ssh-key", machine.key, "--json", *more],
            cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=progress, check=False)
    wall = time.monotonic() - begun
    if run.returncode not in (RECOVERED, DOES_NOT_SERVE):
        sys.stderr.write((home / "progress").read_text())
        sys.exit(f"error: recover vps ended with {run.returncode}")
    outcome = json.loads(run.stdout)
    other = [line for line in outcome.get("silent", ()) if not line.startswith(KNOWN_SILENT)]
    if other:
        sys.exit(f"error: {other[0]}")
    return wall, outcome


def require_rows(machine, expected, persistence, *words):
    """In a database, where words lead to it: none is missing and none is more."""
    found = int(machine.client("psql", *words, "-XAt", "-d", machine.setting.database, "-c", query(persistence)).strip())
    if found != expected:
        sys.exit(f"error: {found} rows came back where {expected} were written")


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


def phases(outcome):
    return {phase["name"]: (phase["title"], seconds(phase["took"])) for phase in outcome["phases"] if phase["took"]}


def by_cluster(setting, number):
    """The first way, and on the same machine what it is measured against."""
    with Machine(setting) as machine:
        wall, outcome = recover(machine, f"cluster-{number}")
        if not outcome.get("cluster"):
            sys.exit("error: the databases came from the set: " + "; ".join(outcome["notes"]))
        machine.open_door()
        require_rows(machine, setting.rows, LOGGED)
        replayed = outcome["cluster"]["replayed"]
        plain = PlainBackRest(machine)
        restores = [plain.restore(replayed["backup"]) for _ in range(2)]
        replay = plain.replay()
        require_rows(machine, setting.rows, LOGGED, *plain.words())
        plain.remove()
        bring_dump(machine)
        dumps = [pg_restore(machine, name) for name in ("plain_one", "plain_two")]
    taken = phases(outcome)
    return {"wall": wall, "phases": taken, "cluster": taken["cluster"][1], "restore": seconds(replayed["restore"]),
            "replay": seconds(replayed["replay"]), "plain_restore": restores[0], "plain_restore_again": restores[1],
            "plain_replay": replay, "pg_restore": dumps[0], "pg_restore_again": dumps[1]}


def by_set(setting, number):
    """The second way. The set is older than the WAL: it has the rows of its own moment."""
    with Machine(setting) as machine:
        wall, outcome = recover(machine, f"set-{number}", "--databases-from-set")
        machine.open_door()
        require_rows(machine, sum(proof["rows"] for proof in outcome["databases"]), LOGGED_AND_UNLOGGED)
        bring_dump(machine)
        dump = pg_restore(machine, "plain_one")
    return {"wall": wall, "database": phases(outcome)[f"database/{setting.database}"][1], "pg_restore": dump}


def measure(setting):
    """@return what each way took, a round each; who is first changes from round to round"""
    first, second = [], []
    for number in range(1, setting.rounds + 1):
        ways = [(by_cluster, first), (by_set, second)]
        for way, into in ways if number % 2 else reversed(ways):
            into.append(way(setting, number))
        one, two = first[-1], second[-1]
        say(f"   round {number}: by pgBackRest back in {one['wall']:.0f} s, of it the cluster {one['cluster']:.1f} s; "
            f"from the set in {two['wall']:.0f} s, of it the database {two['database']:.1f} s; pg_restore {one['pg_restore']:.1f} s")
    return first, second


def ratio(rounds, over, under):
    return median(each[over] / each[under] for each in rounds)


def gates(first, second):
    """@return title, value, the most"""
    return [
        ("restore by Windlass over plain pgbackrest restore", ratio(first, "restore", "plain_restore"), MOST_OVER_PLAIN),
        ("phase cluster, until the machine's own server is open, over pg_restore -j2", ratio(first, "cluster", "pg_restore"), MOST_OVER_PLAIN),
        ("whole machine, either way, slowest round, s", max(each["wall"] for each in first + second), BUDGET_S),
    ]


FIRST = (
    ("the whole, by pgBackRest, with the launcher's own start", "wall"),
    ("pgBackRest: phase cluster, restore to open", "cluster"),
    ("  of it restore, by Windlass", "restore"),
    ("  of it replay, by Windlass", "replay"),
    ("plain pgbackrest restore", "plain_restore"),
    ("the same again", "plain_restore_again"),
    ("plain start and replay, until it is open", "plain_replay"),
    ("pg_restore -j2 of a plain dump", "pg_restore"),
    ("the same again", "pg_restore_again"),
)
SECOND = (
    ("the whole, from the set", "wall"),
    ("set: database restored, analysed and compared", "database"),
    ("pg_restore -j2 on that machine", "pg_restore"),
)


def table(first, second):
    lines = [("phase", "median s", "most s")]
    for name, (title, _) in first[0]["phases"].items():
        taken = [each["phases"][name][1] for each in first]
        lines.append((title[:70], f"{median(taken):.1f}", f"{max(taken):.1f}"))
    for rounds, rows in ((first, FIRST), (second, SECOND)):
        for title, key in rows:
            lines.append((title, f"{median(each[key] for each in rounds):.1f}", f"{max(each[key] for each in rounds):.1f}"))
    return lines


def medians(rounds, rows):
    return {f"{key}_s": round(median(each[key] for each in rounds), 2) for _, key in rows}


def main(setting):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = os.getloadavg()[0]
    first, second = measure(setting)
    print(aligned(table(first, second)))
    controls = {"pgbackrest": ratio(first, "plain_restore_again", "plain_restore"), "pg_restore": ratio(first, "pg_restore_again", "pg_restore")}
    second_way = ratio(second, "database", "pg_restore")
    print(f"\n{setting.rows:,} rows, {setting.bytes / 1e9:.2f} GB on the disk; pgBackRest with {PROCESSES} processes in both")
    print(f"the same again: pgbackrest restore {controls['pgbackrest']:.2f}, pg_restore {controls['pg_restore']:.2f}")
    print(f"no gate  the second way, database from the set over pg_restore -j2: {second_way:.2f}")
    checked = gates(first, second)
    for title, value, most in checked:
        print(f"{'held   ' if value <= most else 'MISSED '} {title}: {value:.2f} (at most {most})")
    passed = all(value <= most for _, value, most in checked)
    print(json.dumps({
        "benchmark": "recovery", "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "processors": os.cpu_count(), "load_average": [round(begun, 2), round(os.getloadavg()[0], 2)], "rounds": len(first),
        "rows": setting.rows, "bytes": setting.bytes, "first_way": medians(first, FIRST), "second_way": medians(second, SECOND),
        "phases_s": {name: round(median(each["phases"][name][1] for each in first), 1) for name in first[0]["phases"]},
        "controls": {name: round(value, 2) for name, value in controls.items()}, "second_way_over_pg_restore": round(second_way, 2),
        "restore_over_pgbackrest": round(checked[0][1], 2), "cluster_over_pg_restore": round(checked[1][1], 2), "passed": passed},
        separators=(",", ":")))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(options()))
