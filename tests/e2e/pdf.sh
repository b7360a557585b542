#!/usr/bin/env bash
# The exported PDF as independent readers see it, and beside LibreOffice's pages of our DOCX in the same
# fonts: pdftotext finds every figure and paragraph, qpdf finds the file sound, the fonts are embedded,
# the pages have their measures, and at least 98 % of the lines break in the same place.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/ours" "$folder/theirs"

source tests/e2e/fonts.bash
stand_in_fonts >"$folder/fonts.conf"

"$NIANBAO" demo "$folder" --no-window >/dev/null
mv "$folder"/*报告.json "$folder/demo.json"
mv "$folder"/*.nianbao "$folder/demo.nianbao"
/usr/bin/python3 tests/e2e/samples.py "$NIANBAO" "$folder"
names=()
for input in "$folder"/*.nianbao "$folder"/*.txt tests/corpus/*/input.*; do
  name=$(basename "$(dirname "$input")")-$(basename "$input")
  name=${name%.*}
  names+=("$name")
  for format in docx pdf json; do
    "$NIANBAO" export "$input" --force --to $format --output "$folder/ours/$name.$format" >/dev/null 2>&1
  done
done
FONTCONFIG_FILE=$folder/fonts.conf soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf --outdir "$folder/theirs" "$folder"/ours/*.docx >/dev/null
# Both as whole processes on the same report; told, not demanded, as machines differ.
milliseconds() {
  local since
  since=$(date +%s%N)
  "$@" >/dev/null 2>&1
  echo $((($(date +%s%N) - since) / 1000000))
}
own=$(milliseconds "$NIANBAO" export "$folder/demo.nianbao" --force --output "$folder/once.pdf")
office=$(milliseconds soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf --outdir "$folder" "$folder/ours/$(basename "$folder")-demo.docx")
echo "PDF：${own}毫秒，LibreOffice ${office}毫秒，$((office / (own > 0 ? own : 1)))倍"
for name in "${names[@]}"; do
  qpdf --check "$folder/ours/$name.pdf" >/dev/null
  fonts=$(pdffonts "$folder/ours/$name.pdf" 2>/dev/null | tail -n +3)
  if [[ -z $fonts ]] || grep -v 'yes yes yes' <<<"$fonts"; then
    echo "$name：有字体没有嵌入" >&2
    exit 1
  fi
done
/usr/bin/python3 tests/e2e/lines.py "$folder" "${names[@]}"
# What LibreOffice printed is read back, every dialect that our tests read.
/usr/bin/python3 tests/e2e/back.py "$NIANBAO" "$folder/ours" "$folder"/theirs/*.pdf
