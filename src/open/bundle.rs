//! Several files at once: those that are the same report become one, and it is said where they differ.

use std::path::{Path, PathBuf};

use super::compare;
use super::file::{self, OpenError, Opened};
use crate::doc::Doc;
use crate::doc::recognise::RecogniseError;
use crate::import::{self, Attachment, ImportError};
use crate::report::{Beside, Draft};

/// A report that one or more of the files hold.
#[derive(Debug)]
pub struct FoundReport {
    /// The fullest reading of it; its notes say where the other files differ.
    pub opened: Opened,
    /// The names of the files, that of the fullest reading first.
    pub files: Vec<String>,
}

impl FoundReport {
    /// Whose report it is, and of which year.
    #[must_use]
    pub fn title(&self) -> String {
        let report = self.opened.draft.report();
        format!("{}{}年", report.issuer(), report.year())
    }
}

/// What several files hold.
#[derive(Debug, Default)]
pub struct ReportBundle {
    /// The reports, in the order of their first files.
    pub reports: Vec<FoundReport>,
    /// The files that hold none, and why.
    pub others: Vec<(String, String)>,
    /// Whether one of them lacks nothing but the year.
    pub lacks_the_year: bool,
}

/// Reads several files.
#[must_use]
pub fn of_files(files: impl IntoIterator<Item = Attachment>, year: Option<u16>) -> ReportBundle {
    let mut bundle = ReportBundle::default();
    let mut groups: Vec<Vec<(String, Opened)>> = Vec::new();
    for Attachment { name, bytes } in files {
        let Some(bytes) = bytes else {
            bundle.others.push((name, "不是能读的格式".to_owned()));
            continue;
        };
        match file::imported(&PathBuf::from(&name), &name, &bytes, year) {
            Ok(opened) => {
                match place(&groups, &opened).and_then(|at| groups.get_mut(at)) {
                    Some(group) => group.push((name, opened)),
                    None => groups.push(vec![(name, opened)]),
                }
                let_go(&mut groups);
            }
            Err(error) => {
                bundle.lacks_the_year |= error.lacks_the_year();
                let reason = error.to_string();
                let reason = reason.lines().next().unwrap_or_default();
                bundle.others.push((name, reason.to_owned()));
            }
        }
    }
    bundle.reports = groups.into_iter().filter_map(joined).collect();
    bundle
}

/// Lets go of the page a report was read from, unless it is the only report's fullest reading: it may be
/// hundreds of times as large as its file, and nobody asks for another.
fn let_go(groups: &mut [Vec<(String, Opened)>]) {
    let kept = match groups {
        [only] => fullest(only),
        _ => None,
    };
    for (at, (_, opened)) in groups.iter_mut().flatten().enumerate() {
        if kept != Some(at) {
            opened.source = String::new();
            opened.left = Vec::new();
            opened.page = Doc::default();
        }
    }
}

/// Which reading of a report holds most.
fn fullest(group: &[(String, Opened)]) -> Option<usize> {
    // Of equally full ones the first stays, as sites list the main file first.
    let readings = group.iter().enumerate().rev();
    let fullest = readings.max_by_key(|(_, (_, opened))| compare::fullness(opened.draft.report()));
    fullest.map(|(at, _)| at)
}

/// What a packed file holds; `None` for any other file.
pub(super) fn of_packed(
    bytes: &[u8],
    year: Option<u16>,
) -> Option<Result<ReportBundle, ImportError>> {
    let files = import::attachments(bytes)?;
    Some(files.map(|files| of_files(files, year)))
}

impl ReportBundle {
    /// The only report of a packed file.
    pub(super) fn only(mut self, path: &Path) -> Result<Opened, OpenError> {
        if self.reports.len() > 1 {
            return Err(OpenError::Several {
                path: path.to_path_buf(),
                reports: self.reports.iter().map(FoundReport::title).collect(),
            });
        }
        if self.reports.is_empty() && self.lacks_the_year {
            return Err(OpenError::NoReport {
                path: path.to_path_buf(),
                reason: RecogniseError::NoYear,
            });
        }
        let Some(found) = self.reports.pop() else {
            let first = self.others.first();
            let first = first.map(|(name, reason)| format!("，“{name}”：{reason}"));
            return Err(OpenError::NoneInside {
                path: path.to_path_buf(),
                first: first.unwrap_or_default(),
            });
        };
        let mut opened = found.opened;
        let others = self.others.iter();
        let notes = others.map(|(name, reason)| format!("压缩包里的“{name}”没有读入：{reason}"));
        opened.draft = noted(&opened.draft, notes.collect());
        Ok(opened)
    }
}

/// The group of the same report: of the same year and issuer. A file that does not say whose report it is,
/// as sheets alone do, belongs to the only one of its year.
fn place(groups: &[Vec<(String, Opened)>], opened: &Opened) -> Option<usize> {
    let key = |opened: &Opened| {
        let report = opened.draft.report();
        let issuer: String = report.issuer().split_whitespace().collect();
        (report.year(), issuer)
    };
    let (year, issuer) = key(opened);
    let mut fitting = groups.iter().enumerate().filter(|(_, group)| {
        group.first().is_some_and(|(_, first)| {
            let (own_year, own_issuer) = key(first);
            let is_unsaid = issuer.is_empty() || own_issuer.is_empty();
            own_year == year && (own_issuer == issuer || is_unsaid)
        })
    });
    let first = fitting.next().map(|(at, _)| at);
    let is_only = fitting.next().is_none();
    first.filter(|_| is_only || !issuer.is_empty())
}

/// One report of several readings of it: the fullest, with notes where the others differ.
fn joined(mut group: Vec<(String, Opened)>) -> Option<FoundReport> {
    let (name, mut opened) = group.remove(fullest(&group)?);
    let mut notes = Vec::new();
    for (other_name, other) in &group {
        let (own, other) = (opened.draft.report(), other.draft.report());
        notes.extend(compare::differences(&name, own, other_name, other));
    }
    opened.draft = noted(&opened.draft, notes);
    let others = group.into_iter().map(|(name, _)| name);
    let files = std::iter::once(name).chain(others).collect();
    Some(FoundReport { opened, files })
}

/// An imported draft with further notes, before its own.
fn noted(draft: &Draft, mut notes: Vec<String>) -> Draft {
    notes.extend_from_slice(draft.notes());
    let beside = Beside {
        notes,
        ..Beside::default()
    };
    Draft::with(draft.report().clone(), beside)
}
