#!/usr/bin/env bash
# The window is killed while a clerk types; what was typed two seconds before is recovered.
set -euo pipefail
program=${NIANBAO:-target/release/nianbao}
program=$(realpath "$program")
rounds=${NIANBAO_WINDOW_KILLS:-3}
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

# Xvfb says itself which display it took.
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
pids+=($!)
read -r number <"$work/display"
export DISPLAY=":$number" NIANBAO_HOME="$work/data" LIBGL_ALWAYS_SOFTWARE=1
openbox >/dev/null 2>&1 &
pids+=($!)

for round in $(seq "$rounds"); do
  rm -rf "$work/data" "$work/draft.nianbao"
  "$program" new --issuer '青山镇人民政府' --year 2025 -o "$work/draft.nianbao"
  "$program" "$work/draft.nianbao" 2>"$work/errors" &
  own=$!
  window=''
  for _ in $(seq 300); do
    window=$(xdotool search --onlyvisible --pid "$own" 2>/dev/null | tail -1 || true)
    [[ -n $window ]] && break
    sleep 0.2
  done
  [[ -n $window ]] || { echo 'no window came up' >&2; cat "$work/errors" >&2; exit 1; }
  sleep 2
  xdotool windowactivate "$window" 2>/dev/null || true
  xdotool key F6
  sleep 1
  typed="seen$round$RANDOM"
  xdotool type --delay 60 "$typed"
  sleep 2.5
  xdotool type --delay 60 'unseen'
  kill -9 "$own"
  wait "$own" 2>/dev/null || true
  list=$("$program" recover)
  [[ $list == *青山镇人民政府2025年*draft.nianbao ]] || { echo "round $round: offered: $list" >&2; exit 1; }
  "$program" recover 1 -o "$work/recovered.nianbao"
  grep -q "$typed" "$work/recovered.nianbao" || { echo "round $round: lost $typed" >&2; exit 1; }
  "$program" check "$work/draft.nianbao" --format json >/dev/null || [[ $? == 1 ]]
done
echo "$rounds windows killed, nothing lost that was typed two seconds before"
