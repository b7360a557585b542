#!/usr/bin/env bash
# Files made to harm: each is read or refused with one line, within 5 seconds and 256 MB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
: "${NIANBAO:=$PWD/target/release/nianbao}"
export NIANBAO
exec python3 tests/e2e/hostile.py
