"""From windows to a table and one line of JSON."""

from collections import Counter
from statistics import median


class Pair:
    """One switch, and the equally long stretch without one that came after it."""

    def __init__(self, switch, control, serving_after):
        self.switch = switch
        self.control = control
        self.serving_after = serving_after


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Sum:
    """Several windows as one."""

    def __init__(self, windows):
        self.times = [value for window in windows for value in window.times]
        self.failures = sum((window.failures for window in windows), Counter())
        self.failed = self.failures.total()
        self.retried = sum(window.retried for window in windows)
        self.slow = sum(window.slow for window in windows)
        self.seconds = sum(window.seconds for window in windows)

    @property
    def rate(self):
        """Reached: whole answers a second, without the slow ones."""
        return len(self.times) / self.seconds

    def facts(self):
        return {"requests": len(self.times), "slow_requests": self.slow, "failed": self.failed, "retried": self.retried,
                "seconds": round(self.seconds, 1), "rate": round(self.rate, 1),
                **{f"p{share}_ms": round(percentile(self.times, share / 100) * 1000, 1) for share in (50, 95, 99)}}


class Result:
    def __init__(self, contender, rate, pairs, sockets):
        self.contender = contender
        self.rate = rate
        self.pairs = pairs
        self.sockets = sockets
        self.switch = Sum([pair.switch for pair in pairs])
        self.control = Sum([pair.control for pair in pairs])

    @property
    def serving_after(self):
        return [pair.serving_after for pair in self.pairs]

    def facts(self):
        return {"switches": len(self.pairs), "asked_rate": round(self.rate, 1), "with": self.switch.facts(),
                "without": self.control.facts(), "serving_after_s": {"median": round(median(self.serving_after), 2),
                                                                    "max": round(max(self.serving_after), 2)},
                "websockets": dict(self.sockets)}


HEAD = ("", "requests", "slow", "failed", "retried", "reached /s", "p50 ms", "p95 ms", "p99 ms")


def table(results):
    lines = [HEAD]
    for result in results:
        for title, part in ((f"{result.contender}, {len(result.pairs)} switches", result.switch),
                            (f"{result.contender}, as long without", result.control)):
            facts = part.facts()
            lines.append((title, f"{facts['requests']:,}", str(facts["slow_requests"]), str(facts["failed"]),
                          str(facts["retried"]), f"{facts['rate']:.0f}", *(f"{facts[f'p{n}_ms']:.1f}" for n in (50, 95, 99))))
    return aligned(lines)


def aligned(lines):
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    texts = []
    for number, line in enumerate(lines):
        texts.append("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
        if number == 0:
            texts.append("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(texts)


def words(result):
    """What the table has no column for."""
    yield (f"{result.contender}: from {result.decided_by} to the first answer of the new version: median "
           f"{median(result.serving_after):.1f} s, at most {max(result.serving_after):.1f} s")
    yield (f"{result.contender}: WebSockets told to come again (1001) {result.sockets['told']}, cut off {result.sockets['cut']}, "
           f"refused {result.sockets['refused']}")
    for title, part in (("with switches", result.switch), ("without", result.control)):
        for failure, count in part.failures.most_common(5):
            yield f"{result.contender}, {title}: {count} × {failure}"
