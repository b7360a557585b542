# A desk for the window: a private X display with a window manager, a private home, and a draft that is open on it.
# Sourced by the scripts beside it; NIANBAO_RENDERER=glow has OpenGL draw the window instead of the program. Nothing here waits for a time, only for a condition within one.
set -euo pipefail
export LC_ALL=C.UTF-8 LANG=C.UTF-8
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
desk=$(mktemp -d)
export HOME=$desk/home XDG_CONFIG_HOME=$desk/config XDG_DATA_HOME=$desk/data XDG_CACHE_HOME=$desk/cache XDG_STATE_HOME=$desk/state XDG_RUNTIME_DIR=$desk/run
mkdir -p "$HOME" "$XDG_CONFIG_HOME" "$XDG_DATA_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
# What the program would otherwise take from the desk of whoever runs this.
unset NIANBAO_HOME XMODIFIERS GTK_IM_MODULE QT_IM_MODULE INPUT_METHOD WAYLAND_DISPLAY WAYLAND_SOCKET DBUS_SESSION_BUS_ADDRESS
draft=$desk/draft.nianbao
pids=()
window=

leave_desk() {
  local status=$? pid
  if ((status)) && [[ -n ${KEEP_SCREEN:-} && -n ${DISPLAY:-} ]]; then
    import -window root "$KEEP_SCREEN" || true
  fi
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$desk" || true
  exit "$status"
}
trap leave_desk EXIT

fail() {
  echo "没有做到：$1" >&2
  cat "$desk"/program.log >&2 2>/dev/null || true
  exit 1
}

# Waits until a command succeeds: await <what> <command…>
await() {
  local what=$1 end=$((SECONDS + ${PATIENCE:-60}))
  shift
  until "$@" >"$desk/await.log" 2>&1; do
    ((SECONDS < end)) || fail "$what：$(<"$desk/await.log")"
    sleep 0.1
  done
}

start_display() {
  local number=$desk/display
  Xvfb -displayfd 3 -screen 0 1366x768x24 -noreset -nolisten tcp 3>"$number" 2>"$desk/xvfb.log" &
  pids+=($!)
  await '启动Xvfb' test -s "$number"
  DISPLAY=:$(<"$number")
  export DISPLAY
  await '连上Xvfb' xdpyinfo
  # On a busy machine a key may be let go of so late that it would repeat itself.
  xset r off
  openbox >"$desk/openbox.log" 2>&1 &
  pids+=($!)
  await '启动openbox' xprop -root -notype _NET_SUPPORTING_WM_CHECK
  await '启动openbox' sh -c 'xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 0x'
}

# A bus of its own without services, so that nothing is started on it unasked.
start_bus() {
  printf '%s\n' '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"' \
    '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">' \
    "<busconfig><type>session</type><listen>unix:path=$desk/bus</listen><policy context=\"default\">" \
    '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>' \
    >"$desk/bus.conf"
  dbus-daemon --config-file="$desk/bus.conf" --nofork >"$desk/bus.log" 2>&1 &
  pids+=($!)
  await '启动D-Bus' test -S "$desk/bus"
  export DBUS_SESSION_BUS_ADDRESS=unix:path=$desk/bus
}

# Opens the draft in the program and waits until its window has the focus; `runner` may start it for us.
runner=()
open_window() {
  "${runner[@]}" "$NIANBAO" "$@" >"$desk/program.log" 2>&1 &
  program=$!
  pids+=("$program")
  await '打开窗口' is_open
  window=$(xdotool search --onlyvisible --class nianbao | tail -n 1)
  await '窗口得到焦点' has_focus
}

is_open() {
  [[ -n $(xdotool search --onlyvisible --class nianbao) ]]
}

is_gone() {
  ! is_open
}

has_focus() {
  xdotool windowactivate "$window" && [[ $(xdotool getwindowfocus) == "$window" ]]
}

is_closed() {
  ! kill -0 "$program"
}

title() {
  xdotool getwindowname "$window"
}

says() {
  [[ $(title) =~ $1 ]]
}

keys() {
  xdotool key --delay 60 "$@"
}

screen() {
  import -window root rgb:- | md5sum
}

# Waits until the window has done all it was asked for and is at rest.
rest() {
  local before after end=$((SECONDS + 60))
  before=$(screen)
  while sleep 0.3 && after=$(screen) && [[ $after != "$before" ]]; do
    before=$after
    ((SECONDS < end)) || fail '窗口静下来'
  done
}

# Lays something down as another program: what it holds is pasted only while it runs.
lay_down() {
  printf "$1" | xclip -quiet -selection clipboard >/dev/null 2>&1 &
  pids+=($!)
  await '另一个程序放到剪贴板' holds "$(printf "$1" | tr -d '\r')"
}

# Whether another program reads this on the clipboard.
holds() {
  [[ $(timeout 5 xclip -out -selection clipboard | tr -d '\r') == "$1" ]]
}

# Presses keys and waits until the window shows something else and is at rest again: turns <keys…>
turns() {
  local before after end=$((SECONDS + 30))
  before=$(screen)
  keys "$@"
  while after=$(screen) && [[ $after == "$before" || $after != "$(screen)" ]]; do
    ((SECONDS < end)) || fail "按$*有反应"
  done
}

types() {
  xdotool type --delay 60 "$1"
}

# Prints what the saved draft holds: saved <Python expression over the report>
saved() {
  "$NIANBAO" export "$draft" --to json -o - | python3 -c "import json, sys; report = json.load(sys.stdin); print($1)"
}

# Prints a text of the saved draft, its line ends as ⏎.
text_of() {
  saved "next((s['text'] for s in report['sections'] if s['id'] == '$1'), '').replace('\n', '⏎')"
}

# Saves until the draft holds what is expected: expect <what> <expected> <command that prints it…>
expect() {
  local what=$1 expected=$2 found end=$((SECONDS + 30))
  shift 2
  while :; do
    keys ctrl+s
    sleep 0.2
    found=$("$@")
    if [[ $found == "$expected" ]]; then
      echo "$what"
      return
    fi
    ((SECONDS < end)) || fail "$what，应为“$expected”，实为“$found”"
  done
}
