#!/usr/bin/env bash
# The pages in the settings that are offered, ours beside LibreOffice's of the Word document in the same fonts: as many
# pages, the same lines, no heading apart from its table, no page but the last more than a quarter blank without need.
# A sample of the settings; with FULL=1 all of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
NIANBAO=$(realpath "${NIANBAO:-target/release/nianbao}")
folder=${KEEP:-$(mktemp -d)}
[ -n "${KEEP:-}" ] || trap 'rm -rf "$folder"' EXIT
export NIANBAO_HOME=$folder/home PYTHONDONTWRITEBYTECODE=1
mkdir -p "$folder/ours" "$folder/theirs"
source tests/e2e/fonts.bash
stand_in_fonts >"$folder/fonts.conf"
export FONTCONFIG_FILE=$folder/fonts.conf
"$NIANBAO" demo "$folder" --no-window >/dev/null 2>&1
mv "$folder"/*.nianbao "$folder/demo.nianbao"
/usr/bin/python3 tests/e2e/matrix.py make "$NIANBAO" "$folder" ${FULL:+full}
soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf --outdir "$folder/theirs" "$folder"/ours/*.docx >/dev/null
/usr/bin/python3 tests/e2e/matrix.py compare "$folder"
# The office has other fonts than we: a line more or less must not leave a page half empty.
unset FONTCONFIG_FILE
soffice --headless "-env:UserInstallation=file://$folder/profile" \
  --convert-to pdf --outdir "$folder/other" "$folder"/ours/{county,town}*.docx >/dev/null
/usr/bin/python3 tests/e2e/matrix.py other "$folder"
