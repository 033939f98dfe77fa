"""Lines of run.sh on standard input as a table: medians of images per second, and of the ratio of each pair."""
import json
import statistics
import sys

rates = {}
for line in map(json.loads, sys.stdin):
    name, work = line["line"]["work"].rsplit(" ", 1)
    key = (name, line["line"]["size"], work)
    rates.setdefault(key, {"ours": [], "peer": []})[line["side"]].append(line["line"]["images_per_second"])

print("| network | side | work | ours, images/s | PyTorch, images/s | ratio of the pairs, median (all) |")
print("|---|---|---|---|---|---|")
for (name, size, work), sides in rates.items():
    ours, peer = sides["ours"], sides["peer"]
    row = [name, size, work, f"{statistics.median(ours):.1f}" if ours else "–"]
    if peer and len(peer) == len(ours):
        ratios = [mine / theirs for mine, theirs in zip(ours, peer)]
        everyone = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        row += [f"{statistics.median(peer):.1f}", f"{statistics.median(ratios):.2f} ({everyone})"]
    else:
        row += ["", ""]
    print("| " + " | ".join(map(str, row)) + " |")
