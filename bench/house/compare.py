#!/usr/bin/env python3
"""Compares what two builds left in two folders, file by file: JSON key by key, tensors byte by byte, PNG files chunk by chunk, all else as
bytes. Prints a table of kinds of files, and beneath it each difference: those that may be, with the reason, and those that may not.

    compare.py BEFORE NOW

Exit code: 0 all as before, 1 not.
"""

import collections
import fnmatch
import json
import struct
import sys
from pathlib import Path

# What may differ: files, key or part in them ("" for the whole file), reason. Keys as a/b/c; the index of a list is *.
MAY_DIFFER = [
    ("cache/*", "", "cache: its layout is nobody's contract"),
    ("*/log.txt", "", "messages with their time"),
    ("*seconds.txt", "", "time"),
    ("*.txt", "seconds", "time in what a command printed"),
    ("*.json*", "*seconds*", "time"),
    ("*.json*", "*started", "time"),
    ("*.json*", "*finished", "time"),
    ("*.json*", "*images_per_second", "time"),
    ("*/checkpoints/*.json", "sha256", "checksum over what holds a time"),
    ("*provenance.json", "*", "provenance: which build, when"),
    ("*arms/*/config.json", "images_sha256", "new: by which a training that resumes knows its images"),
    ("*arms/*/config.json", "dataset", "the path is absolute, so that a training resumes from anywhere"),
    ("classifier/config.json", "images_sha256", "new: by which a training that resumes knows its images"),
    ("classifier/config.json", "dataset", "the path is absolute, so that a training resumes from anywhere"),
    ("classifier/config.json", "add", "the path is absolute, so that a training resumes from anywhere"),
    ("run/config.json", "dataset", "the path is absolute, so that a run resumes from its folder alone"),
    ("*config.json", "computed/*", "new: the device and the precision that nets are trained with"),
    ("*config.json", "architecture", "a new key: the name of the network that a classifier is trained as"),
    ("*evidence-*.png", "text/*", "sheets say which network's maps they hold"),
    ("run/config.json", "classifiers/*", "the networks that are trained are recorded"),
    ("run/*result*.json", "*classifier", "results name their network"),
    ("run/*result*.json", "*fold", "new: the fold that a result is of"),
    ("run/results.json", "controls*", "new: gains that an arm without a generator shows, too"),
    ("experiment-tables.txt", "confounded", "new: what an arm whose added images are of one class alone confounds"),
    ("run/results.json", "folds", "new: the folds, where there are any"),
    ("run/*result*.json", "*real_epochs", "new: how often real images were seen"),
    ("run/*result*.json", "*tta", "new: over how many copies a prediction is averaged"),
    ("classify-evaluate.json", "tta", "new: over how many copies a prediction is averaged"),
    ("run/results.json", "generated*", "new: what tells a generator's images from real ones"),
    ("run/results.json", "ensemble*", "new: the mean prediction of the seeds, where it is asked for"),
    ("run/config.json", "options/ensemble", "new: the mean prediction of the seeds, where it is asked for"),
    ("run/config.json", "options/match_acquisition", "new: whether generated images go through the photographs' resizing"),
    ("quality/metrics.json", "*/clipped_*", "new: clipped density and coverage stand below the unclipped ones"),
    ("evaluate.txt", "clipped", "new: clipped density and coverage stand below the unclipped ones"),
    ("*config.json", "title", "a generator's run names its family for people"),
    ("audit.txt", "line 10", "the heading of a column was renamed: 'seen alone' is 'property alone'"),
    ("*/samples/nearest-*.png", "", "new: generated images beside their nearest training images"),
    ("*/report.html", "", "drawn from the files that are compared"),
    ("*/figures/*.svg", "", "drawn from the files that are compared"),
]
# What lies elsewhere since generators have folders by family.
MOVED = [("run/gan/", "run/generators/dcgan/"), ("run/synthetic/", "run/synthetic/dcgan/")]
MOVED_KEYS = ("options/gan/", "options/generators/dcgan/")
# What lines hold that the older build did not print.
NEW_LINES = {"clipped": "clipped ", "confounded": "the scarce class alone has generated images"}
TIME_WORDS = ("s", "ms", "min", "h", "seconds", "minutes", "images/s")


def allowed(name, key):
    for files, keys, reason in MAY_DIFFER:
        if fnmatch.fnmatch(name, files) and (key == keys or fnmatch.fnmatch(key, keys)):
            return reason
    return None


def leaves(value, key=""):
    """All leaves of a JSON value by path; an index of a list stays in it, so that nothing is lost."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from leaves(each, f"{key}/{name}" if key else name)
    elif isinstance(value, list) and value:
        for i, each in enumerate(value):
            # An entry that has a name is found by it, wherever in the list it stands.
            yield from leaves(each, f"{key}/{each.get('key', i) if isinstance(each, dict) else i}")
    else:
        yield key, json.dumps(value)


def json_parts(data):
    return {key.replace(*MOVED_KEYS): value for key, value in leaves(json.loads(data))}


def json_lines(data):
    lines = [json.loads(line) for line in data.splitlines()]
    return {f"{i}/{key}": value for i, line in enumerate(lines) for key, value in leaves(line)}


def safetensors(data):
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    body = data[8 + length :]
    parts = {f"__metadata__/{k}": v for k, v in header.pop("__metadata__", {}).items()}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        parts[name] = (entry["dtype"], tuple(entry["shape"]), body[begin:end])
    return parts


def png(data):
    """Pixels and texts by themselves."""
    parts, at = collections.Counter(), 8
    found = {}
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8].decode(), data[at + 8 : at + 8 + length]
        if kind in ("tEXt", "iTXt", "zTXt"):
            word, _, content = content.partition(b"\0")
            kind = f"text/{word.decode('latin-1')}"
        found[f"{kind}/{parts[kind]}"] = content
        parts[kind] += 1
        at += 12 + length
    return found


def printed(data):
    """Lines of what a command printed; words that are a time are one part, so are lines of a new kind."""
    parts = collections.defaultdict(str)
    lines = []
    for line in data.decode().splitlines():
        kind = next((kind for kind, words in NEW_LINES.items() if words in line), None)
        if kind:
            parts[kind] += line
        else:
            lines.append(line)
    for i, line in enumerate(lines):
        words = line.split()
        has_time = any(w.strip(".,;()") in TIME_WORDS for w in words)
        parts["seconds" if has_time else f"line {i}"] = line
    return parts


READERS = {".json": json_parts, ".jsonl": json_lines, ".safetensors": safetensors, ".png": png, ".txt": printed}


def parts(path, folder):
    reader = READERS.get(path.suffix)
    # The two sides are called differently; what lies below them is not.
    data = path.read_bytes().replace(str(folder.resolve()).encode(), b".")
    return reader(data) if reader and data else {"": data}


def files(folder):
    names = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {moved(name, folder): path for name, path in names.items()}


def moved(name, folder):
    """The name that a file has today, in a folder whose run has the old places."""
    for old, new in MOVED:
        if name.startswith(old) and (folder / "run/gan").is_dir():
            return new + name.removeprefix(old)
    return name


def shown(value):
    if value is None:
        return "(nothing)"
    if isinstance(value, tuple):
        return f"{value[0]} {list(value[1])}, {len(value[2])} bytes"
    return (value if isinstance(value, str) else repr(value))[:100]


def differences(name, before, now, folders):
    if name not in before or name not in now:
        yield "", "only before" if name in before else "only now"
        return
    old, new = parts(before[name], folders[0]), parts(now[name], folders[1])
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield key, f"{shown(old.get(key))} -> {shown(new.get(key))}"


def kind(name):
    path = Path(name)
    return f"{name.split('/')[0]} {path.suffix or path.name}" if "/" in name else name


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folders = [Path(argument) for argument in sys.argv[1:]]
    before, now = files(folders[0]), files(folders[1])
    table = collections.OrderedDict()
    reasons, wrong = collections.defaultdict(set), []
    for name in sorted(before.keys() | now.keys()):
        if name == "finished":
            continue
        row = table.setdefault(kind(name), collections.Counter())
        found = [(key, what, allowed(name, "" if allowed(name, "") else key)) for key, what in differences(name, before, now, folders)]
        row["files"] += 1
        for key, what, reason in found:
            if reason:
                reasons[reason].add(f"{name}: {key}" if key else name)
            else:
                wrong.append(f"{name}{': ' + key if key else ''}: {what}")
        row["differ" if any(r is None for _, _, r in found) else "may" if found else "equal"] += 1
    print(f"{'what':<40}{'files':>7}{'equal':>7}{'may differ':>12}{'DIFFER':>8}")
    for name, row in table.items():
        print(f"{name:<40}{row['files']:>7}{row['equal']:>7}{row['may']:>12}{row['differ']:>8}")
    print("\nDiffers, and may:")
    for reason, places in reasons.items():
        print(f"  {reason}: {len(places)}, such as {min(places)}")
    if wrong:
        print(f"\nDiffers, and must not: {len(wrong)}")
        for line in wrong[:200]:
            print("  " + line)
        sys.exit(1)
    print("\nAll as before.")


if __name__ == "__main__":
    main()
