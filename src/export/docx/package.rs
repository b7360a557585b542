//! The finished file: mended parts, document properties, and a zip without dates.
//!
//! Knows which parts Word needs; docx-rs adds several empty ones that are left out.

use std::io::{Cursor, Write as _};

use docx_rs::Docx;
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::normal::{Element, normalise};
use super::{broken, is_printed, style};
use crate::doc::{Block, Doc, Table, sheet};
use crate::export::ExportError;
use crate::report::Choices;

/// Parts below this many bytes are not compressed.
const SMALL: usize = 2048;

type PackagePart = (&'static str, Vec<u8>);

/// Renders the document and packs its parts in a fixed order.
pub(super) fn pack(doc: &Doc, choices: &Choices, docx: Docx) -> Result<Vec<u8>, ExportError> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts(doc, choices, docx)? {
        // A small part takes longer to compress than it takes room.
        let method = if bytes.len() < SMALL {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        zip.start_file(name, options.compression_method(method))
            .map_err(broken)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

fn parts(doc: &Doc, choices: &Choices, docx: Docx) -> Result<Vec<PackagePart>, ExportError> {
    let built = docx.build();
    let marked = !built.headers.is_empty();
    let mut parts: Vec<PackagePart> = vec![
        ("[Content_Types].xml", content_types(marked).into()),
        ("_rels/.rels", RELATIONS.into()),
        ("docProps/core.xml", core(doc).into()),
        ("docProps/app.xml", APP.into()),
        ("word/document.xml", document(doc, &built.document)?),
        (
            "word/_rels/document.xml.rels",
            document_relations(marked).into(),
        ),
        (
            "word/styles.xml",
            normalise(&built.styles, &mut |element| mend_style(element, choices))?,
        ),
        ("word/settings.xml", style::settings(choices).into()),
        ("word/fontTable.xml", style::font_table(choices).into()),
    ];
    let names = ["word/footer1.xml", "word/footer2.xml"];
    let headers = ["word/header1.xml", "word/header2.xml"];
    let footers = names.into_iter().zip(&built.footers);
    for (name, part) in headers.into_iter().zip(&built.headers).chain(footers) {
        parts.push((name, normalise(part, &mut |_| {})?));
    }
    Ok(parts)
}

/// The body, with what docx-rs cannot say about its tables.
fn document(doc: &Doc, part: &[u8]) -> Result<Vec<u8>, ExportError> {
    let printed = doc.blocks.iter().filter(|block| is_printed(block));
    let mut tables = printed.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Heading { .. } | Block::Paragraph(_) => None,
    });
    normalise(part, &mut |element| match element.name.as_ref() {
        "w:tbl" => {
            if let Some(table) = tables.next() {
                mend_table(element, table);
            }
        }
        // Without the value every reader takes it for a continuation.
        "w:vMerge" if element.attribute("w:val") == Some("continue") => {
            *element = Element::new("w:vMerge", []);
        }
        _ => {}
    })
}

fn mend_table(element: &mut Element<'_>, table: &Table) {
    if let Some(properties) = element.child("w:tblPr") {
        let first_row = if table.header_rows > 0 { "1" } else { "0" };
        let value = if table.header_rows > 0 {
            "04A0"
        } else {
            "0480"
        };
        properties.push(Element::new(
            "w:tblLook",
            [
                ("w:val", value),
                ("w:firstRow", first_row),
                ("w:lastRow", "0"),
                ("w:firstColumn", "1"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "0"),
                ("w:noVBand", "1"),
            ],
        ));
        if !table.caption.is_empty() {
            let caption = attribute_text(&table.caption);
            properties.push(Element::new("w:tblCaption", [("w:val", caption.as_str())]));
        }
    }
    let rows = element
        .elements_mut()
        .filter(|child| child.name == "w:tr")
        .take(table.header_rows);
    for row in rows {
        if let Some(properties) = row.child("w:trPr") {
            properties.push(Element::new("w:tblHeader", []));
        }
    }
}

fn mend_style(element: &mut Element<'_>, choices: &Choices) {
    match element.name.as_ref() {
        "w:style" => mend_named_style(element, choices),
        "w:rPrDefault" => {
            if let Some(run) = element.child("w:rPr") {
                let language = [("w:val", "en-US"), ("w:eastAsia", "zh-CN")];
                run.push(Element::new("w:lang", language));
            }
        }
        // A table style has no width of its own.
        "w:tblPr" => element.remove("w:tblW"),
        "w:ind" => {
            if element.attribute("w:firstLine") == Some(&choices.first_line().to_string()) {
                element.set("w:firstLineChars", "200");
            }
            if element.attribute("w:right") == Some(&sheet::FOOTER_INDENT.to_string()) {
                element.set("w:rightChars", "100");
            }
        }
        _ => {}
    }
}

fn mend_named_style(element: &mut Element<'_>, choices: &Choices) {
    let id = element
        .attribute("w:styleId")
        .unwrap_or_default()
        .to_owned();
    if !style::DEFAULTS.contains(&id.as_str()) {
        return;
    }
    element.set("w:default", "1");
    // Grid and indent count in characters of this style, so its size must be written out.
    if id == style::NORMAL
        && let Some(run) = element.child("w:rPr")
    {
        let size = choices.body_size.to_string();
        run.push(Element::new("w:sz", [("w:val", size.as_str())]));
        run.push(Element::new("w:szCs", [("w:val", size.as_str())]));
    }
}

/// Title, author and dates; the dates follow from the report, never from the clock.
fn core(doc: &Doc) -> String {
    let date = doc.year.map_or_else(String::new, |year| {
        let stamp = format!("{:04}-01-01T00:00:00Z", u32::from(year) + 1);
        ["created", "modified"]
            .map(|name| {
                format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>"#)
            })
            .concat()
    });
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"#,
            "<dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>{}",
            "</cp:coreProperties>"
        ),
        attribute_text(&doc.title),
        SUBJECT,
        attribute_text(&doc.issuer),
        date
    )
}

/// What the document is about, whatever its title says.
const SUBJECT: &str = "政府信息公开工作年度报告";

/// Text on one line, without characters XML forbids, escaped.
fn attribute_text(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    escape(clean.trim()).into_owned()
}

/// What each part is; a report that is marked has headers besides.
fn content_types(marked: bool) -> String {
    let header = |number: u8| {
        format!(
            r#"<Override PartName="/word/header{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>"#
        )
    };
    let headers = if marked {
        header(1) + &header(2)
    } else {
        String::new()
    };
    format!("{CONTENT_TYPES}{headers}</Types>")
}

/// Where the parts of the body are; headers and footers keep the ids docx-rs gave them.
fn document_relations(marked: bool) -> String {
    let header = |number: u8| {
        format!(
            r#"<Relationship Id="rIdHeader{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header{number}.xml"/>"#
        )
    };
    let headers = if marked {
        header(1) + &header(2)
    } else {
        String::new()
    };
    format!("{DOCUMENT_RELATIONS}{headers}</Relationships>")
}

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>"#,
    "</Relationships>"
);

const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/>"#,
    r#"<Relationship Id="rIdFooter1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    r#"<Relationship Id="rIdFooter2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/>"#,
);

const APP: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>nianbao</Application></Properties>"
);
