#!/usr/bin/env bash
# Where no window can be opened, the program says in one Chinese line what to install, and ends with 2.
set -euo pipefail
program=$(realpath "${NIANBAO:-target/release/nianbao}")
work=$(mktemp -d)
server=''
finish() {
  if [[ -n $server ]]; then kill "$server" 2>/dev/null || true; fi
  rm -r "$work"
}
trap finish EXIT
export NIANBAO_HOME=$work/settings

# Runs the rest of the arguments; the one line they say must hold the words of the first.
says() {
  local words=$1 status=0
  shift
  timeout 60 "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  if ((status != 2)) || [[ $(wc -l <"$work/err") != 1 ]] || ! grep -qF "$words" "$work/err" || [[ -s $work/out ]]; then
    echo "expected status 2 and one line with $words; got $status:" >&2
    cat "$work/out" "$work/err" >&2
    exit 1
  fi
  echo "ok: $words"
}

says 没有图形界面 env -u DISPLAY -u WAYLAND_DISPLAY "$program"
says 没有图形界面 env -u WAYLAND_DISPLAY DISPLAY=:4711 "$program"

mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1280x720x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
server=$!
DISPLAY=:$(head -1 "$work/display")
export DISPLAY

if ! unshare --mount true 2>/dev/null; then
  echo 'libraries can be hidden by root only, so that part is left out'
  exit 0
fi

# Runs the program where these libraries are empty files.
without() {
  local hide='' library
  for library in "$@"; do
    local path
    # Read to the end: a reader that leaves early would end the writer, and with it this script.
    path=$(/sbin/ldconfig -p | awk -v name="$library" '$1 == name && !found { found = $NF } END { print found }')
    hide+="mount --bind /dev/null '$(realpath "$path")' && "
  done
  printf '%sexec "$0" "$@"' "$hide" >"$work/hide"
}

while read -r library words; do
  without $library
  says "$words" unshare --mount sh -c "$(cat "$work/hide")" "$program"
done <<'END'
libX11.so.6 安装libx11-6后再试
libX11-xcb.so.1 安装libx11-xcb1后再试
libXcursor.so.1 安装libxcursor1后再试
libXi.so.6 安装libxi6后再试
libXrender.so.1 安装libxrender1后再试
libxkbcommon.so.0 安装libxkbcommon0后再试
libxkbcommon-x11.so.0 安装libxkbcommon-x11-0后再试
END
without libGL.so.1 libEGL.so.1
says 没有可用的OpenGL unshare --mount sh -c "$(cat "$work/hide")" "$program" --renderer glow
# Unasked, the window needs none of it.
unshare --mount sh -c "$(cat "$work/hide")" "$program" &
window=$!
for ((tries = 0; tries < 300; tries++)); do
  if xdotool search --onlyvisible --class nianbao >/dev/null 2>&1; then break; fi
  sleep 0.1
done
((tries < 300)) || { echo 'no window without OpenGL' >&2; exit 1; }
kill "$window"
echo 'ok: a window without OpenGL'
