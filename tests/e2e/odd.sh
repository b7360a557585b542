#!/usr/bin/env bash
# Content that goes wrong somewhere, on both forms: rare characters, pasted breaks and control characters, emoji, markup,
# a name of sixty characters, numbers of nine digits, forty pages. Every format stays sound and loses nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PYTHONDONTWRITEBYTECODE=1
for form in 2019 2021; do "$NIANBAO" form $form --format json >"$folder/$form.json"; done
/usr/bin/python3 tests/e2e/odd.py drafts "$folder"
here=$PWD
cd "$folder"
for draft in *.nianbao; do
  for format in docx html fragment xlsx txt pdf; do
    "$NIANBAO" export "$draft" --force --to $format -o "${draft%.nianbao}.$format" 2>>said
  done
  "$NIANBAO" publish "$draft" --force --formats docx,pdf,txt,html,fragment,xlsx -o "published-${draft%.nianbao}" >published 2>&1 || { cat published; exit 1; }
  # The pages cannot show every odd character; what they show instead is told, everything else agrees.
  test "$(grep -c '核对一致\|只有没印出的字不一致' published)" -eq 6 || { cat published; exit 1; }
  qpdf --check "${draft%.nianbao}.pdf" >/dev/null
done
soffice --headless "-env:UserInstallation=file://$folder/profile" --convert-to pdf --outdir printed ./*.docx >/dev/null
/usr/bin/python3 "$here/tests/e2e/odd.py" check "$folder"
