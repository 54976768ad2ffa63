"""The rounds of benchmarks/backup/run, which starts this with everything it needs already running."""

import argparse
import datetime
import os
import signal
import sys

from cost import Cost, Servers
from programs import Failed, Programs
from report import MIB, Gate, Row, aligned, mean, one_line, over_rounds, table
from worker import Worker

HASHING = ("read facts",)
AMCHECK = ("pg_amcheck",)


def options():
    parser = argparse.ArgumentParser()
    for name in ("directory", "cluster", "tools", "port", "user", "database", "endpoint", "ca", "bucket", "data", "recipient",
                 "ops"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--postmaster", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("java", nargs=argparse.REMAINDER)
    return parser.parse_args()


class Rounds:
    def __init__(self, setting):
        self.setting = setting
        self.programs = Programs(setting)
        self.plain, self.again, self.pipeline, self.pgbackrest = [], [], [], []
        self.backups, self.proofs, self.restores = [], [], []

    def run(self, worker):
        # The first is the cold one; the compilers are busy with what they saw until after the second, which warms up.
        for _ in range(2):
            self.backup(worker)
            worker.job("forget")
        for number in range(self.setting.rounds):
            dumps = [
                lambda: self.plain.append(self.programs.plain_dump()),
                lambda: self.backup(worker),
                lambda: self.pipeline.append(self.programs.pipeline()),
                lambda: self.pgbackrest.append(self.programs.pgbackrest()),
                lambda: self.again.append(self.programs.plain_dump()),
            ]
            # Whoever comes right after whom changes from round to round.
            turn = number % len(dumps)
            restores = [lambda: self.restores.append(self.programs.plain_restore()), lambda: self.prove(worker)]
            for measure in dumps[turn:] + dumps[:turn] + (restores if number % 2 == 0 else restores[::-1]):
                measure()
            worker.job("forget")
            self.programs.forget("sets")
            say(f"round {number + 1} of {self.setting.rounds} done")

    def backup(self, worker):
        self.programs.settle()
        self.backups.append(worker.job("backup"))

    def prove(self, worker):
        self.programs.settle()
        self.proofs.append(worker.job("prove"))


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    setting = options()
    setting.servers = Servers(setting.postmaster, f"{setting.directory}/scratch")
    rounds = Rounds(setting)
    bytes_on_disk = int(rounds.programs.sql(f"SELECT pg_database_size('{setting.database}')"))
    rounds.programs.prepare_pgbackrest()
    worker = Worker(setting, setting.java[1:])
    try:
        rounds.run(worker)
    finally:
        worker.close()
    return report(setting, rounds, worker, bytes_on_disk)


def report(setting, rounds, worker, bytes_on_disk):
    plain = [mean([one[0], other[0]]) for one, other in zip(rounds.plain, rounds.again)]
    sizes = [one[2] for one in rounds.plain]
    cold, warm = rounds.backups[0], rounds.backups[2:]
    hashing = [job.of(*HASHING) for job in warm]
    ours = [job.total - job.of(*HASHING) for job in warm]
    restores = [one[0] for one in rounds.restores]
    proofs = [job.total for job in rounds.proofs]
    without = [job.total - job.of(*AMCHECK) for job in rounds.proofs]
    first = [worker.started + cold.total - cold.of(*HASHING)]

    def column(measured, number):
        return [one[number] for one in measured]

    backup_rows = [
        Row("pg_dump -Fc to a file", column(rounds.plain, 0), column(rounds.plain, 1), sizes),
        Row("the same again (noise)", column(rounds.again, 0), column(rounds.again, 1), column(rounds.again, 2)),
        Row("windlass: dump, zstd, age, SHA-256, upload", ours, [job.peak for job in warm],
            [job.said["bytes"] for job in warm]),
        Row("windlass: facts of every table, hashed", hashing),
        Row("windlass, cold: JVM start + its first backup", first, [cold.peak], [cold.said["bytes"]]),
        Row("pg_dump -Fc -Z0 | zstd -3 | age | rclone rcat", *(column(rounds.pipeline, n) for n in range(3))),
        Row("pgBackRest full, zst 3, 2 processes (whole cluster)", *(column(rounds.pgbackrest, n) for n in range(3))),
    ]
    restore_rows = [
        Row("pg_restore -j1 into the live cluster", restores, column(rounds.restores, 1)),
        Row("windlass: proof without pg_amcheck", without),
        Row("windlass: proof with pg_amcheck", proofs, [job.peak for job in rounds.proofs]),
    ]

    def wall(cost):
        return cost.wall

    def cpu(cost):
        return cost.cpu

    heap = max(job.said["heap"] for job in rounds.backups + rounds.proofs)
    gates = [
        Gate("backup CPU beside pg_dump -Fc", over_rounds(ours, plain, cpu), 0.75),
        Gate("backup size beside pg_dump -Fc", max(job.said["bytes"] for job in warm) / min(sizes), 0.75),
        Gate("peak heap of the worker", heap / MIB, 256, "MiB"),
        Gate("proof without pg_amcheck beside pg_restore -j1, wall", over_rounds(without, restores, wall), 0.65),
        Gate("proof with pg_amcheck beside pg_restore -j1, wall", over_rounds(proofs, restores, wall), 0.9),
    ]
    beside_pipeline = over_rounds(ours, column(rounds.pipeline, 0), wall)
    noise = [over_rounds(column(rounds.again, 0), column(rounds.plain, 0), each) for each in (wall, cpu)]

    print(f"\nBackup of {bytes_on_disk / MIB:.0f} MiB on disk ({setting.data} data), {setting.rounds} interleaved rounds, median (least–most); "
          f"× is the median of each round's ratio to pg_dump -Fc\n")
    print(table(backup_rows, plain, sizes))
    print("\nRestore and proof; × is beside pg_restore -j1\n")
    print(table(restore_rows, restores, []))
    print("\nWhere it goes, seconds of wall / CPU, medians\n")
    print(parts(warm, rounds.proofs))
    print(f"\nwall beside the shell pipeline: {beside_pipeline:.2f} (aim: at most 1.05; not gated)")
    print(f"no-change noise, second pg_dump -Fc beside the first: wall {noise[0]:.2f}, CPU {noise[1]:.2f}\n")
    for gate in gates:
        print(gate)
    print()
    print(one_line(facts(setting, rounds, bytes_on_disk, beside_pipeline, noise, ours, hashing, plain), gates))
    return 0 if all(gate.held for gate in gates) else 1


def facts(setting, rounds, bytes_on_disk, beside_pipeline, noise, ours, hashing, plain):
    return {
        "benchmark": "backup",
        "at": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "quick": setting.quick,
        "data": setting.data,
        "rounds": setting.rounds,
        "databaseMiB": round(bytes_on_disk / MIB),
        "load": round(os.getloadavg()[0], 1),
        "wallBesideShellPipeline": round(beside_pipeline, 3),
        "noiseWall": round(noise[0], 3),
        "noiseCpu": round(noise[1], 3),
        "hashingCpuBesidePgDump": round(over_rounds(hashing, plain, lambda c: c.cpu), 3),
        "pipelineCpuBesidePgDump": round(over_rounds([one[0] for one in rounds.pipeline], plain, lambda c: c.cpu), 3),
        "pgbackrestCpuBesidePgDump": round(over_rounds([one[0] for one in rounds.pgbackrest], plain, lambda c: c.cpu), 3),
    }


def parts(backups, proofs):
    lines = [("", "effect", "wall s", "CPU client", "CPU server")]
    for title, jobs in (("backup", backups), ("proof", proofs)):
        effects = list(dict.fromkeys(effect for effect, _ in jobs[0].parts))
        for effect in effects:
            cost = mean([job.of(effect) for job in jobs])
            lines.append((title, effect, f"{cost.wall:.1f}", f"{cost.client:.2f}", f"{cost.server:.2f}"))
    return aligned(lines)


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
