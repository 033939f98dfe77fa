"""Reads what run.sh measured.

    table.py table LINES.jsonl      prints the table
    table.py epochs RUN             prints the speed of the fastest epoch of a classifier's run, as a JSON line
    table.py alike CARD CPU         compares two answers of 'evaluate --json'; exit code 1 where they are not alike
"""

import json
import sys
from pathlib import Path

# The work as run.sh calls it, for people, and as the peer's lines name it.
WORKS = [
    ("dcgan-wide", "DCGAN step, width 128, kernel 5, batch 64", "dcgan w128 k5 b64"),
    ("dcgan-narrow", "DCGAN step, width 64, kernel 4, batch 64", "dcgan w64 k4 b64"),
    ("features", "Inception V3 features, 299², batch 128", "inception features b128"),
    ("training", "Inception V3 training step, 299², batch 128", "inception train b128"),
    ("classify-train", "the same in `classify train`, 1,990 images", "inception train b128"),
    ("gan-train", "`gan train` with the wide DCGAN", "dcgan w128 k5 b64"),
]
# The peer's word for a precision: its convolutions use TF32 but where run.sh forbids it, for features.
HALF, FULL = "bf16", "fp32"
# The least ratio to channels-last, by work and the peer's precision.
WANTED = {
    ("dcgan-wide", FULL): 1.0,
    ("dcgan-wide", HALF): 1.0,
    ("dcgan-narrow", FULL): 1.0,
    ("dcgan-narrow", HALF): 1.0,
    ("features", FULL): 1.0,
    ("features", HALF): 0.9,
    ("classify-train", HALF): 0.9,
}
# How far apart numbers of card and CPU may be, relative to themselves.
RELATIVE = {"fid": 1e-5, "precision": 0, "recall": 0}


def ours(lines, work):
    return {line["precision"]: line["result"]["images_per_second"] for line in lines if line.get("work") == work and "result" in line}


def peer(lines, label, precision):
    found = [line["images_per_second"] for line in lines if "peer" in line and line["work"].split() == [*label.split(), "cl", precision]]
    return max(found, default=None)


def number(value):
    return "not measured" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def table(lines):
    yield "| work | precision | Lesionforge, images/s | PyTorch, channels-last | ratio | wanted |"
    yield "|---|---|---|---|---|---|"
    for work, title, label in WORKS:
        mine = ours(lines, work) or {"-": None}
        for precision, value in mine.items():
            # Features are float32 always: they stand beside both of the peer's.
            for other in [FULL, HALF] if work == "features" else [HALF if precision == "bfloat16" else FULL]:
                theirs, wanted = peer(lines, label, other), WANTED.get((work, other))
                ratio = value / theirs if value and theirs else None
                shown = "-" if ratio is None else f"{ratio:.2f}" + (" (missed)" if wanted and ratio < wanted else "")
                beside = number(theirs) + (f" in {other}" if work == "features" else "")
                yield f"| {title} | {precision} | {number(value)} | {beside} | {shown} | {wanted or '-'} |"


def epochs(run):
    images = json.loads((run / "config.json").read_text())["images"]
    seconds = [json.loads(line)["seconds"] for line in (run / "stats.jsonl").read_text().splitlines()]
    # The first has the beginning in it.
    return {"images_per_second": images / min(seconds[1:] or seconds), "seconds": seconds}


def values(answer):
    return {metric["key"]: metric["value"] for metric in answer["metrics"]}


def alike(card, cpu):
    """What there is to say, and whether all of it is within its bound."""
    card, cpu, said, good = values(card), values(cpu), [], True
    for name, bound in RELATIVE.items():
        if name not in card or name not in cpu:
            said, good = [*said, f"{name}: not measured"], False
            continue
        apart = abs(card[name] - cpu[name]) / (abs(cpu[name]) or 1)
        good &= apart <= bound
        said.append(f"{name}: {card[name]!r} on the card, {cpu[name]!r} on the CPU, {apart:.1e} apart (at most {bound:g})")
    return said, good


def main():
    command, files = sys.argv[1:2], [Path(name) for name in sys.argv[2:]]
    if command == ["table"] and len(files) == 1:
        lines = [json.loads(line) for line in files[0].read_text().splitlines() if line.startswith("{")]
        print("\n".join(table(lines)))
    elif command == ["epochs"] and len(files) == 1:
        print(json.dumps(epochs(files[0])))
    elif command == ["alike"] and len(files) == 2:
        said, good = alike(*(json.loads(file.read_text()) for file in files))
        print("\n".join(said))
        sys.exit(0 if good else 1)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
