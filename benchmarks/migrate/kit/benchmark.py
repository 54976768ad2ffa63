"""The migrations of benchmarks/migrate/run, which starts this with everything it needs already running."""

import argparse
import asyncio
import datetime
import json
import os
import pathlib
import signal
import sys
from statistics import median

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "deploy" / "kit"))

from by_hand import Failed  # noqa: E402
from contenders import Psql, Windlass, write_files  # noqa: E402
from load import Load, capacity  # noqa: E402
from report import Sum, aligned  # noqa: E402
from sockets import Sockets  # noqa: E402

MOST = 500
SOCKETS = 5
# As long as a slow request takes and a little more: those of one stretch are over before the next one.
GAP = 2.2
INCONCLUSIVE = 2


def options():
    parser = argparse.ArgumentParser()
    for name in ("migrations", "windlass", "key", "psql", "user", "database", "temporal"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("rounds", "pgport", "port"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--slices", type=int, default=6, help="of 2 s, for the capacity")
    setting = parser.parse_args()
    setting.address = os.environ["TEMPORAL_ADDRESS"]
    return setting


def say(text):
    print(text, file=sys.stderr, flush=True)


async def without_traffic(setting, psql, windlass):
    bare, runs = [], []
    for number in range(1, setting.rounds + 1):
        bare.append(await psql.migrate())
        await psql.take_back()
        runs.append(await windlass.migrate())
        await psql.take_back()
        await psql.forget()
        say(f"   round {number}: psql {bare[-1]:.1f} s, windlass {runs[-1].seconds:.1f} s, of it rehearsal {runs[-1].rehearsal:.1f} s")
    return bare, runs


async def with_traffic(setting, psql, windlass):
    """A migration and its control, back to back under the same load, again and again."""
    found, failures = await capacity(setting.port, setting.slices)
    if failures:
        raise Failed(f"while the capacity was measured: {dict(failures)}")
    rate = min(found / 2, MOST)
    say(f"== 32 clients get {found:.0f} answers/s in the worst 2 s; migrating under {rate:.0f} requests/s")
    runs, migrations, controls = [], [], []
    async with Load(setting.port, rate) as load, Sockets(setting.port, SOCKETS) as sockets:
        await asyncio.sleep(GAP)
        for number in range(1, setting.rounds + 1):
            load.enter(f"migration {number}")
            await asyncio.sleep(GAP)
            runs.append(await windlass.migrate())
            migrations.append(load.enter("between"))
            await psql.take_back()
            await psql.forget()
            await asyncio.sleep(GAP)
            load.enter(f"control {number}")
            await asyncio.sleep(migrations[-1].seconds)
            controls.append(load.enter("between"))
            say(f"   round {number}: windlass {runs[-1].seconds:.1f} s; failed {migrations[-1].failed}, without {controls[-1].failed}")
        happened = dict(sockets.happened)
    return rate, found, runs, Sum(migrations), Sum(controls), happened


def verdict(rate, migration, control):
    """@return the exit code and why"""
    if control.failed:
        return INCONCLUSIVE, "inconclusive: requests failed without any migration, so failures with one would say nothing"
    if control.rate < 0.98 * rate:
        return INCONCLUSIVE, f"inconclusive: without a migration {control.rate:.0f} of {rate:.0f} requests/s were reached"
    if migration.failed:
        return 1, f"MISSED  failed requests with migrations: {migration.failed} (at most 0)"
    if migration.rate < 0.98 * rate:
        return INCONCLUSIVE, f"inconclusive: with a migration {migration.rate:.0f} of {rate:.0f} requests/s were reached"
    return 0, "held    failed requests with migrations: 0 (at most 0)"


def times(bare, runs, loaded):
    base = median(bare)

    def line(title, values):
        return (title, str(len(values)), f"{median(values):.1f}", f"{max(values):.1f}", f"{median(values) / base:.1f}")

    return aligned([
        ("", "runs", "median s", "most s", "over psql"),
        line("psql", bare),
        line("windlass", [run.seconds for run in runs]),
        line("  of it: the rehearsal", [run.rehearsal for run in runs]),
        line("  of it: applying", [run.apply for run in runs]),
        line("  of it: the app's health", [run.health for run in runs]),
        line("  less the rehearsal", [run.without_rehearsal for run in runs]),
        line("windlass, under load", [run.seconds for run in loaded]),
        line("  less the rehearsal", [run.without_rehearsal for run in loaded]),
    ])


def traffic(migration, control):
    lines = [("", "requests", "slow", "failed", "retried", "reached /s", "p50 ms", "p95 ms", "p99 ms")]
    for title, part in (("with migrations", migration), ("as long without", control)):
        facts = part.facts()
        lines.append((title, f"{facts['requests']:,}", str(facts["slow_requests"]), str(facts["failed"]), str(facts["retried"]),
                      f"{facts['rate']:.0f}", *(f"{facts[f'p{share}_ms']:.1f}" for share in (50, 95, 99))))
    return aligned(lines)


def seconds(runs):
    return {name: round(median([getattr(run, name) for run in runs]), 2)
            for name in ("seconds", "rehearsal", "apply", "health", "without_rehearsal")}


async def main(setting):
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    begun = os.getloadavg()[0]
    write_files(setting.migrations)
    psql, windlass = Psql(setting), Windlass(setting)
    size = await psql.size()
    bare, runs = await without_traffic(setting, psql, windlass)
    rate, found, loaded, migration, control, sockets = await with_traffic(setting, psql, windlass)
    code, why = verdict(rate, migration, control)
    print(times(bare, runs, loaded))
    print()
    print(traffic(migration, control))
    print()
    for title, part in (("with migrations", migration), ("without", control)):
        for failure, count in part.failures.most_common(5):
            print(f"{title}: {count} × {failure}")
    print(f"database: {size / 1e9:.2f} GB; WebSockets cut off {sockets['cut']}, refused {sockets['refused']}")
    print(f"\n{why}")
    print(json.dumps({
        "benchmark": "migrate", "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "processors": os.cpu_count(), "load_average": [round(begun, 2), round(os.getloadavg()[0], 2)],
        "database_bytes": size, "rounds": setting.rounds, "psql_s": round(median(bare), 2), "windlass_s": seconds(runs),
        "windlass_under_load_s": seconds(loaded), "over_psql": round(median([run.seconds for run in runs]) / median(bare), 2),
        "over_psql_without_rehearsal": round(median([run.without_rehearsal for run in runs]) / median(bare), 2),
        "capacity": round(found), "asked_rate": round(rate, 1), "with": migration.facts(), "without": control.facts(),
        "websockets": sockets, "conclusive": code != INCONCLUSIVE, "passed": code == 0}, separators=(",", ":")))
    return code


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main(options())))
    except Failed as error:
        sys.exit(f"error: {error}")
    except asyncio.CancelledError:
        sys.exit(143)
