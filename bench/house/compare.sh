#!/usr/bin/env bash
# Proof that moving code changes no number: runs this working tree and the last commit before the walls were moved on the same phantoms,
# with the same names of folders, and compares what they leave, byte for byte but for what compare.py lists with a reason.
#
#   bench/house/compare.sh [WORK]     WORK: a folder for builds and runs, kept; the build of the older commit in it is used again
#
# Needs git, JDK, Maven, Python 3.9 and the network of FID in ../shared. About 7 minutes on two cores, 3 where the older
# build and its runs are there already. Exit code: 0 all as before, 1 not, 4 something needed is missing.
set -euo pipefail

# The last commit before the walls were moved.
BEFORE_HOUSE=443cffdaf47ab2cafbb52e2f218ec04ed2a87574
# What "files of version 0.1" are made with.
VERSION_01=0d8d9fa5859b59a2eddade756beb29bb9783d095

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mkdir -p "${1:-/tmp/lesionforge-house}" && cd "${1:-/tmp/lesionforge-house}" && pwd)"
# Both sides with as many threads as each other, and sums in the same order.
export OMP_NUM_THREADS=2

build() { # commit, name
  [ -d "$work/$2" ] || git -C "$root" worktree add --quiet --detach "$work/$2" "$1"
  [ "$(git -C "$work/$2" rev-parse HEAD)" = "$1" ] || { echo "$work/$2 is not at $1: remove it with 'git worktree remove'"; exit 1; }
  "$work/$2/lesionforge" --version > /dev/null
}

draw() { # Once, by the older build: where the class lies changes.
  [ -f "$work/phantoms/metadata.csv" ] && return
  rm -rf "$work/phantoms" "$work/Draw.java"
  cat > "$work/Draw.java" << 'JAVA'
import java.nio.file.Path;
import org.lesionforge.data.phantom.PhantomOptions;
import org.lesionforge.data.phantom.Phantoms;
import org.lesionforge.io.Progress;

class Draw {
    public static void main(String[] arguments) throws Exception {
        Phantoms.write(Path.of(arguments[0]), new PhantomOptions(40, 24, 0.25, 96, 7), Progress.SILENT);
    }
}
JAVA
  java -cp "$work/before/app/target/lesionforge.jar" "$work/Draw.java" "$work/phantoms"
}

# Kills a GAN's training when it has logged its 20th step or so, and resumes it.
killed_and_resumed() { # launcher, arguments of gan train
  local launcher="$1"
  shift
  "$launcher" "$@" --out gan-killed --quiet &
  local pid=$! lines=0
  while [ "$lines" -lt 20 ] && kill -0 "$pid" 2> /dev/null; do
    sleep 0.05
    lines=$(wc -l 2> /dev/null < gan-killed/stats.jsonl || echo 0)
  done
  kill -9 "$pid" 2> /dev/null && echo "    killed after $lines lines of stats.jsonl"
  wait "$pid" 2> /dev/null || true
  # On a fast machine it was finished before.
  [ -f gan-killed/best.json ] || "$launcher" gan resume gan-killed --quiet > gan-resume.txt
}

# What the older build does by itself, and this one when asked.
as_before() { # launcher
  [ "$1" != "$root/lesionforge" ] || echo --recipe paper --no-match-acquisition
}

steps() { # launcher; in the current folder
  local lf="$1" gan="gan train dataset --class malignant --size 32 --width 4 --kernel 4 --batch 4 --latent 8 --ema 100 --seed 3"
  export LESIONFORGE_HOME="$PWD/cache"
  "$lf" prepare ../phantoms --labels ../phantoms/metadata.csv --id-column image_id --label-column label --group-column lesion_id \
    --path-column path --sizes 32,75 --test 0.25 --validation 0.15 --out dataset --quiet > prepare.txt
  # shellcheck disable=SC2086
  "$lf" $gan --epochs 3 --snapshot-every 1 --checkpoint-every 0 --out gan --quiet > gan-train.txt
  # shellcheck disable=SC2086
  killed_and_resumed "$lf" $gan --epochs 12 --snapshot-every 3 --checkpoint-every 0
  "$lf" gan sample gan --count 12 --seed 5 --out synthetic --quiet > sample.txt
  "$lf" gan interpolate gan --latents 3 --steps 3 --out interpolation --quiet > interpolate.txt
  "$lf" audit dataset --out audit --quiet > audit.txt || [ $? = 1 ]
  "$lf" classify train dataset --add synthetic --size 75 --epochs 2 --batch 8 --out classifier --quiet > classify-train.txt
  "$lf" classify evaluate classifier dataset --json --predictions test-predictions.csv --quiet > classify-evaluate.json
  "$lf" classify predict classifier ../phantoms --out predictions.csv --quiet > predict.txt
  # A classifier and a GAN of version 0.1 are read as they were.
  "$lf" classify predict ../of-0.1/classifier ../phantoms --out predictions-of-0.1.csv --quiet > predict-of-0.1.txt
  "$lf" gan sample ../of-0.1/gan --count 4 --seed 5 --out synthetic-of-0.1 --quiet > sample-of-0.1.txt
  "$lf" evaluate ../phantoms/malignant synthetic --metrics fid,kid,prdc,memorisation --metric-weights "$weights" --features 64 --out quality --quiet > evaluate.txt
  # shellcheck disable=SC2046
  "$lf" experiment dataset --arms none,dcgan --seeds 0,1 --size 75 --epochs 1 --batch 8 --gan-size 32 --gan-width 4 --gan-kernel 4 \
    --gan-batch 4 --gan-epochs 4 --gan-snapshot-every 2 --max-similarity 1 --accept-bad-generator $(as_before "$lf") --out run --quiet > experiment-tables.txt
}

run() { # launcher, name
  rm -rf "${work:?}/$2"
  mkdir "$work/$2"
  (cd "$work/$2" && steps "$1")
}

of_version_01() {
  [ -f "$work/of-0.1/finished" ] && return
  build "$VERSION_01" build-0.1
  rm -rf "$work/of-0.1"
  mkdir "$work/of-0.1"
  (
    cd "$work/of-0.1"
    lf="$work/build-0.1/lesionforge"
    export LESIONFORGE_HOME="$PWD/cache"
    "$lf" prepare ../phantoms --labels ../phantoms/metadata.csv --id-column image_id --label-column label --group-column lesion_id \
      --path-column path --sizes 32,75 --test 0.25 --validation 0.15 --out dataset --quiet > prepare.txt
    "$lf" gan train dataset --class malignant --size 32 --width 4 --kernel 4 --batch 4 --latent 8 --epochs 3 --out gan --quiet > gan.txt
    "$lf" classify train dataset --size 75 --epochs 1 --batch 8 --out classifier --quiet > classify.txt
    touch finished
  )
}

weights="$root/../shared/weights/fid_inception_2015_12_05_to_mixed_6e.safetensors"
[ -f "$weights" ] || { echo "needs the network of FID: $weights is not there"; exit 4; }
echo "building both"
build "$BEFORE_HOUSE" before
"$root/lesionforge" --version > /dev/null
draw
of_version_01
if [ ! -f "$work/before-runs/finished" ]; then
  echo "running the older build ($BEFORE_HOUSE)"
  run "$work/before/lesionforge" before-runs
  touch "$work/before-runs/finished"
fi
echo "running this working tree ($(git -C "$root" describe --always --dirty))"
run "$root/lesionforge" now-runs
python3 "$root/bench/house/compare.py" "$work/before-runs" "$work/now-runs"
