#!/usr/bin/env bash
# Measures what a card is for, beside PyTorch on the same card, prints one table, and runs the tests with the tag cuda: one call of at most
# ten minutes on a machine with a card.
#
#   bench/gpu/run.sh [OPTION VALUE]...
#
#   --program COMMAND   what runs Lesionforge; default: ./lesionforge of this checkout, which is to be built with -Pcuda before
#   --device DEVICE     cuda (default), cuda:N or cpu
#   --peer FILE         a script of PyTorch's with the functions dcgan and inception; default: $LESIONFORGE_PEER; without one there are no ratios
#   --tests FOLDER      what pack-tests.sh packed; default: tests beside the program; without it Maven runs the tests of this checkout
#   --weights FILE      of FID's network, by which FID, precision and recall are compared between card and CPU; without it they are not
#   --out FOLDER        where everything is left that was measured; default: a new one below /tmp
#   --minutes N         after which nothing more is begun; default: 10
#   --sizes full|tiny   tiny: to see that all of it runs, as on a CPU; its numbers mean nothing
#
# On a bare machine: build here, pack the program with its natives, and pack-tests.sh beside it; there unpack both, install NVIDIA's libraries
# (docs/guide/gpu.md) and run it with --program. Needs Python 3.9; the peer needs PyTorch and torchvision.
# Exit code: 0 measured, 1 a measurement or a test failed, 2 wrong usage, 4 no program.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
program="$root/lesionforge" device=cuda peer="${LESIONFORGE_PEER:-}" tests="" weights="" out="" minutes=10 sizes=full
usage() { sed -n '2,20p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2; }
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --program) program="$2" ;; --device) device="$2" ;; --peer) peer="$2" ;; --tests) tests="$2" ;; --weights) weights="$2" ;;
    --out) out="$2" ;; --minutes) minutes="$2" ;; --sizes) sizes="$2" ;; *) usage ;;
  esac
  shift 2
done
case "$sizes" in full | tiny) ;; *) usage ;; esac
case "$minutes" in '' | *[!0-9]*) usage ;; esac
command -v "$program" > /dev/null || { echo "run.sh: there is no program $program; name it with --program" >&2; exit 4; }
program="$(cd "$(dirname "$(command -v "$program")")" && pwd)/$(basename "$program")"
out="${out:-$(mktemp -d /tmp/lesionforge-gpu-XXXXXX)}"; mkdir -p "$out"; out="$(cd "$out" && pwd)"
lines="$out/lines.jsonl" log="$out/log.txt"; : > "$lines"; : > "$log"
deadline=$((SECONDS + 60 * minutes)) failed=0

say() { echo "run.sh: $*" >&2; }
left() { echo $((deadline - SECONDS)); }
within() { # command...: as long as there is time
  [ "$(left)" -gt 5 ] || { echo "no time is left for: $*" >> "$log"; return 124; }
  echo "+ $*" >> "$log"; timeout "$(left)" "$@" 2>> "$log"
}
failed() { # what: said, and in the exit code; the commands go on
  failed=1; say "$1: $([ "$(left)" -gt 5 ] && echo "see $log" || echo "no time was left, name more with --minutes")"
}
record() { # work, precision, JSON on stdin: a line of lines.jsonl
  python3 -c 'import json, sys
print(json.dumps(dict(work=sys.argv[1], precision=sys.argv[2], result=json.load(sys.stdin))))' "$@" >> "$lines" 2>> "$log"
}
ours() { # work, precision, command...
  local work="$1" precision="$2"; shift 2
  say "$work in $precision"
  within "$program" "$@" --device "$device" --precision "$precision" > "$out/last.json" && record "$work" "$precision" < "$out/last.json" \
    || failed "$work in $precision was not measured"
}

# TF32 is of cards.
case "$device" in cpu) rounded="float32 bfloat16" ;; *) rounded="tf32 bfloat16" ;; esac
if [ "$sizes" = full ]; then
  steps="--steps 40 --warmup 10" few="--steps 15 --warmup 5" side=64 batch=64 wide=128 narrow=64 inputs=128 trained=128 images=1990 seen=299 epochs=3 gan_epochs=20 whole="$rounded"
else
  steps="--steps 1 --warmup 0" few="$steps" side=16 batch=4 wide=8 narrow=4 inputs=2 trained=2 images=24 seen=75 epochs=1 gan_epochs=1
  # Without instructions for bfloat16 this step alone takes minutes.
  whole=float32
fi

"$program" --version >> "$log" 2>&1
within "$program" doctor >> "$log"
for precision in $rounded; do
  ours dcgan-wide $precision bench gan --size $side --width $wide --kernel 5 --batch $batch $steps
  ours dcgan-narrow $precision bench gan --size $side --width $narrow --kernel 4 --batch $batch $steps
done
for precision in $whole; do ours training $precision bench inception train --batch $trained $few; done
ours features float32 bench inception features --batch $inputs $few

# Whole commands, from files: what is drawn has nothing to learn, which takes as long.
python3 "$here/draw.py" "$out/images" $images $seen
within "$program" prepare "$out/images" --out "$out/data" --sizes "$side,$seen" --test 0.02 --validation 0 --quiet >> "$log" || failed "the images were not prepared"
ours gan-train bfloat16 gan train "$out/data" --class malignant --out "$out/gan" --size $side --width $wide --kernel 5 --batch $batch --epochs $gan_epochs \
  --snapshot-every $gan_epochs --json --quiet
say "classify train in bfloat16"
if within "$program" classify train "$out/data" --out "$out/classifier" --size $seen --epochs $epochs --batch $trained --micro-batch $trained \
  --device "$device" --precision bfloat16 --quiet >> "$log"; then
  python3 "$here/table.py" epochs "$out/classifier" | record classify-train bfloat16
else
  failed "classify train was not measured"
fi

if [ -n "$weights" ]; then
  for each in "$device" cpu; do
    say "FID, precision and recall on $each"
    within "$program" evaluate "$out/images/malignant" "$out/images/benign" --weights "$weights" --metrics fid,prdc --no-cache --device "$each" --json --quiet > "$out/fid-$each.json" || failed "FID was not measured on $each"
  done
  python3 "$here/table.py" alike "$out/fid-$device.json" "$out/fid-cpu.json" || failed "card and CPU are not alike"
else
  say "no --weights: FID, precision and recall of card and CPU are not compared"
fi

if [ -z "$peer" ]; then
  say "no --peer and no LESIONFORGE_PEER: nothing is measured beside PyTorch"
elif [ ! -f "$peer" ]; then
  say "there is no $peer: nothing is measured beside PyTorch"
elif [ "$device" = cpu ]; then
  say "the peer computes on a card alone: nothing is measured beside PyTorch"
else
  say "PyTorch"
  within python3 "$here/peers.py" "$peer" dcgan training features >> "$lines" || failed "PyTorch was not measured"
  # In float32, as ours: without TF32, which PyTorch's convolutions use.
  NVIDIA_TF32_OVERRIDE=0 within python3 "$here/peers.py" "$peer" exact-features >> "$lines" || failed "PyTorch's features in float32 were not measured"
fi

say "the tests with the tag cuda"
beside="$(dirname "$program")"
[ -n "$tests" ] || { [ -d "$beside/tests" ] && tests="$beside/tests"; }
if [ -n "$tests" ]; then
  # The program's own start script knows the natives and their libraries: its last line with another class path and class.
  within bash "$here/start-tests.sh" "$program" "$tests" > "$out/tests.txt" || failed "the tests did not succeed, $out/tests.txt"
else
  (cd "$root" && within mvn -B $([ "$device" = cpu ] || echo -Pcuda) -pl core,nets test -Dgroups=cuda -Dsurefire.failIfNoSpecifiedTests=false) > "$out/tests.txt" 2>&1 || failed "the tests did not succeed, $out/tests.txt"
fi
grep -E "tests (found|successful|aborted|failed)|Tests run|no card" "$out/tests.txt" | sort -u | tail -8 >&2

python3 "$here/table.py" table "$lines" | tee "$out/table.md"
[ "$sizes" = full ] || say "these were tiny sizes: the numbers mean nothing"
say "all of it is in $out"
exit $failed
