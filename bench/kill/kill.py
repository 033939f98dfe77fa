#!/usr/bin/env python3
"""Kills 'gan train', 'classify train' and 'experiment' with SIGKILL at random moments, resumes them until they have finished, and compares what they leave with
an uninterrupted run: every file must be there, and be the same byte for byte but for times, log and provenance.

Needs Python 3.9 and nothing else. The same seed kills at the same moments of the clock; where in the work that is depends on the machine.
"""

import argparse
import base64
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "lesionforge"

# What tells the time or the machine.
LEFT_OUT = {"log.txt", "seconds.txt", "provenance.json"}
TIMES = {"seconds", "training_seconds"}
DATE_IN_TEXT = re.compile(rb"\d{4}-\d\d-\d\d(, \d\d:\d\d UTC|T\d\d:\d\d:\d\dZ)")
CSV_IN_PAGE = re.compile(rb"data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)")
TIME_IN_TEXT = re.compile(rb"(\d+(\.\d+)?\s?(ms|s|min|h|seconds?|minutes?|hours?)\b\s?)+")


def write_png(path, pixels, side):
    """An RGB image without filters."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + pixels[3 * side * y : 3 * side * (y + 1)] for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def write_spots(folder, seed):
    """Coloured discs on one another, no two images alike: 20 of many small ones, 12 of few large ones."""
    rng = random.Random(seed)
    side = 80
    for name, count, discs, radius in (("benign", 20, 24, 9), ("malignant", 12, 9, 18)):
        for i in range(count):
            skin = tuple(rng.randrange(256) for _ in range(3))
            image = [[skin] * side for _ in range(side)]
            for _ in range(discs):
                x0, y0, r = rng.randrange(side), rng.randrange(side), rng.uniform(0.5, 1.5) * radius
                colour = tuple(rng.randrange(256) for _ in range(3))
                for y in range(side):
                    for x in range(side):
                        if (x - x0) ** 2 + (y - y0) ** 2 < r * r:
                            image[y][x] = colour
            pixels = bytes(channel for row in image for colour in row for channel in colour)
            write_png(folder / name / f"{i:02d}.png", pixels, side)


class Failed(Exception):
    pass


class Program:
    """Calls of the program, and their unnatural ends."""

    def __init__(self, work, rng):
        self.work = work
        self.rng = rng
        self.environment = dict(os.environ, LESIONFORGE_HOME=str(work / "cache"))

    def run(self, folder, arguments, limit=None):
        """Returns whether it came to its end; with a limit it is killed then, if it is not there yet."""
        folder.mkdir(parents=True, exist_ok=True)
        with open(self.work / "stderr.txt", "wb") as err:
            process = subprocess.Popen(
                [str(LAUNCHER), *arguments, "--quiet"],
                cwd=folder,
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=err,
            )
            try:
                process.wait(limit)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return False
        if process.returncode != 0:
            said = (self.work / "stderr.txt").read_text()
            raise Failed(f"{' '.join(arguments)} ended with exit code {process.returncode}:\n{said}")
        return True


def without_times(value):
    if isinstance(value, dict):
        # A checkpoint's own checksum is over its time too.
        own = {"sha256"} if "training_seconds" in value else set()
        return {key: without_times(each) for key, each in value.items() if key not in TIMES | own}
    return [without_times(each) for each in value] if isinstance(value, list) else value


def without_moments(page):
    """A page without times and dates, in the tables that it has for downloading, too."""
    whole = CSV_IN_PAGE.sub(lambda link: base64.b64decode(link.group(1)), page)
    return TIME_IN_TEXT.sub(b"(time)", DATE_IN_TEXT.sub(b"(date)", whole))


def content(path):
    data = path.read_bytes()
    if path.suffix == ".json":
        return json.dumps(without_times(json.loads(data)))
    if path.suffix == ".jsonl" and b'"seconds"' in data:
        return [json.dumps(without_times(json.loads(line))) for line in data.splitlines()]
    if path.suffix == ".html":
        return without_moments(data)
    return data


def files(run):
    found = {str(path.relative_to(run)): path for path in run.rglob("*") if path.is_file()}
    return {name: path for name, path in found.items() if path.name not in LEFT_OUT}


def compare(expected, actual):
    """Returns how many files were compared."""
    reference, killed = files(expected), files(actual)
    if reference.keys() != killed.keys():
        missing, more = sorted(reference.keys() - killed.keys()), sorted(killed.keys() - reference.keys())
        raise Failed(f"{actual} lacks {missing} and has {more} beside what {expected} has")
    differing = [name for name in sorted(reference) if content(reference[name]) != content(killed[name])]
    if differing:
        raise Failed(f"{actual} differs from {expected} in {differing}")
    return len(reference)


class Training:
    """A training that a command of its own resumes."""

    def __init__(self, noun, arguments):
        self.name = noun + " train"
        self.noun = noun
        # After every step, so that most kills find the program while it writes one.
        self.safe = ["--checkpoint-every", "0"]
        self.start = [noun, "train", *arguments, "--out", "run", *self.safe]

    def first(self):
        return self.start

    def again(self, folder):
        if (folder / "run" / "training-ids.txt").exists():
            return [self.noun, "resume", "run", *self.safe]
        # Killed before it was a run: somebody would remove it and start again.
        shutil.rmtree(folder / "run", ignore_errors=True)
        return self.first()


class Gan(Training):
    def __init__(self, data):
        options = "--size 32 --width 4 --kernel 4 --batch 4 --latent 8 --ema 50 --seed 1".split()
        options += "--epochs 16 --snapshot-every 4".split()
        super().__init__("gan", [str(data), "--class", "malignant", *options])

    def finished(self, folder):
        return (folder / "run" / "best.json").exists()


class Classifier(Training):
    """The whole network, with what the optimiser remembers, the weights' average and the best epoch."""

    def __init__(self, data):
        options = "--size 75 --batch 8 --epochs 2 --optimizer adamw --ema 0.9 --select best-loss --seed 1".split()
        super().__init__("classify", [str(data), *options])

    def finished(self, folder):
        # Resuming a finished run is no mistake, and needed where it was killed before its checkpoints were deleted.
        return False


class Experiment:
    name = "experiment"
    arms = "none,dcgan"
    generator = "--gan-width 4 --gan-epochs 8 --gan-snapshot-every 4 --checkpoint-every 0"

    def __init__(self, data):
        self.start = ["experiment", str(data), "--out", "run", "--arms", self.arms]
        self.start += "--size 75 --epochs 1 --batch 8 --gan-size 16 --gan-kernel 4 --gan-batch 4".split()
        self.start += [*self.generator.split(), "--max-similarity", "1", "--no-models", "--accept-bad-generator"]

    def first(self):
        return self.start

    def finished(self, folder):
        return False

    def again(self, folder):
        return [*self.start, "--resume"]


class FilteredExperiment(Experiment):
    """The classifier of the first arm chooses among a generator's images: it must be kept, and choose the same again."""

    name = "filtered experiment"
    arms = "none,dcgan:3+filtered"
    # Long enough for the classifier to accept a few.
    generator = "--gan-preset small-data --gan-width 8 --gan-epochs 500 --gan-snapshot-every 250"


def check(kind, kills, program):
    """Kills again and again until there were that many; every run is finished and compared."""
    reference = program.work / kind.name.replace(" ", "-") / "reference"
    begun = time.monotonic()
    program.run(reference, kind.first())
    seconds = time.monotonic() - begun
    print(f"{kind.name}: {seconds:.1f} s without a kill", flush=True)
    done = 0
    number = 0
    while done < kills:
        number += 1
        folder = reference.with_name(f"killed-{number}")
        moments = []
        command = kind.first()
        while not kind.finished(folder):
            # Once there were enough, it may come to its end.
            limit = program.rng.uniform(0, 1.2 * seconds) if done < kills else None
            begun = time.monotonic()
            if program.run(folder, command, limit):
                if not moments:
                    # The machine has become faster: later kills would come too late.
                    seconds = min(seconds, time.monotonic() - begun)
                break
            done += 1
            moments.append(f"{limit:.1f}")
            command = kind.again(folder)
        count = compare(reference / "run", folder / "run")
        print(
            f"{kind.name}, run {number}: {len(moments)} kills (after {' '.join(moments)} s), {count} files the same"
            f"; {done} of {kills} kills",
            flush=True,
        )
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gan-kills", type=int, default=50, metavar="N")
    parser.add_argument("--classify-kills", type=int, default=10, metavar="N")
    parser.add_argument("--experiment-kills", type=int, default=10, metavar="N")
    parser.add_argument("--filtered-kills", type=int, default=10, metavar="N", help="of an experiment with a filtered arm")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, help="folder for everything; kept. Without it a temporary one")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="lesionforge-kill-"))
    work.mkdir(parents=True, exist_ok=True)
    program = Program(work.resolve(), random.Random(options.seed))
    try:
        # The same whatever the seed: of others the classifier may accept no generator's image.
        write_spots(program.work / "spots", 0)
        data = program.work / "dataset"
        program.run(program.work, ["prepare", "spots", "--out", "dataset", "--sizes", "16,32,75", "--validation", "0.2"])
        if options.gan_kills:
            check(Gan(data), options.gan_kills, program)
        if options.classify_kills:
            check(Classifier(data), options.classify_kills, program)
        if options.experiment_kills:
            check(Experiment(data), options.experiment_kills, program)
        if options.filtered_kills:
            check(FilteredExperiment(data), options.filtered_kills, program)
    except Failed as failure:
        print(f"FAILED: {failure}\neverything is kept in {work}", file=sys.stderr)
        return 1
    if not options.work:
        shutil.rmtree(work)
    print("all as without a kill")
    return 0


if __name__ == "__main__":
    sys.exit(main())
