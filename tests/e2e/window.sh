#!/usr/bin/env bash
# The real window under a window manager: keys in the table, the clipboard shared with a second X client, and the
# question before unsaved changes are lost.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

cells() {
  saved "' '.join(report['cells'][c] or '空' for c in ('proactive.regulations@made', 'proactive.regulations@repealed',
    'proactive.regulations@valid', 'proactive.normative_documents@made', 'proactive.normative_documents@repealed',
    'proactive.normative_documents@valid', 'proactive.licensing@processed', 'proactive.fees@amount'))"
}

start_display
"$NIANBAO" new --issuer Qingshi --year 2025 -o "$draft"
open_window "$draft"
await '标题写着机关和年份' says 'Qingshi2025年'

turns F6
turns F6
types 0
keys Tab
types 1
keys Tab
types 20
keys Return
expect '逐格键入，Tab和回车移动' '0 1 20 空 空 空 空 空' cells
keys ctrl+Home Tab
types 7
keys Escape Delete
expect 'Esc还原，Delete清空' '0 空 20 空 空 空 空 空' cells

keys ctrl+Home
lay_down '１\t2\t3\r\n4\t5\t6\r\n'
keys ctrl+v
expect '从别的程序粘贴一块，全角数字成为数字' '1 2 3 4 5 6 空 空' cells
keys ctrl+z
expect '粘贴一步撤销' '0 空 20 空 空 空 空 空' cells
keys ctrl+y
expect '再重做' '1 2 3 4 5 6 空 空' cells
keys ctrl+Home shift+Right shift+Down ctrl+c
await '复制的一块别的程序读得到' holds "$(printf '1\t2\n4\t5')"

turns shift+F6
lay_down '青石镇公开信息12条。'
keys ctrl+v
expect '粘贴文字' '青石镇公开信息12条。' text_of overview
keys ctrl+a ctrl+x
await '剪切的文字别的程序读得到' holds '青石镇公开信息12条。'
expect '剪切以后是空的' '' text_of overview
keys ctrl+z
expect '撤销剪切' '青石镇公开信息12条。' text_of overview

keys End
types ' ok'
await '有修改，标题写明未保存' says 未保存
# The window manager's button, as a person would press it.
turns alt+F4
kill -0 "$program" || fail '有修改时关窗口，程序还在'
turns Escape
kill -0 "$program" || fail '取消以后，程序还在'
expect '关窗口先问，取消就接着写' '青石镇公开信息12条。 ok' text_of overview
types '!'
await '有修改，标题写明未保存' says 未保存
turns alt+F4
keys Return
await '选保存就保存并关闭' is_closed
[[ $(text_of overview) == '青石镇公开信息12条。 ok!' ]] || fail '关闭前保存的是最后写的'
echo '关窗口时选保存，写的都在'
