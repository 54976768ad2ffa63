"""Rows for COPY: real text, a page of Python's own library in each, and beside it a jsonb document with the names it uses.
Repeats are farther apart than either compressor looks back.

usage: documents.py ROWS
"""

import glob
import itertools
import json
import re
import sys
import sysconfig

PAGE = 2000
NAME = re.compile(r"\w{4,}")


def pages():
    library = sysconfig.get_path("stdlib")
    for path in sorted(glob.glob(f"{library}/**/*.py", recursive=True)):
        if "/dist-packages/" in path or "/site-packages/" in path:
            continue
        with open(path, encoding="utf-8", errors="ignore") as file:
            text = file.read().replace("\0", "")
        for start in range(0, len(text), PAGE):
            yield path.removeprefix(library), start, text[start : start + PAGE]


def copied(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


everything = list(pages())
if sum(len(text) for _, _, text in everything) < 4 << 20:
    sys.exit("error: Python's library has less than 4 MiB of text\nhint: install the package python3 with its library")
for number, (path, start, text) in enumerate(itertools.islice(itertools.cycle(everything), int(sys.argv[1])), 1):
    document = json.dumps({"file": path, "at": start, "names": sorted(set(NAME.findall(text)))}, ensure_ascii=False)
    print(number, copied(text), copied(document), sep="\t")
