"""Reads the exports with python-docx, openpyxl, html5lib and pdftotext, and compares every figure and paragraph."""
import json
import pathlib
import subprocess
import sys

import docx
import html5lib
import openpyxl

folder = pathlib.Path(sys.argv[1])


FONTS = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312", "Heading 3": "仿宋_GB2312"}


def bare(text):
    return "".join((text or "").split())


def expected(report, form):
    """For each table what stands in each square, and all paragraphs."""
    tables = []
    for printed in form["tables"]:
        squares = []
        for square in printed["squares"]:
            text = square["text"]
            if square["kind"] == "value":
                text = report["cells"][square["cell"]] or ""
            squares.append((square, text))
        tables.append((printed, squares))
    texts = [report["title"]]
    by_id = {section["id"]: section for section in report["sections"]}
    for section in form["sections"]:
        texts.append(section["heading"])
        texts += by_id.get(section["id"], {}).get("text", "").split("\n")
    return tables, [bare(text) for text in texts if bare(text)]


def same(found, text, square):
    # Amounts of the older form are printed with their unit.
    return found == bare(text) or (square["kind"] == "value" and text and found in (text + "元", text + "万元"))


def check_docx(name, tables, texts):
    document = docx.Document(folder / f"{name}.docx")
    found = [bare(paragraph.text) for paragraph in document.paragraphs if bare(paragraph.text)]
    assert found == texts, (name, [pair for pair in zip(found, texts) if pair[0] != pair[1]][:3])
    assert len(document.tables) == len(tables)
    figures = 0
    for table, (printed, squares) in zip(document.tables, tables):
        for square, text in squares:
            for row in range(square["row"], square["row"] + square["rowspan"]):
                for column in range(square["column"], square["column"] + square["colspan"]):
                    assert same(bare(table.cell(row, column).text), text, square), (name, square, text)
            figures += square["kind"] == "value"
    for style, font in FONTS.items():
        assert document.styles[style].font.name == font, (name, style)
    properties = document.core_properties
    assert bare(properties.title) == texts[0] and properties.author and properties.subject
    return figures


def is_total(cell):
    return cell.endswith(("@total", ".total")) or ".total_processed@" in cell


def check_xlsx(path, tables):
    for values in (True, False):
        book = openpyxl.load_workbook(path, data_only=values)
        assert len(book.worksheets) == len(tables)
        for sheet, (printed, squares) in zip(book.worksheets, tables):
            formulas = 0
            for square, text in squares:
                value = sheet.cell(square["row"] + 1, square["column"] + 1).value
                if square["kind"] != "value":
                    assert bare(value) == bare(text), (path, square, value)
                elif values:
                    assert (value is None) == (text == "") and float(value or 0) == float(text or 0), (path, square, value)
                else:
                    formulas += isinstance(value, str) and value.startswith("=SUM(")
            totals = sum(is_total(square["cell"] or "") for square, _ in squares)
            assert values or formulas == totals, (path, formulas, totals)


def grid(element):
    """The squares of an HTML table by row and column, as a browser lays them out."""
    covered = {}
    for row, line in enumerate(element.iter("{*}tr")):
        column = 0
        for cell in line:
            while (row, column) in covered:
                column += 1
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            for r in range(row, row + height):
                for c in range(column, column + width):
                    assert (r, c) not in covered
                    covered[r, c] = bare("".join(cell.itertext()))
            column += width
    return covered


def check_html(name, kind, tables, texts):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"))
    markup = (folder / f"{name}.{kind}").read_text()
    if kind == "fragment":
        markup = f"<!DOCTYPE html><html><head><title>x</title></head><body>{markup}</body></html>"
    document = parser.parse(markup)
    assert not parser.errors, (name, parser.errors[:3])
    found = [bare("".join(e.itertext())) for e in document.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}p")]
    assert [text for text in found if text] == texts, name
    elements = list(document.iter("{*}table"))
    assert len(elements) == len(tables)
    for element, (printed, squares) in zip(elements, tables):
        laid_out = grid(element)
        assert len(laid_out) == printed["rows"] * printed["columns"]
        for square, text in squares:
            assert same(laid_out[square["row"], square["column"]], text, square), (name, square, text)
    ids = {e.get("id") for e in document.iter("{*}th")}
    for cell in document.iter("{*}td"):
        assert kind == "fragment" or set(cell.get("headers").split()) <= ids


def check_pdf(path, tables, texts):
    text = bare(subprocess.check_output(["pdftotext", "-raw", path, "-"], text=True, stderr=subprocess.DEVNULL))
    for paragraph in texts:
        # Page numbers stand between the halves of a paragraph that goes on overleaf.
        assert bare(paragraph)[:18] in text, (path, paragraph)
    for _, squares in tables:
        for square, figure in squares:
            assert square["kind"] != "value" or figure in text, (path, figure)


for report in sorted(folder.glob("*.txt")):
    name = report.stem
    form = json.loads((folder / f"{name[:4]}.json").read_text())
    tables, texts = expected(json.loads((folder / f"{name}.json").read_text()), form)
    figures = check_docx(name, tables, texts)
    for path in (folder / f"{name}.xlsx", folder / "recalculated" / f"{name}.xlsx"):
        check_xlsx(path, tables)
    for kind in ("html", "fragment"):
        check_html(name, kind, tables, texts)
    for kind in ("pdf", "own.pdf"):
        check_pdf(folder / f"{name}.{kind}", tables, texts)
    print(f"{name}：{figures}个数、{len(texts)}段文字，各种格式都读得回来")
