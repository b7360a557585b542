#!/usr/bin/env bash
# The mouse and the keyboard in a real window, the keys sent at once behind the click: nothing typed goes nowhere.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

# Clicks at a place and types, in one go, without waiting for the window: click_and_type <x> <y> <text>
click_and_type() {
  xdotool mousemove "$1" "$2" click 1 type --delay 0 "$3"
}

# Where the parts stand in the outline.
declare -A part=([cover]=190 [preface]=250 [overview]=308 [proactive]=366 [requests]=425 [review]=515 [problems]=595 [other]=665)
to() {
  click_and_type 120 "${part[$1]}" "$2"
}

figures() {
  saved "' '.join(report['cells'][c] or '空' for c in ('proactive.regulations@made', 'proactive.regulations@repealed', 'proactive.fees@amount'))"
}

start_display
"$NIANBAO" new --issuer Qingshi --year 2025 -o "$draft"
open_window "$draft"
await '标题写着机关和年份' says 'Qingshi2025年'
xdotool windowsize "$window" 1366 740 windowmove "$window" 0 0
rest

types a
expect '打开以后直接键入' 'a' text_of preface

# Table two by the mouse; the open edit stands when the mouse fills the rest.
to proactive 5
xdotool mousemove "${FILL_X:-981}" "${FILL_Y:-127}" click 1
expect '填5，用鼠标点其余填0' '5 0 0' figures
keys ctrl+z
expect '撤销一次，回到只填了5' '5 空 空' figures
keys ctrl+z
expect '再撤销一次，5也没有了' '空 空 空' figures

# Every part in turn, many times over; each text grows by one letter a round.
rounds=${ROUNDS:-20}
expected=
for ((round = 0; round < rounds; round++)); do
  letter=$(printf "\\$(printf %o $((97 + round % 26)))")
  to overview "$letter"
  to requests 1
  to problems "$letter"
  to review 2
  to other "$letter"
  to proactive 3
  expected+=$letter
done
expect "来回$rounds轮，点一部分就键入：一" "$expected" text_of overview
expect '五' "$expected" text_of problems
expect '六' "$expected" text_of other_matters

# Anywhere on a page of text: its foot, its margins, the desk beside it, the line with the count.
to overview ''
rest
for place in '640 600' '318 300' '970 500' '270 600' '1020 600' '500 685'; do
  click_and_type ${place% *} ${place#* } '!'
done
expect '点正文页的任何地方' 6 saved "sum(s['text'].count('!') for s in report['sections'] if s['id'] == 'overview')"
