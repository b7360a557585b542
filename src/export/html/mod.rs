//! Writes a [`Doc`] as a web page, or as a fragment to paste into the editor of a website.
//!
//! A page names the headings of every figure for screen readers; a fragment carries its looks in the
//! elements themselves, since such editors drop style sheets, classes and ids.

mod links;

use crate::doc::title;
use crate::doc::{Block, Cell, Doc, Role, Table};

/// A whole page that needs no other file.
#[must_use]
pub fn page(doc: &Doc) -> String {
    let title = escape(&doc.title);
    let author = match doc.issuer.as_str() {
        "" => String::new(),
        issuer => format!("<meta name=\"author\" content=\"{}\">\n", escape(issuer)),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{author}<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        body(doc, MarkupUse::Page)
    )
}

/// The report without a page around it, looking the same in any editor.
#[must_use]
pub fn fragment(doc: &Doc) -> String {
    body(doc, MarkupUse::Fragment)
}

/// What the markup is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkupUse {
    Page,
    Fragment,
}

/// Tables of more columns than a telephone shows scroll in a box of their own.
const NARROW: usize = 5;

const STYLE: &str = include_str!("page.css");

const HEI: &str = "font-family:黑体,SimHei,sans-serif;";
const KAI: &str = "font-family:楷体,KaiTi,楷体_GB2312,serif;";
const FANG: &str = "font-family:仿宋,FangSong,仿宋_GB2312,serif;";
const TEXT: &str = "margin:0;text-indent:2em;line-height:1.8;font-size:16pt;text-align:justify;";
const SQUARE: &str = "border:1px solid #000;padding:4px;font-size:10.5pt;line-height:1.3;";

impl MarkupUse {
    /// The attribute that carries the looks, or the class, of an element.
    fn looks(self, class: &str, style: &str) -> String {
        match (self, class) {
            (Self::Page, "") => String::new(),
            (Self::Page, class) => format!(" class=\"{class}\""),
            (Self::Fragment, _) => format!(" style=\"{style}\""),
        }
    }
}

fn body(doc: &Doc, kind: MarkupUse) -> String {
    let mut out = String::new();
    if !doc.mark.is_empty() {
        let looks = kind.looks("mark", &format!("{HEI}text-align:center;"));
        line(&mut out, "p", &looks, &escape(&doc.mark));
    }
    if !doc.title.is_empty() {
        let looks = kind.looks(
            "",
            "text-align:center;font-weight:normal;font-size:22pt;line-height:1.5;",
        );
        let lines: Vec<_> = title::title_lines(&doc.title)
            .iter()
            .map(|line| escape(line))
            .collect();
        line(&mut out, "h1", &looks, &lines.join("<wbr>"));
    }
    if !doc.number.is_empty() {
        let looks = kind.looks(
            "number",
            &format!("margin:0;text-align:center;line-height:1.8;font-size:16pt;{FANG}"),
        );
        line(&mut out, "p", &looks, &escape(&doc.number));
    }
    let (mut tables, mut rank) = (0, 1);
    for block in &doc.blocks {
        match block {
            Block::Heading { level, text } => {
                rank = heading(&mut out, *level, text, rank, kind);
            }
            Block::Paragraph(text) => {
                let looks = kind.looks("", &format!("{TEXT}{FANG}"));
                line(&mut out, "p", &looks, &links::linked(text));
            }
            Block::Table(table) => {
                tables += 1;
                table_markup(&mut out, table, tables, kind);
            }
        }
    }
    for (text, room) in doc.signature_lines() {
        let right = format!("text-align:right;padding-right:{}em;", em(room));
        let looks = match kind {
            MarkupUse::Page => format!(" class=\"signature\" style=\"{right}\""),
            MarkupUse::Fragment => {
                format!(" style=\"margin:0;line-height:1.8;font-size:16pt;{FANG}{right}\"")
            }
        };
        line(&mut out, "p", &looks, &escape(text));
    }
    out
}

/// Writes a heading below one of a rank, none of which a reader by ear must miss on the way down; returns
/// its own rank.
fn heading(out: &mut String, level: u8, text: &str, above: u8, kind: MarkupUse) -> u8 {
    let (own, class, font) = match level {
        0 | 1 => (2, "", HEI),
        2 => (3, "second", KAI),
        _ => (4, "third", FANG),
    };
    let rank = own.min(above + 1);
    let class = if rank == own { "" } else { class };
    let looks = kind.looks(class, &format!("{TEXT}{font}font-weight:normal;"));
    line(out, &format!("h{rank}"), &looks, &escape(text));
    rank
}

/// Hundredths as a number of ems.
fn em(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn line(out: &mut String, tag: &str, looks: &str, markup: &str) {
    out.push_str(&format!("<{tag}{looks}>{markup}</{tag}>\n"));
}

fn table_markup(out: &mut String, table: &Table, number: usize, kind: MarkupUse) {
    let wide = table.columns > NARROW;
    match kind {
        MarkupUse::Page if wide => {
            // Who has no mouse scrolls the box with the keys, once it has the focus.
            let name = escape(&table.caption);
            out.push_str(&format!(
                "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\n<table>\n"
            ));
        }
        MarkupUse::Page => out.push_str("<div>\n<table>\n"),
        // Editors that drop styles mostly keep the border attribute.
        MarkupUse::Fragment => {
            let least = if wide { "min-width:640px;" } else { "" };
            out.push_str(&format!(
                "<div style=\"overflow-x:auto;\">\n<table border=\"1\" style=\"border-collapse:collapse;width:100%;{least}margin:8px 0;\">\n"
            ));
        }
    }
    if kind == MarkupUse::Page && !table.caption.is_empty() {
        line(out, "caption", "", &escape(&table.caption));
    }
    columns(out, table);
    for group in row_groups(table) {
        let tag = if group.end <= table.header_rows {
            "thead"
        } else {
            "tbody"
        };
        out.push_str(&format!("<{tag}>\n"));
        for row in group {
            out.push_str("<tr>");
            for cell in table.cells.iter().filter(|cell| cell.row == row) {
                square(out, table, cell, number, kind);
            }
            out.push_str("</tr>\n");
        }
        out.push_str(&format!("</{tag}>\n"));
    }
    out.push_str("</table>\n</div>\n");
}

fn columns(out: &mut String, table: &Table) {
    let whole: u32 = table.widths.iter().sum();
    if whole == 0 {
        return;
    }
    out.push_str("<colgroup>");
    for width in &table.widths {
        let tenths = (width * 1000 + whole / 2) / whole;
        out.push_str(&format!(
            "<col style=\"width:{}.{}%\">",
            tenths / 10,
            tenths % 10
        ));
    }
    out.push_str("</colgroup>\n");
}

/// The head, and a body for every band of rows that begins with a caption of its own.
fn row_groups(table: &Table) -> Vec<std::ops::Range<usize>> {
    let mut starts = vec![0];
    if table.header_rows > 0 {
        starts.push(table.header_rows);
    } else {
        starts.extend(captions(table).filter(|&row| row > 0));
    }
    let mut ends: Vec<_> = starts.iter().skip(1).copied().collect();
    ends.push(table.rows);
    starts
        .into_iter()
        .zip(ends)
        .map(|(start, end)| start..end)
        .filter(|group| !group.is_empty())
        .collect()
}

/// The rows that are one heading from edge to edge.
fn captions(table: &Table) -> impl Iterator<Item = usize> + '_ {
    let across = |cell: &&Cell| cell.role == Role::Head && cell.column_span == table.columns;
    table.cells.iter().filter(across).map(|cell| cell.row)
}

fn square(out: &mut String, table: &Table, cell: &Cell, number: usize, kind: MarkupUse) {
    let tag = if cell.role == Role::Value { "td" } else { "th" };
    out.push_str(&format!("<{tag}"));
    for (name, span) in [("rowspan", cell.row_span), ("colspan", cell.column_span)] {
        if span > 1 {
            out.push_str(&format!(" {name}=\"{span}\""));
        }
    }
    let across = cell.column_span == table.columns;
    match cell.role {
        Role::Head if across => out.push_str(" scope=\"rowgroup\""),
        Role::Head => out.push_str(" scope=\"col\""),
        Role::Label => out.push_str(" scope=\"row\""),
        Role::Value => {}
    }
    let left = cell.role == Role::Label && table.header_rows > 0;
    match kind {
        MarkupUse::Page if cell.role == Role::Value => {
            let headings = headings_of(table, cell);
            let ids: Vec<_> = headings.map(|heading| id(number, heading)).collect();
            if !ids.is_empty() {
                out.push_str(&format!(" headers=\"{}\"", ids.join(" ")));
            }
        }
        MarkupUse::Page => out.push_str(&format!(" id=\"{}\"", id(number, cell))),
        MarkupUse::Fragment => {
            let align = if left { "left" } else { "center" };
            let font = if cell.role == Role::Head { HEI } else { FANG };
            out.push_str(&format!(
                " style=\"{SQUARE}text-align:{align};font-weight:normal;{font}\""
            ));
        }
    }
    out.push_str(&format!(">{}</{tag}>", escape(&cell.text)));
}

fn id(table: usize, cell: &Cell) -> String {
    format!("t{table}r{}c{}", cell.row + 1, cell.column + 1)
}

/// The headings a figure stands under and beside, those of its own band only.
fn headings_of<'a>(table: &'a Table, figure: &'a Cell) -> impl Iterator<Item = &'a Cell> {
    let band = match table.header_rows {
        0 => captions(table)
            .filter(|&row| row <= figure.row)
            .max()
            .unwrap_or(0),
        _ => 0,
    };
    let meets = |from: usize, span: usize, other: usize, other_span: usize| {
        from < other + other_span && other < from + span
    };
    table.cells.iter().filter(move |cell| match cell.role {
        Role::Head => {
            cell.row >= band
                && cell.row < figure.row
                && meets(
                    cell.column,
                    cell.column_span,
                    figure.column,
                    figure.column_span,
                )
        }
        Role::Label => meets(cell.row, cell.row_span, figure.row, figure.row_span),
        Role::Value => false,
    })
}

/// Text with the characters that mean something in markup written out, and without those it cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&#160;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
