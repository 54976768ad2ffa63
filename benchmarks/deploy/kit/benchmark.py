"""The switches of benchmarks/deploy/run, which starts this with everything it needs already running."""

import argparse
import asyncio
import datetime
import json
import os
import signal
import sys

from by_hand import ByHand, Failed
from by_windlass import ByWindlass
from load import Load, capacity
from report import Pair, Result, table, words
from sockets import Sockets

MOST = 1000
SOCKETS = 5
# As long as a slow request takes and a little more: those of one window are over before the next switch.
GAP = 2.2
INCONCLUSIVE = 2


def options():
    parser = argparse.ArgumentParser()
    for name in ("host", "artefacts", "user", "upstream", "upstream-file", "nginx-config", "windlass", "keys"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--ports", type=int, nargs=2, required=True)
    parser.add_argument("--slices", type=int, default=6, help="of 2 s, for the capacity")
    parser.add_argument("--only", choices=("by-hand", "windlass"))
    parser.add_argument("--versions", nargs="+", required=True, help="the first serves when the load begins; one switch to each other")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


async def pair_of(load, contender, version, number):
    """A switch and its control, back to back under the same load."""
    load.enter(f"{contender.name}, switch {number}")
    await asyncio.sleep(GAP)
    decided = await contender.switch(version)
    serving = load.window.first_seen.get(version)
    if serving is None:
        raise Failed(f"version {version} was switched to, but nobody was answered by it")
    switch = load.enter(f"{contender.name}, control {number}")
    await asyncio.sleep(switch.seconds)
    control = load.enter("between")
    say(f"   {switch.name}: {serving - decided:.1f} s to serve, {switch.seconds:.1f} s in all; failed {switch.failed}, "
        f"retried {switch.retried}; without: failed {control.failed}, retried {control.retried}")
    for window in (switch, control):
        for failure, count in window.failures.items():
            say(f"     {window.name}: {count} × {failure}")
    return Pair(switch, control, serving - decided)


async def measure(setting, contender):
    say(f"== {contender.name}: the first version")
    first, *versions = setting.versions
    try:
        await contender.first(first)
        found, failures = await capacity(setting.port, setting.slices)
        if failures:
            raise Failed(f"while the capacity was measured: {dict(failures)}")
        rate = min(found / 2, MOST)
        say(f"== {contender.name}: 32 clients get {found:.0f} answers/s in the worst 2 s; {len(versions)} switches under {rate:.0f} requests/s")
        pairs = []
        async with Load(setting.port, rate) as load, Sockets(setting.port, SOCKETS) as sockets:
            await asyncio.sleep(GAP)
            for number, version in enumerate(versions, 1):
                pairs.append(await pair_of(load, contender, version, number))
            happened = sockets.happened
    finally:
        await contender.last()
    result = Result(contender.name, rate, pairs, happened)
    result.decided_by, result.capacity = contender.decided_by, found
    return result


def verdict(results):
    """@return the exit code and why"""
    disturbed = [result for result in results if result.control.failed]
    if disturbed:
        return INCONCLUSIVE, "inconclusive: requests failed without any switch, so failures with one would say nothing"
    slow = [result for result in results if result.switch.rate < 0.98 * result.rate]
    if slow:
        return INCONCLUSIVE, f"inconclusive: {slow[0].switch.rate:.0f} of {slow[0].rate:.0f} requests/s were reached"
    judged = [result for result in results if result.contender == ByWindlass.name]
    if not judged:
        return 0, "not judged: Windlass was not measured"
    failed = judged[0].switch.failed
    if failed:
        return 1, f"MISSED  failed requests with switches: {failed} (at most 0)"
    return 0, "held    failed requests with switches: 0 (at most 0)"


async def main(setting):
    task = asyncio.current_task()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    begun = os.getloadavg()[0]
    contenders = [one for one in (ByHand(setting), ByWindlass(setting)) if setting.only in (None, one.name.replace(" ", "-"))]
    results = [await measure(setting, contender) for contender in contenders]
    code, why = verdict(results)
    print(table(results))
    print()
    for result in results:
        print("\n".join(words(result)))
    print(f"\n{why}")
    print(json.dumps({
        "benchmark": "deploy", "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "processors": os.cpu_count(), "load_average": [round(begun, 2), round(os.getloadavg()[0], 2)],
        "contenders": {result.contender: dict(result.facts(), capacity=round(result.capacity)) for result in results},
        "conclusive": code != INCONCLUSIVE, "passed": code == 0}, separators=(",", ":")))
    return code


if __name__ == "__main__":
    try:
        sys.exit(asyncio.run(main(options())))
    except Failed as error:
        sys.exit(f"error: {error}")
    except asyncio.CancelledError:
        sys.exit(143)
