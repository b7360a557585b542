"""Reports in many settings: writes them, and compares our pages with LibreOffice's."""

import difflib
import itertools
import pathlib
import re
import subprocess
import sys

from lines import broken, squeezed, words
from samples import report

PITCHES = ["26", "28", "28.9", "29", "30"]
SIZES = ["12", "10.5", "9", "7.5"]
# Lengths of the issuer's name, so that titles of one, two and three lines stand above the text.
ISSUERS = [4, 5, 8, 12, 17, 23, 34, 48]
NAME = "青石镇人民政府和云溪县便民服务中心黑龙江省双鸭山市集贤县升昌镇太平社区工作领导小组办公室东河村"
# Paragraphs of text: a township's report, a county's, one of 49 pages.
KINDS = {"empty": 0, "town": 8, "town2": 11, "county": 24, "county2": 31, "long": 118}
TOP, BOTTOM = 104.9, 841.9 - 99.2
LEAST = 98.0


# LibreOffice breaks the first in its middle, and never before a Latin word behind a bracket or another word's sign.
ODD = re.compile(r"……共6期|（Word、PDF两种格式）|（见附表1-3）")


def make(nianbao, folder, full=""):
    text = run(nianbao, "export", f"{folder}/demo.nianbao", "--force", "--to", "txt", "-o", "-")
    seen = {}
    for seed, (kind, paragraphs) in enumerate(KINDS.items()):
        seen[kind] = report(text, seed, paragraphs) if paragraphs else emptied(text)
    number = 0
    for (at, pitch), (by, size) in itertools.product(enumerate(PITCHES), enumerate(SIZES)):
        for which, kind in enumerate(KINDS):
            # One setting in six of every kind, the usual ones always; the longest only seldom.
            wanted = (at + by + which) % 6 == 0 or (pitch, size) == ("28.9", "10.5")
            if not (full or wanted) or (kind == "long" and not full and pitch != "28.9"):
                continue
            issuer = NAME[: ISSUERS[number % len(ISSUERS)]]
            number += 1
            name = f"{kind}-{pitch}-{size}-{len(issuer)}字"
            source = pathlib.Path(folder, f"{name}.txt")
            text = ODD.sub("", seen[kind])
            source.write_text(re.sub(r"^.*?(?=2025年政府信息公开工作年度报告)", issuer, text, count=1))
            for format in ("docx", "pdf"):
                target = f"{folder}/ours/{name}.{format}"
                run(nianbao, "export", str(source), "--force", "-o", target, "--line-pitch", pitch, "--table-size", size)


def emptied(text):
    """The report with hardly a word between its tables."""
    kept, passage = [], False
    for line in text.splitlines():
        if line[:2] in ("一、", "五、", "六、"):
            kept += [line, "无。"]
            passage = True
        elif line[:2] in ("二、", "三、", "四、"):
            kept.append(line)
            passage = False
        elif not passage:
            kept.append(line)
    return "\n".join(kept) + "\n"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def compare(folder):
    same = total = 0
    faults = []
    for path in sorted(pathlib.Path(folder, "ours").glob("*.pdf")):
        name = path.stem
        pages = [words(path), words(f"{folder}/theirs/{name}.pdf")]
        if len(pages[0]) != len(pages[1]):
            faults.append(f"{name}：{len(pages[0])}页，LibreOffice是{len(pages[1])}页")
        left, right = (texts(page) for page in pages)
        match = difflib.SequenceMatcher(None, left, right, autojunk=False)
        same += sum(block.size for block in match.get_matching_blocks())
        total += max(len(left), len(right))
        # At twelve points the head of the longest table and its first two rows take a quarter themselves.
        most = 0.3 if f"-{SIZES[0]}-" in name else 0.27
        for side, page in zip(("PDF", "LibreOffice"), pages):
            faults += [f"{name}：{side}{fault}" for fault in looks(page, most)]
    share = 100 * same / total
    print("\n".join(faults))
    print(f"{total}行中{same}行与LibreOffice相同（{share:.1f}%）")
    assert not faults and share >= LEAST, f"{len(faults)}处不对"


def other(folder):
    """What LibreOffice makes of the Word documents in fonts that are not ours."""
    faults = []
    for path in sorted(pathlib.Path(folder, "other").glob("*.pdf")):
        faults += [f"{path.stem}：换了字体，{fault}" for fault in looks(words(path), 0.3)]
    print("\n".join(faults))
    assert not faults, f"{len(faults)}处不对"


def texts(pages):
    return [text for _, text in broken(pages)]


def looks(pages, most):
    """What a typist would not let pass."""
    for number, page in enumerate(pages, 1):
        inside = [word for word in page if word[1] < BOTTOM - 4]
        if not inside:
            yield f"第{number}页是空的"
            continue
        last = max(inside, key=lambda word: word[3])
        row = squeezed("".join(word[4] for word in sorted(inside) if abs(word[3] - last[3]) < 3))
        if re.match(r"[一二三四五六]、.*情况$|六、其他需要报告的事项$", row) and number < len(pages):
            yield f"第{number}页末尾是标题“{row}”"
        blank = (BOTTOM - last[3]) / (BOTTOM - TOP)
        if blank > most and number < len(pages):
            yield f"第{number}页空白{blank:.0%}"


if __name__ == "__main__":
    {"make": make, "compare": compare, "other": other}[sys.argv[1]](*sys.argv[2:])
