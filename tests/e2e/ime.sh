#!/usr/bin/env bash
# Chinese typed through a real input method, fcitx5 with pinyin, into the real window: what is composed, committed,
# taken back and left arrives in the saved draft, and the list of candidates stands below the line.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

start_fcitx() {
  local config=$XDG_CONFIG_HOME/fcitx5
  mkdir -p "$config/conf"
  printf '%s\n' '[Groups/0]' 'Name=Default' 'Default Layout=us' 'DefaultIM=pinyin' \
    '[Groups/0/Items/0]' 'Name=keyboard-us' 'Layout=' '[Groups/0/Items/1]' 'Name=pinyin' 'Layout=' \
    '[GroupOrder]' '0=Default' >"$config/profile"
  printf '%s\n' '[Behavior]' 'ActiveByDefault=True' 'ShareInputState=No' >"$config/config"
  printf 'UseOnTheSpot=%s\n' "$1" >"$config/conf/xim.conf"
  fcitx5 --disable=wayland,waylandim >"$desk/fcitx5.log" 2>&1 &
  fcitx=$!
  pids+=("$fcitx")
  await 'fcitx5接上X11输入' sh -c 'xprop -root XIM_SERVERS | grep -q fcitx'
}

# Prints width, height, x and y of the list of candidates while it is shown.
candidates() {
  local shown
  shown=$(xwininfo -name 'Fcitx5 Input Window')
  grep -q 'Map State: IsViewable' <<<"$shown" || return
  awk '/Absolute upper-left X/ {x = $4} /Absolute upper-left Y/ {y = $4} /Width:/ {w = $2} /Height:/ {h = $2}
    END {print w, h, x, y}' <<<"$shown"
}

are_gone() {
  ! candidates
}

# The first letter after a change may come before the input method has followed: it is taken back and typed again.
composes() {
  await "组“$1”时出现候选" begins "${1:0:1}"
  types "${1:1}"
}

begins() {
  local tries=20
  keys "$1"
  until candidates; do
    ((tries--)) || { keys BackSpace; return 1; }
    sleep 0.1
  done
}

overview() {
  text_of overview
}

is() {
  await '候选收起' are_gone
  expect "$1" "$2" overview
}

start_bus
start_display
start_fcitx False
"$NIANBAO" new --issuer 青石镇人民政府 --year 2025 -o "$draft"
open_window "$draft"
turns F6
# Keys for two full-width digits, laid down well before they are pressed and after fcitx5 set its layout.
composes a
keys BackSpace
xmodmap -e 'keycode 191 = UFF11' -e 'keycode 192 = UFF12'

composes nihao
keys space
is '空格选定候选' 你好

# What stands on the line before and after tells where the line is.
keys Return
is '两次选定之间回车换行' '你好⏎'
import -window root "$desk/before.png"
composes shijie
read -r width height x y < <(candidates)
keys space
is '接着写' '你好⏎世界'
import -window root "$desk/after.png"
ink=$(convert "$desk/before.png" "$desk/after.png" -compose difference -composite -colorspace Gray \
  -crop "60x130+$x+$((y - 90))" +repage -threshold 20% -trim -format '%h %O' info:)
read -r ink_height ink_offset <<<"$ink"
ink_bottom=$((y - 90 + ${ink_offset##*+} + ink_height))
((ink_height > 8 && ink_height < 60)) || fail "看不清写了字的一行：$ink"
((y >= ink_bottom - 1 && y < ink_bottom + 40)) || fail "候选窗在${y}，字在${ink_bottom}以上"
echo '候选窗在这一行下面，紧靠光标'

composes zaijianx
keys BackSpace space
is '退格改的是正在组的字母' '你好⏎世界再见'
composes hao
keys BackSpace BackSpace BackSpace
await '候选收起' are_gone
keys BackSpace
is '字母退完以后退格删的是正文' '你好⏎世界再'
composes hao
keys Escape
is 'Esc放弃，正文不动' '你好⏎世界再'
composes gov
keys Return
is '回车上屏字母，不换行' '你好⏎世界再gov'
types ,2025
composes hao
keys 1
types .
is '标点成为中文标点，数字照常，按序号选定' '你好⏎世界再gov，2025好。'
keys ctrl+Home
composes zhong
keys space
is '插在最前面' '中你好⏎世界再gov，2025好。'
composes nihao
xdotool mousemove --window "$window" 1200 90 click 1
# Whether the list is taken down then is up to fcitx5.
expect '点到别处，写好的一字不少' '中你好⏎世界再gov，2025好。' overview

turns F6
types 3
keys Tab
types 4.5
keys Tab BackSpace
keys UFF11 UFF12 Return
numbers() {
  saved "' '.join(report['cells']['proactive.regulations@' + c] or '空' for c in ('made', 'repealed', 'valid'))"
}
expect '表中不经输入法，全角数字成为数字' '3 4.5 12' numbers

# The same with the letters shown in the text itself, by an input method that was ended and started anew.
problems() {
  text_of problems
}
kill "$fcitx"
await '结束fcitx5' sh -c "! kill -0 $fcitx"
types 0
start_fcitx True
# The first key after that may be lost on the way to the window, which follows the input method first.
expect '输入法重启以后按键照常' 0 saved "report['cells']['proactive.normative_documents@made'] or '空'"
turns F6
turns F6
turns F6
composes haode
keys space
await '候选收起' are_gone
expect '输入法重启以后照常，字母在正文里组' 好的 problems
composes nihao
keys Escape
await '候选收起' are_gone
expect '组到一半放弃，字母不留在正文里' 好的 problems
composes ma
keys Return
await '候选收起' are_gone
expect '回车上屏字母，不换行' 好的ma problems
kill -0 "$program" || fail '程序还在'
