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

keys F5
rest
before=$(screen)
keys F6
rest
pages_before=$(import -window root -crop 660x640+700+110 +repage rgb:- | md5sum)
import -window root "$desk/preview.png"
if [[ -n ${PICTURES:-} ]]; then cp "$desk/preview.png" "$PICTURES/preview-1.png"; fi
