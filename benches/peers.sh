#!/usr/bin/env bash
# The same report as DOCX and PDF by whole processes: this program, python-docx, docxtpl and LibreOffice, in one run.
# The peers are installed by hand: pip install python-docx docxtpl; apt-get install libreoffice-writer.
set -euo pipefail
cd "$(dirname "$0")/.."
NIANBAO=$(realpath "${NIANBAO:-target/dist/nianbao}")
python=${PYTHON:-python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$NIANBAO" demo "$folder" --no-window >/dev/null
mv "$folder"/*.nianbao "$folder/report.nianbao"
"$NIANBAO" export "$folder/report.nianbao" -o "$folder/report.json"
"$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.docx"
"$NIANBAO" form 2021 --format json >"$folder/form.json"
"$python" benches/peers.py template "$folder"

# Every command once in turn, so that a slow moment of the machine meets all of them; the times in microseconds.
declare -A times
time_of() {
  local what=$1 start
  shift
  # The shell's own clock: a program that tells the time would be timed along.
  start=${EPOCHREALTIME/./}
  "$@" >/dev/null 2>&1
  times[$what]+="$((${EPOCHREALTIME/./} - start)) "
}
for ((round = 0; round < 11; round++)); do
  time_of docx "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.docx"
  time_of by-template "$python" benches/peers.py docxtpl "$folder"
  time_of docx "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.docx"
  time_of by-hand "$python" benches/peers.py python-docx "$folder"
  time_of pdf "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.pdf"
  time_of office soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to pdf --outdir "$folder" "$folder/ours.docx"
  time_of pdf "$NIANBAO" export "$folder/report.nianbao" -o "$folder/ours.pdf"
done

row() {
  local ours theirs
  # The medians, in milliseconds.
  read -r ours theirs < <(for what in "$2" "$4"; do
    tr ' ' '\n' <<<"${times[$what]% }" | sort -n | awk '{ t[NR] = $1 } END { printf "%.1f ", t[int((NR + 1) / 2)] / 1000 }'
  done; echo)
  awk -v what="$1" -v ours="$ours" -v peer="$3" -v theirs="$theirs" 'BEGIN { printf "| %s | %s毫秒 | %s | %s毫秒 | %.1f倍 |\n", what, ours, peer, theirs, theirs / ours }'
}
printf '| 做什么（整个进程） | 年报 | 对照 | 对照用时 | 快多少 |\n|---|--:|---|--:|--:|\n'
row 导出DOCX docx python-docx by-hand
row 导出DOCX docx docxtpl by-template
row 导出PDF pdf 'LibreOffice转换' office
