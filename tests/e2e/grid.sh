#!/usr/bin/env bash
# The table in a real window, filled in by key presses and by what another program put on the clipboard;
# what the window copies is read by that other program again, and the saved draft by the command line.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
export NIANBAO_HOME=$folder/home
started=()
finish() {
  local process
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap finish EXIT

# Xvfb says itself which display it took.
mkfifo "$folder/display"
Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$folder/display" >/dev/null 2>&1 &
started+=($!)
read -r number <"$folder/display"
export DISPLAY=:$number
openbox >/dev/null 2>&1 &
started+=($!)

draft=$folder/草稿.nianbao
"$NIANBAO" new --issuer 青石镇人民政府 --year 2025 -o "$draft" >/dev/null
"$NIANBAO" "$draft" >"$folder/log" 2>&1 &
started+=($!)
program=$!

# Waits until a command succeeds, for half a minute at most.
until_true() {
  local try
  for try in $(seq 150); do
    if "$@"; then return; fi
    sleep 0.2
  done
  echo "did not come true: $*" >&2
  import -window root "${CI_ARTIFACTS:-/tmp}/grid-e2e.png" || true
  return 1
}
has_window() { window=$(xdotool search --onlyvisible --pid "$program" 2>/dev/null | tail -1); [[ -n $window ]]; }
until_true has_window
is_active() { xdotool windowactivate "$window" 2>/dev/null; [[ $(xdotool getactivewindow 2>/dev/null) == "$window" ]]; }
until_true is_active
xdotool windowsize "$window" 1360 740

keys() { xdotool key --clearmodifiers --delay 12 "$@"; }
clipboard() { timeout 5 xclip -o -selection clipboard 2>/dev/null | tr -d '\r'; }
copied() { [[ $(clipboard) == "$1" ]]; }
# Offers a text to the window as another program does.
offer() { printf '%b' "$1" | xclip -i -selection clipboard; }
# One figure of the saved draft.
figure() { "$NIANBAO" export "$draft" --to json -o "$folder/now.json" --force >/dev/null 2>&1 || true
  python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))["cells"].get(sys.argv[2]) or "")' "$folder/now.json" "$1"; }
saved() { keys ctrl+s; sleep 0.3; [[ $(figure "$1") == "$2" ]]; }
# Copies the whole row of the cursor and waits until that is what the clipboard holds.
row_is() {
  keys shift+space ctrl+c
  sleep 0.2
  copied "$1"
}

# Three parts on stands the table of requests; its first cell has the keyboard.
keys F6 F6 F6
until_true row_is $'\t\t\t\t\t\t'
keys Home 1 2 Tab 3 Tab 4 Return 5 Return
keys ctrl+Home
until_true row_is $'12\t3\t4\t\t\t\t19'
echo '键盘：填数、Tab、Enter、合计'

keys ctrl+Home Down F2 Escape 7 Escape Delete
keys ctrl+Home F2 BackSpace Return ctrl+Home
until_true row_is $'1\t3\t4\t\t\t\t8'
keys ctrl+z ctrl+Home
until_true row_is $'12\t3\t4\t\t\t\t19'
echo '键盘：F2、Esc、Delete、撤销'

# A block with labels and full-width figures lands in its rows, though the cursor stands elsewhere.
offer '（一）予以公开\t１０\t2\t3\t0\t0\t0\n四、结转下年度继续办理\t2\t1\t1\t0\t0\t0\n'
keys ctrl+Home ctrl+v
keys ctrl+Home ctrl+End Home
until_true row_is $'2\t1\t1\t0\t0\t0\t4'
echo '剪贴板：带行名的一块'

# A plain block is pasted from the cursor on and taken back as one step.
offer '1\t2\n3\t4\n'
keys ctrl+Home ctrl+v ctrl+Home Down
until_true row_is $'3\t4\t5\t\t\t\t12'
keys ctrl+z ctrl+Home
until_true row_is $'12\t3\t4\t\t\t\t19'
echo '剪贴板：不带行名的一块，一步撤销'

# A range filled with one value, a column selected, everything blank filled with 0.
keys ctrl+Home ctrl+Right shift+Left shift+Left 6 ctrl+Return
keys ctrl+Home
until_true row_is $'12\t3\t4\t\t6\t6\t31'
keys shift+F4
keys ctrl+Home ctrl+space ctrl+c
until_true test -n "$(clipboard)"
[[ $(clipboard | wc -l) -ge 24 ]]
until_true saved 'requests.carried_forward@natural_person' 2
[[ $(figure 'requests.results.granted@natural_person') == 10 ]]
[[ $(figure 'requests.new_received@other_org') == 6 ]]
[[ $(figure 'review_litigation@review.maintain') == 0 ]]
echo '区域填充、其余填0、保存'

# The findings lead on by F8, at any zoom.
keys F8 ctrl+plus ctrl+plus ctrl+plus ctrl+plus F7 F8 shift+F8 ctrl+0 Escape
kill -0 "$program"
echo '表格在真实窗口中可用'
