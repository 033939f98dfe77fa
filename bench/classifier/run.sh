#!/usr/bin/env bash
# Images per second of every classifier's network, forward and in training, at its usual side; of three of them in alternation with eager PyTorch.
#
#   bench/classifier/run.sh [OPTION VALUE]...
#
#   --program COMMAND   what runs Lesionforge; default: ./lesionforge of this checkout
#   --python COMMAND    a Python that has PyTorch; default: /usr/bin/python3 (Debian: apt-get install python3-torch)
#   --rounds N          pairs of each comparison; default: 5
#   --batch N           images per step; default: 8
#   --steps N           timed steps of a measurement; default: 5
#   --threads N         of both; default: all cores
#   --size PIXELS       of all networks, to see that all of it runs; default: each network's own
#   --networks NAMES    with blanks between them; default: all
#   --out FOLDER        where every line that was measured is left; default: a new one below /tmp
#
# The machine must have nothing else to do. Exit code: 0 measured, 1 a measurement failed, 2 wrong usage.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
program="$here/../../lesionforge" python=/usr/bin/python3 rounds=5 batch=8 steps=5 threads="$(nproc)" size="" networks="" out=""
usage() { sed -n '2,16p' "${BASH_SOURCE[0]}" | cut -c3- >&2; exit 2; }
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --program) program="$2" ;; --python) python="$2" ;; --rounds) rounds="$2" ;; --batch) batch="$2" ;; --steps) steps="$2" ;;
    --threads) threads="$2" ;; --size) size="$2" ;; --networks) networks="$2" ;; --out) out="$2" ;;
    *) usage ;;
  esac
  shift 2
done
out="${out:-$(mktemp -d /tmp/lesionforge-classifiers-XXXXXX)}"; mkdir -p "$out"
lines="$out/lines.jsonl"; : > "$lines"
if [ -z "$networks" ]; then
  networks="$("$program" classify architectures --json | "$python" -c 'import json, sys; print(" ".join(n["name"] for n in json.load(sys.stdin)))')" || exit 1
fi
common=(--batch "$batch" --steps "$steps" --threads "$threads" ${size:+--size "$size"})
failed=0
measure() { # side of the pair, command...
  local side="$1" line; shift
  if line="$("$@" 2>> "$out/log.txt")"; then
    printf '{"side": "%s", "line": %s}\n' "$side" "$line" >> "$lines"
  else
    failed=1; echo "run.sh: failed: $* (see $out/log.txt)" >&2
  fi
}
for network in $networks; do
  for work in features train; do
    echo "run.sh: $network $work" >&2
    case "$network" in
      resnet-50 | densenet-121 | mobilenet-v2)
        for _ in $(seq "$rounds"); do
          measure ours "$program" bench classifier "$network" "$work" "${common[@]}"
          measure peer "$python" "$here/peer.py" "$network" "$work" "${common[@]}"
        done ;;
      *) measure ours "$program" bench classifier "$network" "$work" "${common[@]}" ;;
    esac
  done
done
"$python" "$here/table.py" < "$lines" || failed=1
echo "run.sh: every line is in $lines" >&2
exit "$failed"
