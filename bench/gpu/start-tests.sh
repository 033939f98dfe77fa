#!/usr/bin/env bash
# Runs the tests with the tag cuda as a start script runs the program, which knows Java, natives and NVIDIA's libraries.
#
#   bench/gpu/start-tests.sh PROGRAM TESTS      PROGRAM: a script whose last line is 'exec JAVA … -cp PATH CLASS "$@"'; TESTS: what pack-tests.sh packed
set -euo pipefail
program="$1"; tests="$(cd "$2" && pwd)"
last="$(tail -n 1 "$program")"
case "$last" in exec*" -cp "*) ;; *) echo "start-tests.sh: $program does not end with 'exec JAVA … -cp PATH CLASS \"\$@\"'" >&2; exit 2 ;; esac
start="$(mktemp)"; trap 'rm -f "$start"' EXIT
head -n -1 "$program" > "$start"
# The class path with the tests', and JUnit in place of the program.
path="$(sed -E 's/.* -cp "([^"]*)".*/\1/' <<< "$last")"
java="$(sed -E 's/^exec (.*) -cp .*/\1/' <<< "$last")"
echo "$java -cp \"$path:$tests/core:$tests/nets:$(ls "$tests"/junit-platform-console-standalone-*.jar)\" org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree --include-tag cuda --scan-class-path \"$tests/nets\"" >> "$start"
bash "$start"
