//! What a file is that no reader reads, by its content, whatever it is called, and the way out.

use super::ImportError;
use super::compound::{self, Compound};
use super::package::Package;

/// The advice for a spreadsheet.
const SPREADSHEET: &str = "在表格软件里打开，另存为.xlsx再导入";
/// The advice for what is locked.
const WITHOUT_PASSWORD: &str = "用Word、Excel或WPS打开，去掉密码后重新保存再导入";
/// The stream of an old Word document.
pub(super) const WORD: &str = "WordDocument";
/// The names of streams at the root of a workbook.
const BOOKS: &[&str] = &["Workbook", "Book"];
/// The names of streams in a compound file, what it then is, and the way out.
const STREAMS: &[(&str, &str, &str)] = &[
    ("EncryptedPackage", "加了密码的文档", WITHOUT_PASSWORD),
    ("Workbook", "旧版Excel表格", SPREADSHEET),
    (
        "PowerPoint Document",
        "演示文稿",
        "把内容复制到Word文档，存为.docx再导入",
    ),
];
/// The parts of a package, what it then is, and the way out.
const PARTS: &[(&str, &str, &str)] = &[
    (
        "xl/workbook.bin",
        "Excel二进制表格",
        "在表格软件里另存为.xlsx再导入",
    ),
    (
        "Encryptions.xml",
        "加了密码的OFD版式文件",
        "用版式阅读软件去掉密码、另存一份，或者找原来的Word文件再导入",
    ),
    (
        "ppt/presentation.xml",
        "演示文稿",
        "把内容复制到Word文档，存为.docx再导入",
    ),
    (
        "content.xml",
        "ODF文档",
        "用WPS或LibreOffice打开后另存为.docx再导入",
    ),
];
/// The elements that say that markup is an office document, what it then is, and the way out.
const XML: &[(&str, &str, &str)] = &[
    ("<w:wordDocument", "XML格式的Word文档", AS_DOCX),
    ("<pkg:package", "XML格式的Word文档", AS_DOCX),
    ("office:spreadsheet\"", "XML格式的Excel表格", SPREADSHEET),
];
const AS_DOCX: &str = "用Word或WPS打开，另存为.docx再导入";
/// A packed file in a packed file, or one that is packed in another way.
pub(super) const PACKED: ImportError = ImportError::Other {
    kind: "压缩包",
    advice: "解开后导入里面的报告",
};
/// The starts of files that are packed in other ways.
const OTHER_PACKED: &[&[u8]] = &[b"Rar!\x1a\x07", b"7z\xBC\xAF\x27\x1C", b"\x1F\x8B\x08"];
/// The starts of pictures.
const PICTURES: &[&[u8]] = &[
    b"\x89PNG\r\n\x1a\n",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"BM6",
    b"II*\0",
    b"MM\0*",
];

/// The refusal of a file that no reader reads; `None` for one that may be read.
pub(super) fn refusal(bytes: &[u8]) -> Option<ImportError> {
    let other = |kind, advice| ImportError::Other { kind, advice };
    if bytes.starts_with(compound::START) {
        let file = Compound::open(bytes);
        if file.as_ref().is_some_and(is_book) {
            return None;
        }
        let has = |name: &str| match &file {
            Some(file) => file.has(name),
            None => holds(bytes, name),
        };
        let found = STREAMS.iter().find(|(name, ..)| has(name));
        let refusal = found.map(|&(_, kind, advice)| other(kind, advice));
        return refusal.or_else(|| (!has(WORD)).then_some(ImportError::OldWord));
    }
    if bytes.starts_with(b"<?xml") {
        let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
        let start = String::from_utf8_lossy(start);
        let found = XML.iter().find(|(element, ..)| start.contains(element));
        return found.map(|&(_, kind, advice)| other(kind, advice));
    }
    if PICTURES.iter().any(|start| bytes.starts_with(start)) {
        return Some(other("图片", "找到报告的Word文件或网页再导入"));
    }
    if OTHER_PACKED.iter().any(|start| bytes.starts_with(start)) {
        return Some(PACKED);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut package = Package::open(bytes).ok()?;
    if is_open_book(&mut package) {
        return None;
    }
    let found = PARTS.iter().find(|(name, ..)| package.has(name));
    found.map(|&(_, kind, advice)| other(kind, advice))
}

/// The refusal of an old Word document that is locked.
pub(super) fn locked_word() -> ImportError {
    ImportError::Other {
        kind: "加了密码的旧版Word文档",
        advice: WITHOUT_PASSWORD,
    }
}

/// The format of a package of parts.
pub(super) fn of_package(bytes: &[u8]) -> &'static str {
    let Ok(mut package) = Package::open(bytes) else {
        return "docx";
    };
    if package.holds_folder("xl/") {
        "xlsx"
    } else if is_open_book(&mut package) {
        "ods"
    } else if package
        .names()
        .any(|name| name.eq_ignore_ascii_case("OFD.xml"))
    {
        "ofd"
    } else {
        "docx"
    }
}

/// The format of a compound file that was not refused.
pub(super) fn of_compound(bytes: &[u8]) -> &'static str {
    let is_book = Compound::open(bytes).is_some_and(|file| is_book(&file));
    if is_book { "xls" } else { "doc" }
}

/// Whether a compound file is a workbook by the streams at its root; what is embedded lies deeper.
fn is_book(file: &Compound<'_>) -> bool {
    !file.has(WORD) && BOOKS.iter().any(|name| file.has(name))
}

/// Whether a package is a spreadsheet of LibreOffice or the like.
fn is_open_book(package: &mut Package<'_>) -> bool {
    let kind = package.part("mimetype").ok().flatten();
    kind.is_some_and(|kind| kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet"))
}

/// Whether a compound file too damaged to open names a stream, in the two bytes a letter that it uses.
fn holds(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wide.len()).any(|part| part == wide)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    #[test]
    fn a_file_is_called_what_it_is() {
        let compound = |name: &str| {
            let wide = name.encode_utf16().flat_map(u16::to_le_bytes);
            compound::START
                .iter()
                .copied()
                .chain(wide)
                .collect::<Vec<u8>>()
        };
        for (bytes, kind) in [
            (compound("EncryptedPackage"), "加了密码的文档"),
            (compound("Workbook"), "旧版Excel表格"),
            (b"\xFF\xD8\xFF\xE0".to_vec(), "图片"),
            (b"Rar!\x1a\x07\x01\0".to_vec(), "压缩包"),
        ] {
            let said = refusal(&bytes).map(|refusal| refusal.to_string());
            assert!(said.is_some_and(|said| said.contains(kind)), "{kind}");
        }
        let flat = b"<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"w\"/>";
        let said = refusal(flat).map(|refusal| refusal.to_string());
        assert!(said.is_some_and(|said| said.contains("XML格式的Word文档")));
        let flat = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
        let said = refusal(flat).map(|refusal| refusal.to_string());
        assert!(said.is_some_and(|said| said.contains("XML格式的Excel表格")));
        assert_eq!(refusal(&compound("Other")), Some(ImportError::OldWord));
        assert_eq!(refusal(&compound(WORD)), None);
        assert_eq!(refusal("一、甲".as_bytes()), None);
    }

    #[test]
    fn a_locked_word_document_is_called_so() {
        let stored = |flags: u8| {
            let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
            let mut stream = file.create_stream(WORD).unwrap();
            let mut head = [0; 64];
            head[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
            head[11] = flags;
            stream.write_all(&head).unwrap();
            stream.flush().unwrap();
            file.into_inner().into_inner()
        };
        let said = |flags| crate::import::read("a.doc", &stored(flags)).map_err(|e| e.to_string());
        assert!(said(1).is_err_and(|said| said.contains("加了密码的旧版Word文档")));
        assert!(said(0).is_err_and(|said| !said.contains("密码")));
    }
}
