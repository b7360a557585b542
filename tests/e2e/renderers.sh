#!/usr/bin/env bash
# Every view in every dress, drawn by the program and by OpenGL: the pictures must be the same but for what cannot be
# seen. Counts the pixels that differ, those by more than 2 of 255, and among these the ones that lie on no edge.
# With a folder as argument the pictures stay there. One dress; FULL=1 all twelve, or those that DRESSES and SCALES name.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash
out=${1:-$desk/out}
mkdir -p "$out"

close_window() {
  kill "$program"
  wait "$program" 2>/dev/null || true
  await '窗口没有了' is_gone
}

press() {
  local key
  for key in "$@"; do
    keys "$key"
    rest
  done
}

run() {
  press ctrl+k
  types "$1"
  rest
  press Return
}

shot() {
  xdotool mousemove 1365 767
  rest
  import -window "$window" "$out/$dress-$1.$drawn_by.png"
}

# Each view once, in one window: shots <theme> <contrast> <scale>
shots() {
  local home=$desk/home-$dress-$drawn_by
  mkdir -p "$home"
  cp assets/sample.nianbao "$draft"
  touch -d '2026-01-12 10:30 +0800' "$draft"
  printf '(theme: %s, contrast: %s, zoom: %s, window: Some((width: 1366, height: 740, maximized: false)), deadline: (month: 12, day: 31))' \
    "$1" "$2" "$3" >"$home/settings.ron"
  export NIANBAO_HOME=$home NIANBAO_RENDERER=$drawn_by
  open_window "$draft"
  xdotool windowmove "$window" 0 0
  # What was told at the opening fades.
  sleep 8
  press shift+F6
  shot cover
  press F6
  shot preface
  press F6
  shot text
  press ctrl+f
  types 2025
  shot find
  press Escape F6
  shot table-two
  press F6
  shot table
  press shift+Down shift+Right shift+Right
  shot selection
  press ctrl+Home F2
  shot editor
  press Escape F1
  shot explained
  press Escape F6
  shot review
  press F6
  shot problems
  press F5
  sleep 2
  shot preview
  press F5 ctrl+e
  shot publish
  press Escape ctrl+k
  shot palette
  press Escape ctrl+n
  shot new
  press Escape
  xdotool mousemove 25 18 click 1
  rest
  shot menu
  press Escape F7
  shot findings
  press F8
  shot finding
  run lsbb
  shot history
  press Escape
  run kjj
  shot shortcuts
  press Escape
  close_window
  open_window
  sleep 2
  shot start
  close_window
  rm -rf "$home"
}

start_display
worst=0
if [[ -n ${FULL:-} ]]; then
  DRESSES='Light-false Dark-false Light-true Dark-true' SCALES='100 150 200'
fi
for dress in ${DRESSES:-Dark-false}; do
  theme=${dress%-*} contrast=${dress#*-}
  for scale in ${SCALES:-100}; do
    dress=$theme-$contrast-$scale
    for drawn_by in cpu glow; do shots "$theme" "$contrast" "$scale"; done
    for cpu in "$out/$dress"-*.cpu.png; do
      glow=${cpu%.cpu.png}.glow.png
      # An edge is where neighbours differ much: antialiasing may round another way there.
      convert "$cpu" "$glow" -compose difference -composite -channel RGB -separate -evaluate-sequence max "$desk/difference.png"
      any=$(convert "$desk/difference.png" -threshold 0 -format '%[fx:w*h*mean]' info:)
      convert "$desk/difference.png" -threshold 0.9% "$desk/much.png"
      much=$(convert "$desk/much.png" -format '%[fx:w*h*mean]' info:)
      flat=$(convert "$desk/much.png" \( "$glow" -colorspace Gray -morphology Edge Square:1 -threshold 1% -negate \) \
        -compose multiply -composite -format '%[fx:w*h*mean]' info:)
      printf '%-40s %8.0f differ, %6.0f by more than 2, %6.0f of them on no edge\n' "$(basename "$cpu" .cpu.png)" "$any" "$much" "$flat"
      awk "BEGIN {exit !($flat > 0.5)}" && worst=1
    done
  done
done
((worst == 0)) || fail '两种画法看得出不同'
echo '两种画法看不出不同'
