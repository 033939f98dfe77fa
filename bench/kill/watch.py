#!/usr/bin/env python3
"""Watches a 'gan train' through 'serve' as a browser does, while both are killed with SIGKILL again and again: the training is resumed, the server started
again at its port. At the end what the reader has must be the lines of the logs: none lost, none doubled, none of before a log was cut back.

Needs Python 3.9 and nothing else. Stands beside kill.py, whose images and training it takes.
"""

import argparse
import http.client
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import kill

LOGS = ["stats.jsonl", "metrics.jsonl", "alarms.jsonl"]


class Reader(threading.Thread):
    """Keeps the lines of all logs by the rules of the page, and comes back with the last id when its connection is gone."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.lines = [[] for _ in LOGS]
        self.last_id = None
        self.connections = self.resets = 0

    def run(self):
        while True:
            try:
                self.connect()
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)

    def connect(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        logs = "&".join(f"log=run/{log}" for log in LOGS)
        connection.request("GET", f"/api/events?{logs}", headers={"Last-Event-ID": self.last_id} if self.last_id else {})
        answer = connection.getresponse()
        self.connections += 1
        name, identifier, data = "", None, []
        for raw in answer:
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("id: "):
                identifier = line[4:]
            elif line.startswith("data: "):
                data.append(line[6:])
            elif not line:
                # Only a whole event counts: one that was cut off comes again.
                self.take(name, data)
                self.last_id = identifier or self.last_id
                name, identifier, data = "", None, []

    def take(self, name, data):
        if name == "reset":
            self.resets += 1
            self.lines[int(data[0])].clear()
        elif name == "lines":
            self.lines[int(data[0])].extend(data[1:])


def lines(log):
    return log.read_text().splitlines() if log.exists() else []


class Watched(kill.Gan):
    """A longer one, resumed from its snapshots: its logs are cut back."""

    def __init__(self, data):
        super().__init__(data)
        self.safe = []
        options = "--size 32 --width 4 --kernel 4 --batch 4 --latent 8 --epochs 1200 --snapshot-every 60 --seed 1".split()
        self.start = ["gan", "train", str(data), "--class", "malignant", *options, "--out", "run"]


class Server:
    def __init__(self, folder, environment, port):
        self.command = [str(kill.LAUNCHER), "serve", str(folder), "--port", str(port), "--quiet"]
        self.environment = environment
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.environment, stdout=subprocess.DEVNULL)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def killed(process, enough):
    """Kills a process once there is enough of its work; returns False where it came to its end before."""
    while process.poll() is None:
        if enough():
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
        time.sleep(0.05)
    if process.returncode != 0:
        raise kill.Failed(f"{' '.join(process.args)} ended with exit code {process.returncode}")
    return False


def watch(work, training_kills, server_kills, port, rng):
    program = kill.Program(work, rng)
    kill.write_spots(work / "spots", 0)
    program.run(work, ["prepare", "spots", "--out", "dataset", "--sizes", "32", "--validation", "0.2"])
    training = Watched(work / "dataset")
    folder = work / "runs"
    folder.mkdir()
    server = Server(folder, program.environment, port)
    reader = Reader(port)
    reader.start()
    ended = threading.Event()
    server_killed = []

    def harass():
        # Once the reader has some more lines, so that the server's next process finds it in their midst.
        for _ in range(server_kills):
            enough = sum(map(len, reader.lines)) + rng.randrange(20, 200)
            while sum(map(len, reader.lines)) < enough:
                if ended.wait(0.05):
                    return
            server.kill()
            server_killed.append(enough)
            server.start()

    harasser = threading.Thread(target=harass)
    harasser.start()
    command, training_killed, written = training.first(), 0, 0
    while True:
        process = subprocess.Popen(
            [str(kill.LAUNCHER), *command, "--quiet"], cwd=folder, env=program.environment, stdout=subprocess.DEVNULL
        )
        # Between two snapshots, so that the log goes back to the first of them.
        written += rng.randrange(300, 500)
        log = folder / "run" / LOGS[0]
        if not killed(process, lambda: training_killed < training_kills and len(lines(log)) >= written):
            break
        training_killed += 1
        command = training.again(folder)
    ended.set()
    harasser.join()
    logs = [lines(folder / "run" / log) for log in LOGS]
    end = time.monotonic() + 60
    while reader.lines != logs and time.monotonic() < end:
        time.sleep(0.2)
    server.kill()
    print(
        f"{training_killed} kills of the training, {len(server_killed)} of the server, {reader.connections - 1} reconnections"
        f", {reader.resets} times a log was cut back",
        flush=True,
    )
    for name, there, got in zip(LOGS, logs, reader.lines):
        print(f"{name}: {len(there)} lines, the reader has {len(got)}", flush=True)
        if there != got:
            raise kill.Failed(f"{name} and what the reader has of it differ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--training-kills", type=int, default=3, metavar="N")
    parser.add_argument("--server-kills", type=int, default=3, metavar="N")
    parser.add_argument("--port", type=int, default=8799)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="lesionforge-watch-"))
    try:
        watch(work, options.training_kills, options.server_kills, options.port, random.Random(options.seed))
    except kill.Failed as failure:
        print(f"FAILED: {failure}\neverything is kept in {work}", file=sys.stderr)
        return 1
    shutil.rmtree(work)
    print("nothing lost, nothing doubled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
