#!/usr/bin/env bash
# Chinese typed through ibus with 五笔 into the real window: what is composed stands in the text, what is committed,
# taken back and given up arrives in the saved draft.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

# Settings in a file instead of a service, and one engine for all windows.
start_ibus() {
  export GSETTINGS_BACKEND=keyfile
  gsettings set org.freedesktop.ibus.general use-global-engine true
  gsettings set org.freedesktop.ibus.general preload-engines "['table:wubi-jidian86']"
  ibus-daemon --xim --emoji-extension=disable >"$desk/ibus.log" 2>&1 &
  pids+=($!)
  await 'ibus接上X11输入' sh -c 'xprop -root XIM_SERVERS | grep -q ibus'
  await '选五笔' ibus engine table:wubi-jidian86
}

overview() {
  text_of overview
}

# The engine is a program of its own, which takes its time to start; until then letters are letters.
is_awake() {
  keys ctrl+a BackSpace
  rest
  keys g
  rest
  keys space
  rest
  keys ctrl+s
  rest
  [[ $(overview) == 一 ]]
}

# Types letter by letter; the first one changes what stands in the text.
composes() {
  local letters=${1:1}
  turns "${1:0:1}"
  while [[ -n $letters ]]; do
    keys "${letters:0:1}"
    rest
    letters=${letters:1}
  done
}

start_bus
start_display
start_ibus
"$NIANBAO" new --issuer 青石镇人民政府 --year 2025 -o "$draft" >/dev/null
open_window "$draft"
await '标题写着机关和年份' says '青石镇人民政府2025年'
turns F6
await '五笔可以用' is_awake
keys ctrl+a BackSpace
rest

composes wqvb
turns space
expect '空格选定' 你好 overview
turns Return
expect '回车换行' '你好⏎' overview
composes wq
turns BackSpace
turns Return
expect '退格改的是正在组的字母，回车上屏字母，不换行' '你好⏎w' overview
turns BackSpace
composes khl
turns Escape
expect 'Esc放弃，正文不动' '你好⏎' overview
composes khlg
turns space
expect '接着写' '你好⏎中国' overview
turns ctrl+Home
composes wcga
turns space
expect '插在最前面' '公开你好⏎中国' overview

turns F6
types 3
keys Tab
types 4.5
keys Tab
numbers() {
  saved "' '.join(report['cells']['proactive.regulations@' + c] or '空' for c in ('made', 'repealed'))"
}
expect '表中的数字不经输入法' '3 4.5' numbers
kill -0 "$program" || fail '程序还在'
