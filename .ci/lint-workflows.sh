#!/usr/bin/env bash
# Lints what lies in .github/workflows by actionlint, which Go builds once on a machine, outside of the repository. .ci/actionlint
# pins it and all that it needs by go.sum: another go.sum is another file.
set -euo pipefail
cd "$(dirname "$0")/actionlint"

sum="$(sha256sum go.sum | cut -c1-16)"
tool="${XDG_CACHE_HOME:-$HOME/.cache}/cmk-guardian/workflows/$sum/actionlint"
if [ ! -x "$tool" ]; then
  mkdir -p "$(dirname "$tool")"
  CGO_ENABLED=0 GOTOOLCHAIN=local go build -trimpath -o "$tool.$$" github.com/rhysd/actionlint/cmd/actionlint
  # Nobody sees a file that is half written.
  mv "$tool.$$" "$tool"
fi
cd ../..
# Other linters that are on the PATH of some machines must not decide: actionlint would call them.
"$tool" -shellcheck= -pyflakes=
echo "$(find .github/workflows -name '*.yml' | wc -l) workflows are as GitHub takes them"
