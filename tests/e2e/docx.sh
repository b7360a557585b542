#!/usr/bin/env bash
# The exported DOCX as independent readers see it: python-docx finds every figure in its statutory place,
# and LibreOffice sets out pages with the tables whole.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$NIANBAO" demo "$folder" --no-window >/dev/null
"$NIANBAO" form 2021 --format json >"$folder/form.json"
mv "$folder"/*.docx "$folder/report.docx"
mv "$folder"/*报告.json "$folder/report.json"
/usr/bin/python3 - "$folder" <<'P'
import json, sys
from docx import Document
folder = sys.argv[1]
form, report = (json.load(open(f"{folder}/{name}.json")) for name in ("form", "report"))
document = Document(f"{folder}/report.docx")
assert len(document.tables) == len(form["tables"]) == 3
figures = 0
for table, printed in zip(document.tables, form["tables"]):
    assert len(table.rows) == printed["rows"] and len(table.columns) == printed["columns"]
    for square in printed["squares"]:
        for row in range(square["row"], square["row"] + square["rowspan"]):
            for column in range(square["column"], square["column"] + square["colspan"]):
                text = table.cell(row, column).text.replace("\n", "")
                if square["kind"] == "value":
                    assert text == report["cells"][square["cell"]], (square, text)
                else:
                    assert text == square["text"], (square, text)
        figures += square["kind"] == "value"
headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading 1")]
assert headings == [s["heading"] for s in form["sections"] if s["heading"]], headings
assert document.core_properties.title == report["title"]
assert figures == 200, figures
print(f"{figures}个数字都在法定位置")
P
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to pdf --outdir "$folder" "$folder/report.docx" >/dev/null
pdftotext -layout "$folder/report.pdf" - | tr -d ' \n' | grep '四、结转下年度继续办理1000001' >/dev/null
pages=$(pdfinfo "$folder/report.pdf" | awk '/^Pages/ {print $2}')
test "$pages" -eq 4
echo "版面共${pages}页"
