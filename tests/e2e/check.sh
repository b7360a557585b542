#!/usr/bin/env bash
# Checks many drafts at a time: every one is judged, in order, and memory does not grow with their number.
# The self-check sheet opens as a Word document. COUNT is the number of drafts.
set -euo pipefail
cd "$(dirname "$0")/../.."
nianbao=$(realpath "${NIANBAO:-target/release/nianbao}")
count=${COUNT:-1000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$nianbao" demo --no-window sample >/dev/null
python3 - "$count" <<'PY'
import glob, re, sys, zlib
count = int(sys.argv[1])
base = open(glob.glob("sample/*.nianbao")[0], encoding="utf-8").read()
words = ["公开", "更新", "审核", "答复", "培训", "栏目", "平台", "制度", "渠道", "清单", "目录", "解读"]
import os
os.mkdir("drafts")
for number in range(count):
    text = ""
    step = number + 1
    while len(base.encode()) + len(text.encode()) < 30_000:
        step = step * 1103515245 % 2147483648 + 12345
        a, b, c = (words[step // d % len(words)] for d in (7, 101, 1009))
        text += f"围绕{a}工作做好{b}和{c}，全年组织{step % 90 + 2}次。"
    draft = re.sub(r'("overview": ")', lambda m: m.group(1) + text + r"\n", base, count=1)
    draft = draft.replace("镇人民政府", f"第{number}镇人民政府")
    # The first line vouches for the rest.
    head, body = draft.split("\n", 1)
    body = body.encode()
    head = re.sub(r"len=\d+", f"len={len(body)}", head)
    head = re.sub(r"crc32=\w+", f"crc32={zlib.crc32(body):08x}", head)
    open(f"drafts/{number:05}.nianbao", "wb").write(head.encode() + b"\n" + body)
print(f"{count} drafts of {len(draft.encode())} bytes")
PY

python3 - "$nianbao" "$count" <<'PY'
import json, os, resource, subprocess, sys, time
program, count = sys.argv[1], int(sys.argv[2])

def check(folder, *more):
    started = time.monotonic()
    process = subprocess.Popen([program, "check", folder, "--format", "json", *more], stdout=subprocess.PIPE)
    lines = [json.loads(line) for line in process.stdout]
    _, status, usage = os.wait4(process.pid, 0)
    return lines, os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024, time.monotonic() - started

os.mkdir("few")
for number in range(50):
    os.symlink(f"../drafts/{number:05}.nianbao", f"few/{number:05}.nianbao")
few, _, small, _ = check("few")
lines, code, large, seconds = check("drafts")
assert len(few) == 50 and len(lines) == count, (len(few), len(lines))
assert [line["file"] for line in lines] == sorted(line["file"] for line in lines)
assert code in (0, 1) and all("error" not in line for line in lines)
assert code == int(any(line["errors"] for line in lines))
print(f"{count} drafts in {seconds:.1f} s, at most {large} MB; 50 drafts at most {small} MB")
assert large < small + 120, (small, large)
if count <= 2000:
    alike, _, memory, seconds = check("few", "--alike")
    print(f"50 drafts compared with each other in {seconds:.1f} s, {memory} MB")
PY

"$nianbao" check drafts/00000.nianbao --sheet sheet.docx --by 李明 --today 2026-01-12 >/dev/null || [[ $? == 1 ]]
soffice --headless --convert-to txt:Text sheet.docx >/dev/null 2>&1
grep -q "李明" sheet.txt
grep -q "收到与办理的件数不平衡" sheet.txt
echo "the sheet opens"
