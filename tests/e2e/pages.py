"""Measures pages: margins, 22 lines of 28.9 points, first-line indent, page numbers, fonts; from LibreOffice's PDF and ours."""
import pathlib
import re
import subprocess
import sys
from html import unescape

folder = pathlib.Path(sys.argv[1])
MM = 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def pages(path):
    markup = subprocess.check_output(["pdftotext", "-bbox", path, "-"], text=True, stderr=subprocess.DEVNULL)
    for page in markup.split("<page ")[1:]:
        yield [tuple(map(float, word[:4])) + (unescape(word[4]),) for word in WORD.findall(page)]


def lines(words):
    """Words on one line together, from top to bottom."""
    found = []
    for word in sorted(words, key=lambda word: (word[1] + word[3]) / 2):
        middle = (word[1] + word[3]) / 2
        if found and middle - found[-1][0] < 8:
            found[-1][1].append(word)
        else:
            found.append((middle, [word]))
    return [(middle, sorted(words)) for middle, words in found]


def near(value, wanted, tolerance):
    return abs(value - wanted) <= tolerance


def measure(path):
    size = subprocess.check_output(["pdfinfo", path], text=True, stderr=subprocess.DEVNULL)
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", size).groups())
    assert near(width, 210 * MM, 0.5) and near(height, 297 * MM, 0.5), (path, width, height)
    full = indents = flush = 0
    for number, words in enumerate(pages(path), 1):
        found = lines(words)
        # The page number stands below the type area, on the outer side.
        _, footer = found.pop()
        assert "".join(word[4] for word in footer) == f"—{number}—", (path, number, footer)
        if number % 2:
            assert near(footer[-1][2], (210 - 26) * MM - 14, 2), (path, number, footer)
        else:
            assert near(footer[0][0], 28 * MM + 14, 2), (path, number, footer)
        assert footer[0][1] > (297 - 35) * MM, (path, number, footer)
        left = min(word[0] for word in words)
        right = max(word[2] for _, line in found for word in line)
        assert left >= 28 * MM - 1.5, (path, number, left)
        # Punctuation may hang in the margin by one character.
        assert right <= (210 - 26) * MM + 17, (path, number, right)
        middles = [middle for middle, _ in found]
        steps = [after - before for before, after in zip(middles, middles[1:])]
        if len(found) == 22 and all(near(step, 28.9, 0.8) for step in steps):
            full += 1
            assert near((middles[-1] - middles[0]) / 21, 28.9, 0.05), (path, number)
            assert near(middles[0] - 14.45, 37 * MM, 5), (path, number, middles[0])
        starts = [line[0][0] for _, line in found]
        flush += sum(near(start, 28 * MM, 1.5) for start in starts)
        indents += sum(near(start, 28 * MM + 32, 1.5) for start in starts)
    assert flush > 3 or "small" in path.name, (path, flush)
    return full, indents, number


def check_fonts(path):
    """The title in 22 points, text in 16, first-level headings in the 黑体, page numbers in 14."""
    command = ["pdftohtml", "-xml", "-stdout", "-i", "-fontfullname", path]
    markup = subprocess.check_output(command, text=True, stderr=subprocess.DEVNULL)
    specs = re.findall(r'<fontspec id="(\d+)" size="(\d+)" family="([^"]*)"', markup)
    fonts = {number: (round(int(size) / 1.5), "Sans" if "Sans" in family else "Serif") for number, size, family in specs}
    texts = re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', markup)
    kinds = set()
    for number, text in texts:
        text, font = re.sub(r"<.*?>|\s", "", unescape(text)), fonts[number]
        if re.fullmatch(r"[一二三四五六]、.{4,24}情况|.*其他需要报告的事项", text) and font[0] > 12:
            wanted = ("heading", (16, "Sans"))
        elif re.fullmatch(r"—\d+—", text):
            wanted = ("number", (14, "Serif"))
        elif text.startswith(("（一）主要", "本机关围绕", "无。")):
            wanted = ("text", (16, "Serif"))
        elif font[0] > 18:
            wanted = ("title", (22, "Serif"))
        else:
            continue
        assert font == wanted[1], (path, text, font)
        kinds.add(wanted[0])
    assert len(kinds) == 4, (path, kinds)


for path in sorted(folder.glob("*.pdf")):
    full, indents, count = measure(path)
    check_fonts(path)
    assert indents > 3, (path, indents)
    if "long" in path.name:
        assert count >= 40 and full >= 25, (path, count, full)
    print(f"{path.name}：共{count}页，{full}页满22行，{indents}处首行缩进两字，字体字号相符")
