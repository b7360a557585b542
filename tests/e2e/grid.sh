#!/usr/bin/env bash
# The table in a real window, filled in by key presses and by what another program put on the clipboard;
# what the window copies is read by that other program again, and the saved draft by the command line.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

# Copies the whole row of the cursor and tells whether that is what the clipboard holds.
row_is() {
  keys shift+space ctrl+c
  holds "$1"
}

row() {
  await "$1" row_is "$2"
}

# One figure of the saved draft.
figure() {
  saved "report['cells']['$1'] or '空'"
}

start_display
"$NIANBAO" new --issuer 青石镇人民政府 --year 2025 -o "$draft" >/dev/null
open_window "$draft"
xdotool windowsize "$window" 1360 740
await '标题写着机关和年份' says '青石镇人民政府2025年'

# Three parts on stands the table of requests; its first cell has the keyboard.
keys F6 F6 F6
row '第三部分的第一行空着' $'\t\t\t\t\t\t'
keys Home 1 2 Tab 3 Tab 4 Return 5 Return
keys ctrl+Home
row '合计随填随算' $'12\t3\t4\t\t\t\t19'
echo '键盘：填数、Tab、Enter、合计'

keys ctrl+Home Down F2 Escape 7 Escape Delete
keys ctrl+Home F2 BackSpace Return ctrl+Home
row 'F2改一格' $'1\t3\t4\t\t\t\t8'
keys ctrl+z ctrl+Home
row '撤销' $'12\t3\t4\t\t\t\t19'
echo '键盘：F2、Esc、Delete、撤销'

# A block with labels and full-width figures lands in its rows, though the cursor stands elsewhere.
lay_down '（一）予以公开\t１０\t2\t3\t0\t0\t0\n四、结转下年度继续办理\t2\t1\t1\t0\t0\t0\n'
keys ctrl+Home ctrl+v
keys ctrl+Home ctrl+End Home
row '带行名的一块' $'2\t1\t1\t0\t0\t0\t4'
echo '剪贴板：带行名的一块'

# A plain block is pasted from the cursor on and taken back as one step.
lay_down '1\t2\n3\t4\n'
keys ctrl+Home ctrl+v ctrl+Home Down
row '不带行名的一块' $'3\t4\t\t\t\t\t7'
keys ctrl+z ctrl+Home
row '一步撤销' $'12\t3\t4\t\t\t\t19'
echo '剪贴板：不带行名的一块，一步撤销'

# In a selection Enter goes round, and one value fills it.
keys ctrl+Home Down Right shift+Right 1 Return 2 Return ctrl+Home Down
row '选区里Enter转圈' $'\t1\t2\t\t\t\t3'
keys ctrl+z ctrl+z ctrl+Home ctrl+Right shift+Left shift+Left 6 ctrl+Return
keys ctrl+Home
row '填满选区' $'12\t3\t4\t\t6\t6\t31'
keys shift+F4
expect '区域填充、其余填0、保存' '2 10 6 0' eval "echo \$(figure requests.carried_forward@natural_person) \
  \$(figure requests.results.granted@natural_person) \$(figure requests.new_received@other_org) \
  \$(figure review_litigation@review.maintain)"
column_is_copied() {
  keys ctrl+Home ctrl+space ctrl+c
  (($(xclip -out -selection clipboard | wc -l) >= 24))
}
await '复制一列' column_is_copied

# The findings lead on by F8, at any zoom, and the window goes on to work.
keys F8 ctrl+plus ctrl+plus ctrl+plus ctrl+plus F7 F8 shift+F8 ctrl+0 F7 Escape
keys ctrl+k
types ssdhcl
rest
keys Return
keys ctrl+Home 1 3 Return
expect '缩放、跟着审核结果走以后照常' 13 figure requests.new_received@natural_person

# The menu of the right button, at a cell of the first row: its third line pastes.
lay_down '8\n'
keys ctrl+Home
rest
xdotool mousemove --window "$window" 700 282 click 3
rest
xdotool mousemove_relative 40 106 click 1
expect '鼠标右键：粘贴' 1 saved "[text for key, text in report['cells'].items() if key.startswith('requests.new_received@')].count('8')"
