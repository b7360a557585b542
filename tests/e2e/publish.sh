#!/usr/bin/env bash
# What is published, as other programs see it: python-docx, openpyxl, an HTML parser and pdftotext find every figure
# and paragraph of small, full and long reports on both forms; LibreOffice prints each; the pages are measured.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PYTHONDONTWRITEBYTECODE=1
for form in 2019 2021; do "$NIANBAO" form $form --format json >"$folder/$form.json"; done
/usr/bin/python3 tests/e2e/reports.py "$folder"
source tests/e2e/fonts.bash
stand_in_fonts >"$folder/fonts.conf"
cd "$folder"
for report in *.txt; do
  name=${report%.txt}
  # The figures are invented to be recognised, not to balance, so the check would refuse them.
  for format in docx html fragment xlsx json pdf; do
    "$NIANBAO" export "$report" --force --to $format -o "$name.$format"
  done
  "$NIANBAO" export "$report" --force --to docx -o "$name.again.docx"
  cmp "$name.docx" "$name.again.docx"
  rm "$name.again.docx"
  mv "$name.pdf" "$name.own.pdf"
done
FONTCONFIG_FILE=$folder/fonts.conf soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf ./*.docx >/dev/null
mkdir recalculated
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to xlsx --outdir recalculated ./*.xlsx >/dev/null
/usr/bin/python3 "$OLDPWD/tests/e2e/readers.py" "$folder"
/usr/bin/python3 "$OLDPWD/tests/e2e/pages.py" "$folder"
# As the spreadsheets of other programs, the sheets come back.
for format in xls ods; do
  soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to $format --outdir $format ./*.xlsx >/dev/null
done
/usr/bin/python3 "$OLDPWD/tests/e2e/back.py" "$NIANBAO" "$folder" {recalculated/*.xlsx,xls/*.xls,ods/*.ods}
