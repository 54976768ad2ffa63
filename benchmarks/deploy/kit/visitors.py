"""Visitors of the sample app, until SIGTERM; then one line that says what became of them.

usage: python3 visitors.py PORT REQUESTS_A_SECOND
"""

import asyncio
import signal
import sys

from load import Load
from report import percentile


async def main(port, rate):
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    async with Load(port, rate, slow=1) as load:
        await over.wait()
        window = load.enter("after")
    print(f"{len(window.times) + window.slow + window.failed:,} requests in {window.seconds:.0f} s: {window.failed} failed, "
          f"{window.retried} sent again on another connection, p95 {percentile(window.times, 0.95) * 1000:.0f} ms; "
          f"versions seen: {', '.join(window.first_seen)}")
    for failure, count in window.failures.most_common(5):
        print(f"  {count} × {failure}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
