#!/usr/bin/env bash
# Titles of every length: LibreOffice breaks those of the Word document where the PDF breaks them, and no line is a
# slip of one or two characters. Every fifth length, with FULL=1 every one.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NIANBAO_HOME=$folder/home
source tests/e2e/fonts.bash
stand_in_fonts >"$folder/fonts.conf"
cd "$folder"
name=青石镇人民政府和云溪县便民服务中心黑龙江省双鸭山市集贤县升昌镇太平社区工作领导小组办公室东河村
step=5
[ -z "${FULL:-}" ] || step=1
mkdir own
lengths=$( (echo 5 && seq 1 $step ${#name}) | sort -nu)
for length in $lengths; do
  "$NIANBAO" new --issuer "${name:0:$length}" --year 2025 -o "$length.nianbao" >/dev/null
  "$NIANBAO" export "$length.nianbao" --force -o "$length.docx"
  FONTCONFIG_FILE=$folder/fonts.conf "$NIANBAO" export "$length.nianbao" --force -o "own/$length.pdf" 2>/dev/null
done
FONTCONFIG_FILE=$folder/fonts.conf soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf --outdir theirs ./*.docx >/dev/null
title() {
  pdftotext -l 1 -layout "$1" - | tr -d ' ' | sed '/^$/d' | sed '/^一、/,$d'
}
for length in $lengths; do
  title "own/$length.pdf" >ours
  title "theirs/$length.pdf" >other
  cmp ours other || { echo "$length"; cat ours; echo ---; cat other; exit 1; }
  [ "$(tr -d '\n' <ours)" = "${name:0:$length}2025年政府信息公开工作年度报告" ]
  ! grep -E '^.{1,3}$' ours || { echo "$length"; exit 1; }
done
echo "$(wc -w <<<"$lengths")种长度的标题，与LibreOffice断行相同"
