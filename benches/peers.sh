#!/usr/bin/env bash
# The same report as DOCX and PDF by whole processes: this program, python-docx, docxtpl and LibreOffice, in one run.
# The peers are installed by hand: pip install python-docx docxtpl; apt-get install libreoffice-writer.
set -euo pipefail
cd "$(dirname "$0")/.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$NIANBAO" demo "$folder" --no-window >/dev/null
mv "$folder"/*.nianbao "$folder/report.nianbao"
"$NIANBAO" export "$folder/report.nianbao" -o "$folder/report.json"
"$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.docx"
"$NIANBAO" form 2021 --format json >"$folder/form.json"
"$python" benches/peers.py template "$folder"

# The median of some runs of a command, in milliseconds.
median() {
  local runs=$1 times=() start
  shift
  for ((run = 0; run < runs; run++)); do
    # The shell's own clock in microseconds: a program that tells the time would be timed along.
    start=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1
    times+=($((${EPOCHREALTIME/./} - start)))
  done
  printf '%s\n' "${times[@]}" | sort -n | awk '{ t[NR] = $1 } END { printf "%.1f", t[int((NR + 1) / 2)] / 1000 }'
}

ours=$(median 21 "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.docx")
pdf=$(median 11 "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.pdf")
by_hand=$(median 7 "$python" benches/peers.py python-docx "$folder")
by_template=$(median 7 "$python" benches/peers.py docxtpl "$folder")
office=$(median 5 soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to pdf --outdir "$folder" "$folder/ours.docx")
row() { awk -v what="$1" -v ours="$2" -v peer="$3" -v theirs="$4" 'BEGIN { printf "| %s | %s毫秒 | %s | %s毫秒 | %.0f倍 |\n", what, ours, peer, theirs, theirs / ours }'; }
printf '| 做什么（整个进程） | 年报 | 对照 | 对照用时 | 快多少 |\n|---|--:|---|--:|--:|\n'
row 导出DOCX "$ours" python-docx "$by_hand"
row 导出DOCX "$ours" docxtpl "$by_template"
row 导出PDF "$pdf" 'LibreOffice转换' "$office"
