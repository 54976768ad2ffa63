"""The rounds of benchmarks/staging-sync/run, which starts this with everything it needs already running."""

import argparse
import datetime
import os
import pathlib
import signal
import sys
from statistics import median

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "backup" / "kit"))

from cost import Servers  # noqa: E402
from programs import Failed, Programs  # noqa: E402
from report import MIB, Gate, Row, one_line, over_rounds, table  # noqa: E402
from worker import Worker  # noqa: E402

PLAIN = "plain_copy"
OURS = "benchmark_copy"
# A failure of either end is one of the pipe.
PIPE = ('set -eo pipefail; "$3" -Xq -d "$5" -c "CREATE DATABASE $6 TEMPLATE template0"; '
        '"$1" --no-owner --no-privileges --no-comments "$2" | "$3" -Xq -v ON_ERROR_STOP=1 -d "$4" >/dev/null')


def options():
    parser = argparse.ArgumentParser()
    for name in ("directory", "tools", "port", "user", "database"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("postmaster", "rounds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--scale", type=float, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("java", nargs=argparse.REMAINDER)
    return parser.parse_args()


class Copies(Programs):
    def __init__(self, setting):
        self.setting = setting
        self.environment = dict(os.environ, PGPASSWORD=os.environ["WINDLASS_PGPASSWORD"])

    def plain(self):
        """The pipe alone, what ANALYZE costs after it, and the most memory."""
        try:
            cost, peak = self.measure(["bash", "-c", PIPE, "bash", self._tool("pg_dump"), self._connection(self.setting.database),
                                       self._tool("psql"), self._connection(PLAIN), self._connection("postgres"), PLAIN])
            analyzing, _ = self.measure([self._tool("psql"), "-Xq", "-d", self._connection(PLAIN), "-c", "ANALYZE"])
            return cost, analyzing, peak
        finally:
            self.sql(f"DROP DATABASE IF EXISTS {PLAIN} WITH (FORCE)")

    def ours(self, worker, kind):
        self.settle()
        try:
            return worker.job(kind)
        finally:
            self.sql(f"DROP DATABASE IF EXISTS {OURS} WITH (FORCE)")


def say(text):
    print(text, file=sys.stderr, flush=True)


class Rounds:
    def __init__(self, setting):
        self.setting = setting
        self.copies = Copies(setting)
        self.plain, self.masked, self.unmasked = [], [], []

    def run(self, worker):
        # The first is the cold one.
        self.copies.ours(worker, "masked")
        contenders = [
            lambda: self.plain.append(self.copies.plain()),
            lambda: self.unmasked.append(self.copies.ours(worker, "unmasked")),
            lambda: self.masked.append(self.copies.ours(worker, "masked")),
        ]
        for number in range(self.setting.rounds):
            # Whoever comes right after whom changes from round to round.
            turn = number % len(contenders)
            for measure in contenders[turn:] + contenders[:turn]:
                measure()
            say(f"   round {number + 1}: pg_dump | psql {self.plain[-1][0].wall:.1f} s, unmasked {self.unmasked[-1].of('copy').wall:.1f} s, "
                f"masked {self.masked[-1].of('copy').wall:.1f} s, scan {self.masked[-1].of('scan').wall:.1f} s")


def main():
    setting = options()
    setting.servers = Servers(setting.postmaster, f"{setting.directory}/none")
    load = os.getloadavg()[0]
    rounds = Rounds(setting)
    size = int(rounds.copies.sql(f"SELECT pg_database_size('{setting.database}')"))
    worker = Worker(setting, setting.java[1:])
    try:
        rounds.run(worker)
    finally:
        worker.close()
    return report(setting, rounds, size, load)


def report(setting, rounds, size, load):
    plain = [cost for cost, _, _ in rounds.plain]
    analyzed = [cost + analyzing for cost, analyzing, _ in rounds.plain]
    masked = [job.of("copy") for job in rounds.masked]
    unmasked = [job.of("copy") for job in rounds.unmasked]
    scans = [job.of("scan") for job in rounds.masked]
    count = {job.said["rows"] for job in rounds.masked + rounds.unmasked}
    if len(count) != 1:
        raise Failed(f"copies have different numbers of rows: {sorted(count)}")
    rows = count.pop()

    def wall(cost):
        return cost.wall

    def cpu(cost):
        return cost.cpu

    gates = [
        Gate("wall of the masked copy beside pg_dump | psql", over_rounds(masked, plain, wall), 1.0),
        Gate("CPU of the masked copy beside pg_dump | psql", over_rounds(masked, plain, cpu), 1.6),
        Gate("wall of the masked copy beside our own pipe without masks", over_rounds(masked, unmasked, wall), 1.1),
    ]
    print(f"\nMasked copy of {rows:,} rows, {size / MIB:.0f} MiB on disk, {setting.rounds} interleaved rounds, median (least–most); "
          "× is the median of each round's ratio to pg_dump | psql\n")
    print(table([
        Row("pg_dump into psql", plain, [peak for _, _, peak in rounds.plain]),
        Row("pg_dump into psql, then ANALYZE", analyzed),
        Row("windlass without masks, 2 streams", unmasked, [job.peak for job in rounds.unmasked]),
        Row("windlass masked, 2 streams", masked, [job.peak for job in rounds.masked]),
        Row("windlass, the scan that follows", scans),
    ], plain, []))
    print(f"\nthe scan: {median(cost.wall for cost in scans):.1f} s of wall time, {median(cost.cpu for cost in scans):.1f} s of CPU, "
          f"{rows / median(cost.wall for cost in scans) / 1000:.0f} thousand rows/s, by 2 streams\n")
    for gate in gates:
        print(gate)
    print(f"\nbeside pg_dump | psql that ends with ANALYZE, as ours does: {over_rounds(masked, analyzed, wall):.2f} × of wall time, "
          f"{over_rounds(masked, analyzed, cpu):.2f} × of CPU\n")
    print(one_line({
        "benchmark": "staging-sync",
        "at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "cores": os.cpu_count(), "quick": setting.quick, "scale": setting.scale, "rounds": setting.rounds, "rows": rows,
        "databaseMiB": round(size / MIB), "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "plainWall": round(median(map(wall, plain)), 1), "plainCpu": round(median(map(cpu, plain)), 1),
        "unmaskedWall": round(median(map(wall, unmasked)), 1), "unmaskedCpu": round(median(map(cpu, unmasked)), 1),
        "maskedWall": round(median(map(wall, masked)), 1), "maskedCpu": round(median(map(cpu, masked)), 1),
        "analyzedWallRatio": round(over_rounds(masked, analyzed, wall), 2), "analyzedCpuRatio": round(over_rounds(masked, analyzed, cpu), 2),
        "scanWall": round(median(map(wall, scans)), 1), "scanCpu": round(median(map(cpu, scans)), 1),
        "peakMiB": round(max(job.peak for job in rounds.masked) / MIB),
    }, gates))
    return 0 if all(gate.held for gate in gates) else 1


def interrupted(*_):
    raise KeyboardInterrupt


# A shell starts its background processes with SIGINT ignored.
signal.signal(signal.SIGINT, interrupted)
signal.signal(signal.SIGTERM, interrupted)
try:
    sys.exit(main())
except Failed as failed:
    say(f"error: {failed}")
    sys.exit(1)
except KeyboardInterrupt:
    sys.exit(130)
