#!/usr/bin/env bash
# A whole session in the window under strace: no socket but the display's, the input method's,
# the accessibility bus's and the file dialogs'; files readable by their owner only; nothing left.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

if ! strace -qq -o /dev/null true 2>/dev/null; then
  echo 'strace may not trace here, so the session is not watched'
  exit 0
fi
start_display
umask 022
"$NIANBAO" demo "$desk/desk" --no-window >/dev/null
draft=$(find "$desk/desk" -name '*.nianbao')
chmod 600 "$draft"
state=$XDG_STATE_HOME/nianbao
recovery() { find "$state/recover" -type f -name '*.[ab]'; }
is_recoverable() { [[ -n $(recovery) ]]; }

runner=(strace -f -qq -e trace=network,execve -o "$desk/trace")
open_window "$draft"
turns F6
turns F6
types 123
turns Return
turns ctrl+z
turns ctrl+y
await '写下恢复文件' is_recoverable
open_to_others=$(find "$state" \( -type d -o -name '*.[ab]' \) -perm /077)
[[ -z $open_to_others ]] || fail "别人读不到：$open_to_others"
keys ctrl+s
await '保存以后没有恢复文件' sh -c "[ -z \"\$(find '$state/recover' -type f -name '*.[ab]')\" ]"
turns F1
turns Escape
keys ctrl+q
await '窗口关上' is_closed

left=$(find "$state/recover" -type f; find "$desk/desk" -name '.*' -type f)
[[ -z $left ]] || fail "什么都不留下：$left"
[[ $(stat -c %a "$draft") == 600 ]] || fail '草稿的权限不变'
[[ -n $(find "$state/history" -type f) ]] || fail '留下上一版'

sockets=$(grep -c 'socket(' "$desk/trace" || true)
foreign=$(grep 'socket(' "$desk/trace" | grep -v 'socket(AF_UNIX' || true)
[[ -z $foreign ]] || { echo "other sockets than local ones: $foreign" >&2; exit 1; }
# The C library asks its own local cache of user names (nscd), whoever uses it.
known='/tmp/\.X11-unix/|/tmp/\.ICE-unix/|dbus|/bus"|at-spi|fcitx|ibus|nscd/socket'
strangers=$(grep 'connect(' "$desk/trace" | grep -Ev "$known" || true)
[[ -z $strangers ]] || { echo "connected to: $strangers" >&2; exit 1; }
# The desktop is asked over its bus whether it is dark.
started=$(grep 'execve(' "$desk/trace" | grep -Ev "\"$NIANBAO\"|/dbus-(send|launch)\"" || true)
[[ -z $started ]] || { echo "started other programs: $started" >&2; exit 1; }
echo "$sockets sockets, all local: $(grep 'connect(' "$desk/trace" | grep -Eo "$known" | sort | uniq -c | tr '\n' ' ')"
