#!/usr/bin/env bash
# Packs the tests of this checkout, compiled, with what runs them into one archive: a folder tests, to be unpacked beside a packed program.
#
#   bench/gpu/pack-tests.sh OUT.tar
set -euo pipefail
out="${1:?name the archive}"; out="$(cd "$(dirname "$out")" && pwd)/$(basename "$out")"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
junit="$(grep -A 1 '<artifactId>junit-bom</artifactId>' "$root/pom.xml" | grep -o '[0-9][0-9.]*[0-9]')"
work="$(mktemp -d)"; trap 'rm -rf "$work"' EXIT
mkdir "$work/tests"
(cd "$root" && mvn -q -B -pl core,nets test-compile)
for module in core nets; do cp -r "$root/$module/target/test-classes" "$work/tests/$module"; done
mvn -q -B dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:$junit" -DoutputDirectory="$work/tests"
tar -C "$work" -cf "$out" tests
