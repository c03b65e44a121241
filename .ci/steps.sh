# shellcheck shell=bash
# How .ci/run runs its steps: each says its name and, when it has ended, its seconds. The first that fails ends the run.
#
#   step NAME COMMAND…               a check that nothing excuses
#   optional_step NAME FIND CHECK    a check whose tool may be missing, for example optional_step 'Go' 'on_path go' check_go
#   finish                           all seconds, and whether the run stayed within its time
#   count_tests TEST EXHAUSTIVE      how many tests passed, by two results files of Vitest
#
# FIND prints where the tool is, or calls `skip` because the tool is not to be had. CHECK is called with what FIND printed. Nobody
# but FIND may skip: a check that skips itself though its tool is there has checked nothing, and fails.

LIMIT_SECONDS=5100
# What a command exits with that has skipped itself, as in Automake and Meson.
SKIPPED=77
ended=()

skip() {
  echo "skipped: $1"
  exit "$SKIPPED"
}

on_path() { command -v "$1" || skip "there is no $1 on the PATH"; }

step() {
  local name=$1
  shift
  begin "$name"
  attempt "$@"
  end "$name" "$status"
}

optional_step() {
  local name=$1 find=$2 check=$3 tool
  begin "$name"
  set +e
  # shellcheck disable=SC2086 # FIND is a command with its arguments.
  tool="$(set -euo pipefail; $find)"
  status=$?
  set -e
  if [ "$status" -eq "$SKIPPED" ]; then
    echo "$tool"
    end "$name ($tool)" 0
    return
  fi
  if [ "$status" -eq 0 ]; then attempt "$check" "$tool"; else echo "$tool"; fi
  end "$name" "$status"
}

finish() {
  print_seconds
  if [ "$SECONDS" -gt "$LIMIT_SECONDS" ]; then
    echo "failed: the run took more than its $LIMIT_SECONDS s"
    exit 1
  fi
}

# Adds up what Vitest has counted. A test that was skipped has checked nothing, but for those of the exhaustive suite that
# `npm test` has passed minutes before. The Node is the one that npm has installed: the Node of the machine may be too old for TypeScript.
count_tests() { node_modules/.bin/node test/run/count-tests.ts "$1" "$2"; }

begin() {
  printf '\n== %s\n' "$1"
  step_began=$SECONDS
}

# Runs a command, and keeps its exit code in `status`. Within `if` or `||` bash would not stop at the first failure in it.
attempt() {
  set +e
  (
    set -euo pipefail
    "$@"
  )
  status=$?
  set -e
}

end() {
  local seconds=$((SECONDS - step_began))
  ended+=("$(printf '%6d s  %s' "$seconds" "$1")")
  echo "-- $1: $seconds s"
  if [ "$2" -eq 0 ]; then return; fi
  if [ "$2" -eq "$SKIPPED" ]; then echo "failed: $1 was skipped, and nothing excuses it"; fi
  print_seconds
  echo "failed: $1"
  exit 1
}

print_seconds() {
  printf '\n== seconds\n'
  printf '%s\n' "${ended[@]}"
  printf '%6d s  in all, of %d\n' "$SECONDS" "$LIMIT_SECONDS"
}
