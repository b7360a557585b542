//! RTF: the text, tables with merged cells, one in another. It knows no form and no report.

mod letters;
mod reader;
mod state;
mod words;

use self::reader::RtfReader;
use self::words::ControlWords;
use super::assemble::assemble;
use super::{ImportError, text};
use crate::doc::Doc;

/// What a file begins with.
pub(super) const START: &[u8] = b"{\\rtf";

/// Reads an RTF document, or the text that is only called one.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    if !bytes.starts_with(START) {
        return text::read(bytes);
    }
    let mut reader = RtfReader::new();
    for word in ControlWords::new(bytes) {
        reader.visit(word)?;
    }
    let pieces = reader.finish()?;
    if pieces.is_empty() {
        return Err(ImportError::Broken {
            format: "RTF",
            reason: "里面没有文字".to_owned(),
        });
    }
    Ok(assemble(pieces))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Table};
    use crate::import::grid::squares;

    fn table(body: &str) -> Table {
        let bytes = format!("{{\\rtf1\\ansi\\ansicpg936{body}}}").into_bytes();
        let doc = read(&bytes).unwrap();
        let mut tables = doc.blocks.into_iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        tables.next().unwrap()
    }

    fn texts(table: &Table) -> Vec<&str> {
        table.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    fn paragraphs(body: &str) -> Vec<String> {
        let bytes = format!("{{\\rtf1\\ansi\\ansicpg936{body}}}").into_bytes();
        let blocks = read(&bytes).unwrap().blocks.into_iter();
        let texts = blocks.map(|block| match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => text,
            Block::Table(_) => "table".to_owned(),
        });
        texts.collect()
    }

    #[test]
    fn merged_cells_keep_their_squares() {
        let table = table(
            "\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\
             \\pard\\intbl a\\cell b\\cell\\cell\\row\
             \\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\
             \\pard\\intbl\\cell 1\\cell 2\\cell\\row\
             \\trowd\\cellx1005\\cellx3000 c\\cell 3\\cell\\row\\pard z\\par",
        );
        assert_eq!(
            squares(&table),
            [
                ("a", 0, 0, 2, 1),
                ("b", 0, 1, 1, 2),
                ("1", 1, 1, 1, 1),
                ("2", 1, 2, 1, 1),
                ("c", 2, 0, 1, 1),
                ("3", 2, 1, 1, 2),
            ]
        );
    }

    #[test]
    fn tables_stand_in_tables() {
        let doc = read(
            b"{\\rtf1 \\trowd\\cellx1000\\cellx3000\\pard\\intbl a\\cell\
              \\pard\\intbl\\itap2 1\\nestcell{\\nonesttables\\par}2\\nestcell\
              {\\*\\nesttableprops\\trowd\\cellx1500\\cellx2000\\nestrow}{\\nonesttables\\par}\
              \\pard\\intbl\\itap1 b\\cell\\row\\pard z\\par}",
        );
        let blocks = doc.unwrap().blocks;
        let [
            Block::Table(inner),
            Block::Table(outer),
            Block::Paragraph(last),
        ] = blocks.as_slice()
        else {
            panic!("{blocks:?}");
        };
        assert_eq!(texts(inner), ["1", "2"]);
        assert_eq!(texts(outer), ["a", "b"]);
        assert_eq!(last, "z");
    }

    #[test]
    fn letters_are_chinese_by_their_fonts_or_their_numbers() {
        for body in [
            "\\'bc\\'d7",
            "\\u30002 ?",
            "\\u30002\\'3f",
            "\\uc2\\u30002\\'bc\\'d7",
            "\\uc0\\u30002",
            "{\\upr{?}{\\*\\ud{\\u30002 ?}}}",
        ] {
            assert_eq!(paragraphs(&format!("{body}\\par")), ["甲"], "{body}");
        }
        let western = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}{\\f5\\fcharset134 B;}}\
            {\\f5 \\'bc\\'d7}{\\loch\\af0\\hich\\af0\\dbch\\af5 \\'bc\\'d7}{\\dbch\\f5 \\'bc\\'d7}\\par}";
        let doc = read(western).unwrap();
        assert_eq!(doc.blocks, [Block::Paragraph("甲甲甲".to_owned())]);
        let emoji = paragraphs("\\uc1\\u-10179 ?\\u-9088 ?\\par");
        assert_eq!(emoji, ["\u{1f480}"]);
    }

    #[test]
    fn what_is_not_printed_is_left_out() {
        let body = "{\\info{\\title x}}{\\header x\\par}{\\*\\unknown{x}x}{\\pict\\bin4 }}}}x}\
            1{\\v 2}{\\strike\\striked0 0}{\\striked1\\strike0 0}{\\deleted 3}4{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt 5}}\
            {\\footnote x}{\\super 6}\\v 7\\plain 8\\par{\\deleted z\\par}9\\par";
        assert_eq!(paragraphs(body), ["145⁶8", "9"]);
        let table = table(
            "\\trowd\\cellx1000\\cellx2000\\intbl a\\cell 1\\cell\\row\
             \\intbl{\\deleted b\\cell 2\\cell\\row}\\intbl c\\cell 3\\cell\\row",
        );
        assert_eq!(texts(&table), ["a", "1", "c", "3"]);
    }

    #[test]
    fn numbers_that_the_program_puts_are_read_but_not_before_figures() {
        let body = "{\\stylesheet{\\s3\\outlinelevel0 heading 1;}}\
            {\\listtext\\pard 1.\\tab}a\\par\\pard\\s3 b\\par\\pard\\outlinelevel1 c\\par";
        assert_eq!(paragraphs(body), ["1.a", "b", "c"]);
        let table = table(
            "\\trowd\\cellx1000\\cellx2000\\intbl{\\listtext 1.\\tab}7\\cell{\\listtext 2.}a\\cell\\row",
        );
        assert_eq!(texts(&table), ["7", "2.a"]);
    }

    #[test]
    fn a_box_in_a_cell_stays_in_it() {
        let table = table(
            "\\trowd\\cellx1000\\cellx2000\\intbl a{\\shp{\\*\\shpinst{\\sp{\\sn x}}\
             {\\shptxt\\pard b\\par c}}}d\\cell 1\\cell\\row",
        );
        assert_eq!(texts(&table), ["b\nc\nad", "1"]);
    }

    #[test]
    fn groups_without_end_are_refused() {
        let deep = [START, &b"{".repeat(100_000)].concat();
        assert_eq!(read(&deep), Err(ImportError::TooLarge));
        let cells = [START, &b"\\cell".repeat(300_000)].concat();
        assert_eq!(read(&cells), Err(ImportError::TooLarge));
        let lines = [START, &b" a\\par".repeat(300_000)].concat();
        assert_eq!(read(&lines), Err(ImportError::TooLarge));
        assert!(read(b"{\\rtf1 }").is_err());
        assert!(read("一、甲".as_bytes()).is_ok());
    }
}
