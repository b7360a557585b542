#!/usr/bin/env bash
# Every system call of a save fails in turn, in the real program: the old draft stands or the new
# one does, and a save that failed says so. A full disk is tried where tmpfs may be mounted.
set -euo pipefail
program=${NIANBAO:-target/release/nianbao}
program=$(realpath "$program")
if ! strace -qq -o /dev/null true 2>/dev/null; then
  echo 'strace may not trace here, so no system call is made to fail'
  exit 0
fi
work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null || true; rm -rf "$work"' EXIT
export NIANBAO_HOME="$work/data"
old="$work/old.nianbao" draft="$work/desk/draft.nianbao"
mkdir "$work/desk"
"$program" new --issuer '旧镇人民政府' --year 2024 -o "$old"

save() { "$@" "$program" new --issuer '新镇人民政府' --year 2024 -o "$draft" --overwrite 2>"$work/said"; }

# Reads the draft and says whether it is the old or the new one.
found() {
  local text
  text=$("$program" export "$draft" -o - --to json)
  case $text in
    *旧镇人民政府*) echo old ;;
    *新镇人民政府*) echo new ;;
    *) echo lost ;;
  esac
}

tried=0 told=0 saved=0
for call in openat write fsync rename linkat unlink fchmod mkdir read statx; do
  cp "$old" "$draft"
  save strace -f -qq -e "trace=$call" -o "$work/trace"
  count=$(grep -c "$call" "$work/trace" || true)
  # The first calls load the program itself; those of the save come last.
  first=$((count > 12 ? count - 11 : 1))
  for ((number = first; number <= count; number++)); do
    for error in ENOSPC EIO EACCES EROFS; do
      cp "$old" "$draft"
      if save strace -f -qq -o /dev/null -e "inject=$call:error=$error:when=$number"; then
        outcome=saved
      else
        outcome=told
      fi
      tried=$((tried + 1))
      now=$(found)
      if [[ $now == lost || ($outcome == saved && $now != new) ]]; then
        echo "$call number $number with $error: $outcome, found $now: $(cat "$work/said")" >&2
        exit 1
      fi
      if [[ $outcome == saved ]]; then saved=$((saved + 1)); else told=$((told + 1)); fi
    done
  done
done
rm -f "$work"/desk/.nianbao-*
echo "$tried faults: $told told, $saved saved all the same, 0 lost"

mkdir "$work/small"
if ((EUID == 0)) && mount -t tmpfs -o size=64k tmpfs "$work/small" 2>/dev/null; then
  draft="$work/small/draft.nianbao"
  cp "$old" "$draft"
  dd if=/dev/zero of="$work/small/rest" bs=1k count=200 2>/dev/null || true
  if save env; then echo 'a full disk was not told' >&2; exit 1; fi
  grep -q '磁盘已满' "$work/said"
  [[ $(found) == old ]]
  [[ $(find "$work/small" -name '.*' -type f | wc -l) == 0 ]]
  mount -o remount,ro "$work/small"
  if save env; then echo 'a read-only disk was not told' >&2; exit 1; fi
  grep -q '只读' "$work/said"
  [[ $(found) == old ]]
  echo 'a full disk and a read-only one: told, the old draft stands, nothing left beside it'
else
  echo 'no tmpfs may be mounted here, so no disk is filled'
fi
