#!/usr/bin/env bash
# A whole session in the window under strace: no socket but the display's, the input method's,
# the accessibility bus's and the file dialogs'; files readable by their owner only; nothing left.
set -euo pipefail
program=${NIANBAO:-target/release/nianbao}
program=$(realpath "$program")

if ! strace -qq -o /dev/null true 2>/dev/null; then
  echo 'strace may not trace here, so the session is not watched'
  exit 0
fi
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
export DISPLAY=":$number" HOME="$work/home" XDG_RUNTIME_DIR="$work/run" LIBGL_ALWAYS_SOFTWARE=1
export XDG_STATE_HOME="$work/home/.local/state" XDG_CONFIG_HOME="$work/home/.config"
unset NIANBAO_HOME DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY
mkdir -p "$HOME" -m 700 "$XDG_RUNTIME_DIR"
openbox >/dev/null 2>&1 &
pids+=($!)

umask 022
"$program" demo "$work/desk" --no-window >/dev/null
draft=$(find "$work/desk" -name '*.nianbao')
chmod 600 "$draft"

strace -f -qq -e trace=network,execve -o "$work/trace" "$program" "$draft" 2>"$work/errors" &
pids+=($!)
window=''
for _ in $(seq 300); do
  window=$(xdotool search --onlyvisible --pid "$(pgrep -o -P "${pids[-1]}")" 2>/dev/null | tail -1 || true)
  [[ -n $window ]] && break
  sleep 0.2
done
[[ -n $window ]] || { echo 'no window came up' >&2; cat "$work/errors" >&2; exit 1; }
sleep 3
xdotool windowactivate "$window" 2>/dev/null || true
press() { xdotool key --delay 60 "$@"; sleep 0.8; }
press F6
press F6
xdotool type --delay 40 '123'
press Return
press ctrl+z
press ctrl+y
sleep 2
# What is typed is in a recovery file of the owner's only, by now.
recovery=$(find "$XDG_STATE_HOME/nianbao/recover" -type f -name '*.[ab]')
[[ -n $recovery ]] || { echo 'no recovery file was written' >&2; exit 1; }
open_to_others=$(find "$XDG_STATE_HOME/nianbao" \( -type d -o -name '*.[ab]' \) -perm /077)
[[ -z $open_to_others ]] || { echo "others may read: $open_to_others" >&2; exit 1; }
press ctrl+s
press F1
press Escape
press ctrl+q
for _ in $(seq 100); do
  kill -0 "${pids[-1]}" 2>/dev/null || break
  sleep 0.2
done
if kill -0 "${pids[-1]}" 2>/dev/null; then echo 'the window did not close' >&2; exit 1; fi

left=$(find "$XDG_STATE_HOME/nianbao/recover" -type f; find "$work/desk" -name '.*' -type f)
[[ -z $left ]] || { echo "left behind: $left" >&2; exit 1; }
[[ $(stat -c %a "$draft") == 600 ]] || { echo 'the draft lost its permissions' >&2; exit 1; }
[[ -n $(find "$XDG_STATE_HOME/nianbao/history" -type f) ]] || { echo 'no history was kept' >&2; exit 1; }

sockets=$(grep -c 'socket(' "$work/trace" || true)
foreign=$(grep 'socket(' "$work/trace" | grep -v 'socket(AF_UNIX' || true)
[[ -z $foreign ]] || { echo "other sockets than local ones: $foreign" >&2; exit 1; }
# The C library asks its own local cache of user names (nscd), whoever uses it.
known='/tmp/\.X11-unix/|/tmp/\.ICE-unix/|dbus|/bus"|at-spi|fcitx|ibus|nscd/socket'
strangers=$(grep 'connect(' "$work/trace" | grep -Ev "$known" || true)
[[ -z $strangers ]] || { echo "connected to: $strangers" >&2; exit 1; }
# The desktop is asked over its bus whether it is dark.
started=$(grep 'execve(' "$work/trace" | grep -Ev "\"$program\"|/dbus-(send|launch)\"" || true)
[[ -z $started ]] || { echo "started other programs: $started" >&2; exit 1; }
echo "$sockets sockets, all local: $(grep 'connect(' "$work/trace" | grep -Eo "$known" | sort | uniq -c | tr '\n' ' ')"
