//! Draft files: saved whole or not at all, read exactly or refused with place and reason.
//!
//! It knows drafts and their file's shape; it knows no other format and no widget.

mod choices;
mod file;
mod header;
mod look;
mod migrate;
mod salvage;
mod text;

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk;
use crate::report::Draft;
use header::Header;
pub use look::{LOOK_EXTENSION, LookError, read_look, write_look};
pub use salvage::salvage;

/// The extension of draft files, without a dot.
pub const EXTENSION: &str = "nianbao";

/// The largest draft file that is read and written, in bytes.
pub const LIMIT: u64 = 32 * 1024 * 1024;

/// Why a draft file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file could not be read.
    #[error("打不开草稿：{}\n{}", disk::reading_advice(.reason), disk::shown(.path))]
    Read {
        /// The draft.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The file could not be written; what stood there stands there still.
    #[error("草稿没有保存：{}\n{}", disk::advice(.reason), disk::shown(.path))]
    Write {
        /// The draft.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// It would be larger than what is read; what stood there stands there still.
    #[error(
        "草稿没有保存：内容超过{}MB，存下来也打不开，删去一部分再存\n{}",
        LIMIT / (1024 * 1024),
        disk::shown(.path)
    )]
    TooLarge {
        /// The draft.
        path: PathBuf,
    },
    /// A newer version of the program wrote it.
    #[error("草稿由更新的版本（草稿格式{version}）保存，用新版年报打开\n{}", disk::shown(.path))]
    Newer {
        /// The draft.
        path: PathBuf,
        /// The file's format version.
        version: u32,
    },
    /// The file is damaged, or no draft.
    #[error("草稿已损坏，没有打开，也没有改动它：{reason}\n{}", disk::shown(.path))]
    Damaged {
        /// The draft.
        path: PathBuf,
        /// Line and reason.
        reason: String,
    },
}

/// Reads a draft file.
///
/// # Errors
/// A file that cannot be read, is damaged or was written by a newer version is refused and left alone.
pub fn load(path: &Path) -> Result<Draft, StoreError> {
    let bytes = disk::read(path, LIMIT).map_err(|reason| StoreError::Read {
        path: path.to_path_buf(),
        reason,
    })?;
    parse(&bytes).map_err(|fault| fault.at(path))
}

/// Whether these bytes begin as a draft file does.
#[must_use]
pub fn is_draft(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .starts_with(header::MAGIC.as_bytes())
}

/// Reads a draft from the bytes of its file.
pub(crate) fn parse(bytes: &[u8]) -> Result<Draft, DraftFault> {
    let text = decoded(bytes)?;
    let (header, body) = Header::split(&text);
    let Some(header) = header else {
        let draft = migrate::read(body)?;
        return Ok(noted(&draft, "草稿没有校验行，请核对各表数据"));
    };
    header.check_version()?;
    if header.fits(body) {
        return migrate::read(body);
    }
    // A place says more than that something differs somewhere.
    Err(match migrate::read(body) {
        Err(fault) => fault,
        Ok(_) => DraftFault::Damaged(header.complaint(body)),
    })
}

fn noted(draft: &Draft, text: &str) -> Draft {
    let mut beside = draft.beside().clone();
    if !beside.notes.iter().any(|other| other == text) {
        beside.notes.push(text.to_owned());
    }
    let published = draft.publications().to_vec();
    Draft::with(draft.report().clone(), beside).with_publications(published)
}

/// The text of a draft file. Another encoding than UTF-8 is believed only where the checksum of
/// the text proves it.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, DraftFault> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let encodings = [
        encoding_rs::UTF_16LE,
        encoding_rs::UTF_16BE,
        encoding_rs::GB18030,
    ];
    for encoding in encodings {
        let bytes = match encoding_rs::Encoding::for_bom(bytes) {
            Some((own, length)) if own == encoding => bytes.get(length..).unwrap_or_default(),
            Some(_) => continue,
            None => bytes,
        };
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes);
        if let Some(text) = decoded
            && let (Some(header), body) = Header::split(&text)
            && header.fits(body)
        {
            return Ok(text);
        }
    }
    let before = bytes.iter().take(error.valid_up_to());
    let line = before.filter(|&&byte| byte == b'\n').count() + 1;
    Err(DraftFault::Damaged(format!("第{line}行不是UTF-8文字")))
}

/// Reads a draft from bytes that would stand at `path`.
///
/// # Errors
/// As [`load`].
pub fn from_bytes(bytes: &[u8], path: &Path) -> Result<Draft, StoreError> {
    parse(bytes).map_err(|fault| fault.at(path))
}

/// The bytes of a draft's file.
#[must_use]
pub fn to_bytes(draft: &Draft) -> Vec<u8> {
    let body = text::write(draft);
    let header = Header::of(&body, header::version_of(draft));
    format!("{header}{body}").into_bytes()
}

/// Whether these bytes are read back as the draft they were written from.
#[must_use]
pub fn check_bytes(draft: &Draft, bytes: &[u8]) -> bool {
    parse(bytes).is_ok_and(|again| {
        again.report().states_the_same(draft.report())
            && again.prior() == draft.prior()
            && again.explanations() == draft.explanations()
            && again.half_written() == draft.half_written()
            && again.confirmation() == draft.confirmation()
            && again.choices() == draft.choices()
            && again.local_rules() == draft.local_rules()
            && again.publications() == draft.publications()
            && again.reused() == draft.reused()
    })
}

/// Saves a draft so that the file is either the old one or the new one, never half.
///
/// # Errors
/// When it fails, what stood there stands there still.
pub fn save(draft: &Draft, path: &Path) -> Result<(), StoreError> {
    let bytes = to_bytes(draft);
    if bytes.len() as u64 > LIMIT {
        let path = path.to_path_buf();
        return Err(StoreError::TooLarge { path });
    }
    let written = if check_bytes(draft, &bytes) {
        disk::replace(path, &bytes, disk::Access::Owner).map(drop)
    } else {
        Err(io::Error::other("草稿写出后读回不一致"))
    };
    written.map_err(|reason| StoreError::Write {
        path: path.to_path_buf(),
        reason,
    })
}

/// Why bytes are no draft.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DraftFault {
    Newer(u32),
    Damaged(String),
}

impl DraftFault {
    pub(crate) fn at(self, path: &Path) -> StoreError {
        let path = path.to_path_buf();
        match self {
            Self::Newer(version) => StoreError::Newer { path, version },
            Self::Damaged(reason) => StoreError::Damaged { path, reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;
    use crate::report::{Edit, Entry, Prior, Report};

    fn sample() -> Draft {
        let edition = form::by_id("2021").unwrap();
        let mut draft = Draft::new(Report::new(edition.clone(), 2025));
        let mut enter = |key: &str, text: &str| {
            let id = edition.find(key).unwrap();
            draft.edit(
                "填报",
                Edit::Enter(id, Entry::read(edition.field(id).kind, text)),
            );
        };
        enter("issuer", "青山镇人民政府");
        enter("proactive.fees@amount", "435.532");
        enter("requests.new_received@natural_person", "两件");
        enter("requests.new_received@total", "26");
        enter("overview", "第一段“引号”。\n\n第二段\\n　全角");
        let prior = Report::new(form::by_id("2019").unwrap(), 2020);
        draft.set_prior(Some(Prior {
            report: prior,
            source: "2020.txt".to_owned(),
        }));
        draft.explain("prior-carry", "requests|x", "上年漏报");
        draft
    }

    #[test]
    fn a_draft_comes_back_as_it_was_saved() {
        let draft = sample();
        let again = parse(&to_bytes(&draft)).unwrap();
        assert!(again.report().states_the_same(draft.report()));
        assert_eq!(again.prior(), draft.prior());
        assert_eq!(again.explanations(), draft.explanations());
        assert!(again.notes().is_empty());
    }

    #[test]
    fn what_is_half_written_comes_back_half_written_and_asks_for_a_newer_reader() {
        let mut draft = sample();
        let plain = String::from_utf8(to_bytes(&draft)).unwrap();
        assert!(plain.starts_with("//nianbao fmt=1 min=1 "), "{plain}");
        draft.jot("prior-carry", "requests|y", "还没有写\n完");
        let bytes = to_bytes(&draft);
        assert!(bytes.starts_with(b"//nianbao fmt=2 min=2 "));
        assert!(check_bytes(&draft, &bytes));
        let again = parse(&bytes).unwrap();
        assert_eq!(again.half_written(), draft.half_written());
        assert_eq!(again.explanations().len(), 1);
        assert!(again.undo_step().is_none());
    }

    #[test]
    fn only_choices_that_an_older_program_does_not_know_ask_for_a_newer_reader() {
        let mut draft = sample();
        let mut choices = draft.choices().clone();
        choices.line_pitch = 560;
        draft.set_choices(choices.clone());
        let bytes = to_bytes(&draft);
        assert!(bytes.starts_with(b"//nianbao fmt=1 min=1 "));
        assert!(!String::from_utf8(bytes).unwrap().contains("title_size"));
        choices.title_size = 36;
        draft.set_choices(choices);
        let bytes = to_bytes(&draft);
        assert!(bytes.starts_with(b"//nianbao fmt=3 min=3 "));
        assert!(check_bytes(&draft, &bytes));
    }

    #[test]
    fn what_the_county_asked_for_is_named_and_asks_for_a_newer_reader() {
        let mut draft = sample();
        draft.note_local_rules("清河县编报要求（县政务公开办）");
        let bytes = to_bytes(&draft);
        assert!(bytes.starts_with(b"//nianbao fmt=4 min=4 "));
        assert!(check_bytes(&draft, &bytes));
        assert!(
            draft
                .undo_step()
                .is_some_and(|step| step.name != "地方要求")
        );
        draft.note_local_rules("");
        assert!(to_bytes(&draft).starts_with(b"//nianbao fmt=1 min=1 "));
    }

    #[test]
    fn a_newer_draft_is_refused() {
        let text = String::from_utf8(to_bytes(&sample())).unwrap();
        let newer = text.replace("fmt=1 min=1", "fmt=6 min=5");
        assert_eq!(parse(newer.as_bytes()).unwrap_err(), DraftFault::Newer(6));
        let (_, body) = text.split_once('\n').unwrap();
        let body = body.replacen("version: 1", "version: 9,\n    surprise: [1]", 1);
        assert_eq!(parse(body.as_bytes()).unwrap_err(), DraftFault::Newer(9));
    }

    #[test]
    fn a_damaged_draft_is_refused_with_its_line() {
        let bytes = to_bytes(&sample());
        for cut in [0, 1, 40, bytes.len() / 2, bytes.len() - 3] {
            assert!(
                matches!(parse(&bytes[..cut]), Err(DraftFault::Damaged(_))),
                "{cut}"
            );
        }
        let Err(DraftFault::Damaged(reason)) = parse(&bytes[..bytes.len() / 2]) else {
            panic!()
        };
        assert!(reason.contains('第') && reason.contains('行'), "{reason}");
    }

    #[test]
    fn a_figure_changed_outside_is_refused_with_the_reason() {
        let text = String::from_utf8(to_bytes(&sample())).unwrap();
        let changed = text.replace("435.532", "435.533");
        let Err(DraftFault::Damaged(reason)) = parse(changed.as_bytes()) else {
            panic!()
        };
        assert!(reason.contains("校验"), "{reason}");
        // Without the line that vouches for it a draft is taken as it is, and that is noted.
        let (_, body) = changed.split_once('\n').unwrap();
        assert_eq!(parse(body.as_bytes()).unwrap().notes().len(), 1);
    }

    #[test]
    fn a_draft_in_another_encoding_is_read_right() {
        let draft = sample();
        let text = String::from_utf8(to_bytes(&draft)).unwrap();
        let (gb, _, lost) = encoding_rs::GB18030.encode(&text);
        assert!(!lost);
        let wide = |order: fn(u16) -> [u8; 2]| {
            let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
            units.flat_map(order).collect::<Vec<u8>>()
        };
        for bytes in [
            gb.into_owned(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes(),
        ] {
            let again = parse(&bytes).unwrap();
            assert!(again.report().states_the_same(draft.report()));
            // Cut, such a file proves nothing any more.
            assert!(parse(&bytes[..bytes.len() / 2]).is_err());
        }
    }

    #[test]
    fn a_key_that_no_form_has_is_refused() {
        let text = String::from_utf8(to_bytes(&sample())).unwrap();
        let wrong = text.replace("proactive.fees@amount", "proactive.fees@pennies");
        let Err(DraftFault::Damaged(reason)) = parse(wrong.as_bytes()) else {
            panic!()
        };
        assert!(reason.contains("proactive.fees@pennies"));
    }
}
