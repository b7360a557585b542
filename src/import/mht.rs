//! Pages that a browser saved into one file: the page with the report goes to the reader of web
//! pages. It knows no report.

use encoding_rs::Encoding;
use mailparse::{ParsedMail, parse_mail};

use super::{ImportError, html};
use crate::doc::{Block, Doc};

/// The most pages of one file that are tried: a page, its frames and what stands beside the report.
const PAGES: usize = 16;
/// The deepest nesting of parts.
const DEPTH: usize = 20;
/// The most bytes of all pages together.
const LARGEST: usize = 8 * 1024 * 1024;
/// The lines before the first empty one are looked at no further than this, in bytes.
const HEAD: usize = 8 * 1024;

/// Whether a file begins like a message with parts, as saved pages do.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let start = String::from_utf8_lossy(start).to_lowercase();
    let head = start
        .trim_start()
        .lines()
        .take_while(|line| !line.is_empty());
    let mut typed = false;
    for (at, line) in head.enumerate() {
        let goes_on = at > 0 && line.starts_with([' ', '\t']);
        let name = line.split_once(':').map_or("", |(name, _)| name);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !goes_on && (name.is_empty() || !name.chars().all(is_name)) {
            return false;
        }
        typed |= ["multipart/", "text/html"]
            .iter()
            .any(|kind| name == "content-type" && line.contains(kind));
    }
    typed
}

/// Reads a saved page: of several pages, as frames make them, the one with the most of a report.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    // What names the parts is the head, so that nothing may stand before it.
    let mail = parse_mail(bytes.trim_ascii_start()).map_err(|_error| broken("内容已损坏"))?;
    let mut pages = Vec::new();
    collect(&mail, 0, &mut pages);
    let mut best: Option<((usize, usize), Doc)> = None;
    let mut failure = broken("里面没有网页");
    let mut total = 0;
    for page in pages {
        let markup = markup(page)?;
        total += markup.len();
        if total > LARGEST {
            return Err(ImportError::TooLarge);
        }
        match html::read(&markup) {
            Ok(doc) if best.as_ref().is_none_or(|(most, _)| weight(&doc) > *most) => {
                best = Some((weight(&doc), doc));
            }
            Ok(_) => {}
            Err(error) => failure = error,
        }
    }
    best.map(|(_, doc)| doc).ok_or(failure)
}

fn broken(reason: &str) -> ImportError {
    ImportError::Broken {
        format: "网页存档",
        reason: reason.to_owned(),
    }
}

/// The pages among the parts.
fn collect<'a, 'b>(part: &'a ParsedMail<'b>, depth: usize, pages: &mut Vec<&'a ParsedMail<'b>>) {
    if depth > DEPTH || pages.len() >= PAGES {
        return;
    }
    if matches!(
        part.ctype.mimetype.as_str(),
        "text/html" | "application/xhtml+xml"
    ) {
        pages.push(part);
    }
    for inner in &part.subparts {
        collect(inner, depth + 1, pages);
    }
}

/// The markup of a page, in the encoding that its part names if that is true, or else as it is.
fn markup(page: &ParsedMail<'_>) -> Result<Vec<u8>, ImportError> {
    let raw = page.get_body_raw().map_err(|_error| broken("内容已损坏"))?;
    let named = page.ctype.params.get("charset");
    let Some(encoding) = named.and_then(|name| Encoding::for_label(name.as_bytes())) else {
        return Ok(raw);
    };
    let (text, _, is_broken) = encoding.decode(&raw);
    if is_broken {
        return Ok(raw);
    }
    Ok(text.into_owned().into_bytes())
}

/// How much of a report a page has: the headings of its parts, then the cells of its tables.
fn weight(doc: &Doc) -> (usize, usize) {
    let parts = doc
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Heading { level: 1, .. }));
    let cells = doc.blocks.iter().map(|block| match block {
        Block::Table(table) => table.cells.len(),
        _ => 0,
    });
    (parts.count(), cells.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><body><h1>甲乡2024年政府信息公开工作年度报告</h1><p>一、总体情况</p>\
        <p>做了工作。</p><table><tr><td>规章</td><td>7</td></tr></table></body></html>";

    /// A file of parts as a browser saves it: for each, its type, its encoding and its body.
    fn saved(parts: &[(&str, &str, Vec<u8>)], end: &str) -> Vec<u8> {
        let mut file = [
            "From: <Saved by Blink>",
            "Snapshot-Content-Location: http://example.invalid/",
            "Subject: =?utf-8?Q?=E7=94=B2?=",
            "MIME-Version: 1.0",
            "Content-Type: multipart/related;",
            "\ttype=\"text/html\"; boundary=\"----b----\"",
            "",
            "",
        ]
        .join(end)
        .into_bytes();
        for (kind, encoding, body) in parts {
            let head = format!(
                "------b----{end}Content-Type: {kind}{end}Content-Transfer-Encoding: {encoding}{end}{end}"
            );
            file.extend(head.bytes());
            file.extend(body);
            file.extend(end.bytes());
        }
        file.extend(format!("------b------{end}").bytes());
        file
    }

    fn quoted(text: &str) -> Vec<u8> {
        let quote = |byte: u8| match byte {
            b'=' | 128.. => format!("={byte:02X}"),
            byte => char::from(byte).to_string(),
        };
        let letters: Vec<String> = text.bytes().map(quote).collect();
        let lines: Vec<String> = letters.chunks(20).map(<[String]>::concat).collect();
        lines.join("=\r\n").into_bytes()
    }

    fn base64(bytes: &[u8]) -> Vec<u8> {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = Vec::new();
        for three in bytes.chunks(3) {
            let at = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
            let number = at(0) << 16 | at(1) << 8 | at(2);
            for place in 0..4 {
                let letter = LETTERS[(number >> (18 - 6 * place)) as usize & 63];
                text.push(if place <= three.len() { letter } else { b'=' });
            }
        }
        text
    }

    fn is_whole(doc: &Doc) -> bool {
        let has = |wanted: &str| {
            doc.blocks.iter().any(|block| match block {
                Block::Table(table) => table.cells.iter().any(|cell| cell.text == wanted),
                Block::Heading { text, .. } | Block::Paragraph(text) => text == wanted,
            })
        };
        doc.title.starts_with("甲乡2024年") && has("做了工作。") && has("规章") && has("7")
    }

    #[test]
    fn a_saved_page_is_read_as_the_page() {
        let meta = PAGE.replace("<html>", "<html><meta charset=\"gb18030\">");
        let national = encoding_rs::GB18030.encode(&meta).0.into_owned();
        let bare = encoding_rs::GB18030.encode(PAGE).0.into_owned();
        let (wide, plain) = ("text/html; charset=\"utf-8\"", "text/html");
        for (what, file) in [
            (
                "quoted",
                saved(&[(wide, "quoted-printable", quoted(PAGE))], "\r\n"),
            ),
            (
                "lines of Unix",
                saved(&[(plain, "quoted-printable", quoted(PAGE))], "\n"),
            ),
            (
                "by its own word",
                saved(&[(plain, "base64", base64(&national))], "\r\n"),
            ),
            (
                "by the part",
                saved(
                    &[("text/html; charset=gb2312", "base64", base64(&bare))],
                    "\r\n",
                ),
            ),
            (
                "the part lies",
                saved(&[(wide, "base64", base64(&national))], "\r\n"),
            ),
            ("as it is", saved(&[(wide, "8bit", PAGE.into())], "\r\n")),
        ] {
            // As Word names it, as a browser does, and as nothing does.
            for name in ["a.doc", "a.mht", "a.mhtml", "报告"] {
                let doc = crate::import::read(name, &file).unwrap();
                assert!(is_whole(&doc), "{what} {name}: {doc:?}");
            }
        }
    }

    #[test]
    fn of_several_frames_the_one_with_the_report_is_read() {
        let frames = "<html><frameset><frame src=\"a\"><frame src=\"b\"></frameset></html>";
        let menu = "<html><body><table><tr><td>首页</td><td>公开</td></tr></table></body></html>";
        let page = |text: &str| ("text/html; charset=utf-8", "8bit", text.as_bytes().to_vec());
        let file = saved(&[page(frames), page(menu), page(PAGE), page(menu)], "\r\n");
        assert!(is_whole(&read(&file).unwrap()));
    }

    #[test]
    fn a_file_without_a_page_is_refused() {
        let file = saved(&[("image/png", "base64", base64(&[1, 2, 3]))], "\r\n");
        assert_eq!(read(&file), Err(broken("里面没有网页")));
        let mut deep = Vec::new();
        for level in 0..3000 {
            deep.extend(
                format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n").bytes(),
            );
        }
        assert!(read(&deep).is_err());
    }

    #[test]
    fn a_text_with_a_colon_is_no_saved_page() {
        for text in [
            "标题：甲\n正文",
            "From: 甲\n\n一、甲",
            "一、甲\nContent-Type: text/html\n",
            "",
        ] {
            assert!(!is_archive(text.as_bytes()), "{text}");
        }
    }
}
