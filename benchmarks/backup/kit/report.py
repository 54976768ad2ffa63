"""From measurements to a table, gates and one line of JSON."""

import json
from statistics import median

MIB = 1 << 20


class Row:
    """One contender over the rounds: lists of Cost, resident peaks and output sizes."""

    def __init__(self, title, costs, peaks=(), sizes=()):
        self.title = title
        self.costs = costs
        self.peaks = peaks
        self.sizes = sizes


def over_rounds(measured, base, value):
    """The median of what each round's ratio is: both sides of a ratio saw the same machine."""
    return median(value(one) / value(other) for one, other in zip(measured, base))


def mean(costs):
    total = costs[0]
    for cost in costs[1:]:
        total = total + cost
    return type(total)(*(part / len(costs) for part in (total.wall, total.client, total.server)))


def spread(values, form):
    return f"{form(median(values))} ({form(min(values))}–{form(max(values))})"


def table(rows, base, base_sizes):
    head = ("", "wall s", "wall ×", "CPU s client + server", "CPU ×", "peak RSS MiB", "output MB", "size ×")
    lines = [head]
    for row in rows:
        count = len(row.costs)
        ratio = [f"{over_rounds(row.costs, base[-count:], value):.2f}" for value in (lambda c: c.wall, lambda c: c.cpu)]
        lines.append((
            row.title,
            spread([cost.wall for cost in row.costs], lambda v: f"{v:.1f}"),
            ratio[0],
            f"{median(c.client for c in row.costs):.1f} + {median(c.server for c in row.costs):.1f}",
            ratio[1],
            f"{max(row.peaks) / MIB:.0f}" if row.peaks else "",
            f"{median(row.sizes) / 1e6:.1f}" if row.sizes else "",
            f"{median(row.sizes) / median(base_sizes):.2f}" if row.sizes else "",
        ))
    return aligned(lines)


def aligned(lines):
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    texts = []
    for number, line in enumerate(lines):
        texts.append("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |")
        if number == 0:
            texts.append("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(texts)


class Gate:
    def __init__(self, name, value, limit, unit="×"):
        self.name = name
        self.value = value
        self.limit = limit
        self.unit = unit

    @property
    def held(self):
        return self.value <= self.limit

    def __str__(self):
        word = "held  " if self.held else "MISSED"
        return f"{word}  {self.name}: {self.value:.2f} {self.unit} (at most {self.limit:.2f})"


def one_line(facts, gates):
    return json.dumps(dict(
        facts,
        gates={gate.name: {"value": round(gate.value, 3), "limit": gate.limit, "held": gate.held} for gate in gates},
        passed=all(gate.held for gate in gates)), separators=(",", ":"), ensure_ascii=False)
