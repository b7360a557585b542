#!/usr/bin/env bash
# The real window and what leaves it for a website: the report copied as a web page is read by a second X client;
# beside it the preview, where a click on a figure leads to its cell and typing changes the page.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

copied() {
  timeout 5 xclip -o -selection clipboard -t "$1"
}

start_display
"$NIANBAO" demo "$desk/demo" --no-window >/dev/null
mv "$desk"/demo/*.nianbao "$draft"
"$NIANBAO" export "$draft" --to fragment -o "$desk/fragment.html"
"$NIANBAO" export "$draft" --to txt -o "$desk/report.txt"
open_window "$draft"
await '标题写着机关和年份' says '2025年'
rest

keys ctrl+k
types fzwwy
rest
keys Return
await '第二个程序看到剪贴板里有网页' sh -c 'timeout 5 xclip -o -selection clipboard -t TARGETS | grep -x text/html'
copied text/html >"$desk/copied.html"
copied UTF8_STRING >"$desk/copied.txt"
/usr/bin/python3 - "$desk" <<'P'
import pathlib, sys
import html5lib
folder = pathlib.Path(sys.argv[1])
def read(name):
    tree = html5lib.parse((folder / name).read_text(), treebuilder="lxml")
    text = ["".join("".join(e.itertext()).split()) for e in tree.iter("{*}h1", "{*}h2", "{*}h3", "{*}p", "{*}th", "{*}td")]
    return [part for part in text if part]
copied, written = read("copied.html"), read("fragment.html")
assert copied == written and len(copied) > 300, (len(copied), len(written))
words = lambda name: "".join((folder / name).read_text().split())
assert words("copied.txt") == words("report.txt")
print(f"剪贴板里的网页有{len(copied)}处文字和数字，与网页片段相同；纯文本与文本导出相同")
P

# The right third of the window shows the pages.
page() {
  import -window root -crop 400x480+900+190 +repage rgb:- | md5sum
}

keys F5
rest
shown=$(page)
if [[ -n ${PICTURES:-} ]]; then import -window root "$PICTURES/preview.png"; fi
# A click on a line of the page leads to its place in the text, where one writes on.
xdotool mousemove 1100 545 click 1
rest
types okok
rest
[[ $(page) != "$shown" ]] || fail '页面随着键入更新'
shown=$(page)
written() {
  saved "[s['id'] for s in report['sections'] if 'okok' in s.get('text', '').strip('ok')]"
}
expect '在页面上点一行，光标到了正文的那一处' "['overview']" written
if [[ -n ${PICTURES:-} ]]; then import -window root "$PICTURES/typed.png"; fi
# Zoomed with the wheel as everywhere.
xdotool mousemove 1100 480 keydown ctrl click 4 click 4 click 4 keyup ctrl
rest
[[ $(page) != "$shown" ]] || fail 'Ctrl加滚轮把页面放大'
if [[ -n ${PICTURES:-} ]]; then import -window root "$PICTURES/zoomed.png"; fi
echo '页面随着键入更新，可以放大'
