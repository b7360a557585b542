"""Compares our PDF pages with LibreOffice's pages of our DOCX, and both with the report."""

import difflib
import html
import json
import re
import subprocess
import sys

LEAST = 98.0
PITCH = 28.9
FOOTER = 750


def words(pdf):
    """The words of each page with their boxes."""
    out = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for line in out.splitlines():
        if "<page " in line:
            pages.append([])
        found = re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if found:
            box = [float(number) for number in found.groups()[:4]]
            pages[-1].append((*box, html.unescape(found[5])))
    return pages


def lines(page):
    """The words of a page as lines from top to bottom: (middle, left, right, text)."""
    rows = []
    for left, top, right, bottom, text in sorted(page, key=lambda word: (word[1] + word[3]) / 2):
        middle = (top + bottom) / 2
        if rows and abs(rows[-1][0] - middle) < 2:
            rows[-1][1].append((left, right, text))
        else:
            rows.append((middle, [(left, right, text)]))
    found = []
    for middle, parts in rows:
        parts.sort()
        text = "".join(part[2] for part in parts)
        found.append((middle, parts[0][0], max(part[1] for part in parts), text))
    return found


def broken(pages):
    """The lines of the pages with the number of their page; labels set upright count as one line."""
    found = []
    for number, page in enumerate(pages):
        upright = [word for word in page if word[2] < 79.4 + 22 and len(word[4]) == 1 and word[2] - word[0] < 13]
        rest = [word for word in page if word not in upright and word[3] < FOOTER]
        found += [(number, squeezed(line[3])) for line in lines(rest)]
        found.append((number, "".join(word[4] for word in sorted(upright, key=lambda word: word[1]))))
    return [line for line in found if line[1]]


def squeezed(text):
    return re.sub(r"\s", "", text)


def check_text(name, report, pages):
    """Every paragraph and figure of the report is in the PDF."""
    printed = squeezed("".join(line[3] for page in pages for line in lines(page) if line[0] < FOOTER))
    for section in report["sections"]:
        for paragraph in [section["heading"], *section.get("text", "").splitlines()]:
            assert squeezed(paragraph) in printed, f"{name}: {paragraph}"
    figures = sorted(str(value) for value in report["cells"].values() if value not in ("", None))
    there = [word[4] for page in pages for word in page]
    for figure in set(figures):
        assert there.count(figure) >= figures.count(figure), f"{name}: {figure}"
    return len(figures)


def check_structure(name, pdf):
    """Screen readers find the headings, and tables whose cells are all there."""
    out = subprocess.run(["pdfinfo", "-struct", pdf], capture_output=True, check=True).stdout.decode("utf8", "replace")
    kinds = [line.split()[0].rstrip(":") for line in out.splitlines() if line.strip()]
    assert kinds.count("Table") == 3 and kinds.count("H1") >= 6, name
    assert kinds.count("TD") >= 190, (name, kinds.count("TD"))
    assert kinds.count("/Scope") == kinds.count("TH"), name


def check_measures(name, pages):
    """Lines stand on the grid, inside the margins, with the page number where it belongs."""
    for number, page in enumerate(pages, 1):
        rows = lines(page)
        foot = [row for row in rows if row[0] > FOOTER]
        assert len(foot) == 1 and squeezed(foot[0][3]) == f"—{number}—", (name, number, foot)
        if number % 2:
            assert abs(foot[0][2] - (521.6 - 14)) < 2, (name, number, foot)
        else:
            assert abs(foot[0][1] - (79.4 + 14)) < 2, (name, number, foot)
        for middle, left, right, text in rows:
            assert left > 79.4 - 2 and right < 521.6 + 17, (name, number, text)
    assert abs(lines(pages[0])[0][0] - (104.9 + PITCH / 2)) < 6, (name, lines(pages[0])[0])


def main(folder, names):
    same = total = placed = figures = 0
    for name in names:
        ours, theirs = words(f"{folder}/ours/{name}.pdf"), words(f"{folder}/theirs/{name}.pdf")
        report = json.load(open(f"{folder}/ours/{name}.json"))
        figures += check_text(name, report, ours)
        check_measures(name, ours)
        check_structure(name, f"{folder}/ours/{name}.pdf")
        table = [broken(ours), broken(theirs)]
        left, right = ([text for _, text in rows] for rows in table)
        match = difflib.SequenceMatcher(None, left, right, autojunk=False)
        equal = 0
        for tag, a, b, c, d in match.get_opcodes():
            if tag == "equal":
                equal += b - a
                placed += sum(table[0][a + k][0] == table[1][c + k][0] for k in range(b - a))
            else:
                print(f"  {name}：{' | '.join(left[a : min(b, a + 2)])} ≠ {' | '.join(right[c : min(d, c + 2)])}")
        total += max(len(left), len(right))
        same += equal
        pages = f"{len(ours)}页" if len(ours) == len(theirs) else f"{len(ours)}页而不是{len(theirs)}页"
        print(f"{name}：{equal}/{max(len(left), len(right))}行相同，{pages}")
    share = 100 * same / total
    print(f"{figures}个数字和全部段落都读得出；{total}行中{same}行与LibreOffice断在同处（{share:.1f}%），{placed}行在同一页")
    assert share >= LEAST, f"不到{LEAST}%"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
