"""The same report as a Word document by python-docx, or by docxtpl from a template made once."""
import json
import pathlib
import sys

way, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def load():
    report, form = (json.loads((folder / f"{name}.json").read_text()) for name in ("report", "form"))
    return report, form


def build(value, texts, title):
    """The document with merged tables; `value` and `texts` give what is printed."""
    import docx

    report, form = load()
    document = docx.Document()
    document.add_heading(title, 0)
    tables = {table["id"]: table for table in form["tables"]}
    for section in form["sections"]:
        if section["heading"]:
            document.add_heading(section["heading"], 1)
        if section["kind"] != "table":
            for line in texts(section["id"]):
                document.add_paragraph(line)
            continue
        printed = tables[section["id"]]
        table = document.add_table(printed["rows"], printed["columns"], "Table Grid")
        for square in printed["squares"]:
            cell = table.cell(square["row"], square["column"])
            if square["rowspan"] > 1 or square["colspan"] > 1:
                last = (square["row"] + square["rowspan"] - 1, square["column"] + square["colspan"] - 1)
                cell = cell.merge(table.cell(*last))
            cell.text = value(square["cell"]) if square["kind"] == "value" else square["text"]
    return document


def mark(key):
    return key.replace(".", "_").replace("@", "__")


if way == "python-docx":
    report, _ = load()
    sections = {section["id"]: section["text"].split("\n") for section in report["sections"]}
    document = build(lambda key: report["cells"][key] or "", lambda key: sections.get(key, []), report["title"])
    document.save(folder / "python-docx.docx")
elif way == "template":
    document = build(lambda key: "{{%s}}" % mark(key), lambda key: ["{{%s}}" % key], "{{title}}")
    document.save(folder / "template.docx")
else:
    from docxtpl import DocxTemplate

    report, _ = load()
    values = {mark(key): value or "" for key, value in report["cells"].items()}
    values |= {section["id"]: section["text"] for section in report["sections"]}
    template = DocxTemplate(folder / "template.docx")
    template.render(values | {"title": report["title"]})
    template.save(folder / "docxtpl.docx")
