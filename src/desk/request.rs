//! A folder gathered: its files read and checked, and put beside the list. What was read once and did not change
//! is not read again.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{ReportFile, walk};
use super::gather::{Gathering, Unread, Wanted};
use super::parallel::{AT_ONCE, in_parallel};
use super::taken::Taken;
use super::units::{self, Listed, UnitsError};
use super::year::GatherError;
use crate::check::{CheckOptions, RuleSettings, Texts, issuer};
use crate::date::Day;
use crate::disk;
use crate::report::{Prior, Report};

/// The largest list, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What is gathered, and on what terms.
#[derive(Debug, Clone, Default)]
pub struct GatherRequest {
    /// The folder.
    pub folder: PathBuf,
    /// The list of units.
    pub units: Option<PathBuf>,
    /// The folder with last year's reports.
    pub last: Option<PathBuf>,
    /// The year; `None` for that of most files.
    pub year: Option<u16>,
    /// Units that are not to be counted, each with the reason.
    pub without: Vec<(String, String)>,
    /// Files in the folder that are no unit's.
    pub but: Vec<PathBuf>,
    /// What is set for the rules.
    pub settings: RuleSettings,
    /// The day on which it is looked at.
    pub today: Option<Day>,
}

/// What was read, to be used again where a file did not change.
#[derive(Debug, Clone, Default)]
pub struct KnownReports {
    taken: BTreeMap<String, (u64, Result<Taken, Unread>)>,
}

/// A folder that was gathered.
#[derive(Debug)]
pub struct GatheredFolder {
    /// What it comes to.
    pub gathering: Gathering,
    /// Files in it that are no reports.
    pub others: Vec<String>,
    /// What was read of it.
    pub known: KnownReports,
    /// What its files look like from outside.
    pub mark: u64,
}

/// Why a folder could not be gathered.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A folder could not be read.
    #[error("打不开文件夹：{}：{}", folder_advice(.reason), disk::shown(.path))]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The list could not be read.
    #[error("打不开名单：{}：{}", disk::reading_advice(.reason), disk::shown(.path))]
    List {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The list is none.
    #[error("{reason}：{}", disk::shown(.path))]
    NoList {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: UnitsError,
    },
    /// It comes to nothing.
    #[error("{reason}：{}", disk::shown(.path))]
    Nothing {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: GatherError,
    },
}

/// What to do about a folder that cannot be read.
fn folder_advice(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "没有这个文件夹，核对路径".to_owned(),
        io::ErrorKind::NotADirectory => "这不是文件夹".to_owned(),
        _ => disk::reading_advice(error),
    }
}

/// Reads a list of units.
///
/// # Errors
/// When it cannot be read or is none.
pub fn read_units(path: &Path) -> Result<Vec<Listed>, DeskError> {
    let own = || path.to_path_buf();
    let bytes = disk::read(path, LARGEST).map_err(|reason| DeskError::List {
        path: own(),
        reason,
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    units::read(&name, &bytes).map_err(|reason| DeskError::NoList {
        path: own(),
        reason,
    })
}

/// Last year's reports in a folder by who made them.
///
/// # Errors
/// When the folder cannot be read.
pub fn read_last(folder: &Path) -> Result<HashMap<String, Prior>, DeskError> {
    let found = walk(folder, &[]).map_err(|reason| DeskError::Folder {
        path: folder.to_path_buf(),
        reason,
    })?;
    let mut reports = HashMap::new();
    for some in found.files.chunks(AT_ONCE) {
        let opened = in_parallel(some, |file| {
            let report = file.open().ok()?.draft.report().clone();
            let source = file.name.clone();
            Some((issuer::bare(report.issuer()), Prior { report, source }))
        });
        reports.extend(opened.into_iter().flatten());
    }
    Ok(reports)
}

/// What the files of a folder look like from outside: it changes when one comes, goes or is written.
///
/// # Errors
/// When the folder cannot be read.
pub fn mark_of(folder: &Path) -> io::Result<u64> {
    let found = walk(folder, &[])?;
    Ok(mark(&found.files))
}

fn mark(files: &[ReportFile]) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    for file in files {
        (&file.name, file.mark()).hash(&mut hasher);
    }
    hasher.finish()
}

impl KnownReports {
    /// What a file holds, where it was read and did not change since.
    fn of(&self, file: &ReportFile, mark: u64) -> Option<Result<Taken, Unread>> {
        let (known, taken) = self.taken.get(&file.name)?;
        (*known == mark).then(|| taken.clone())
    }
}

impl GatherRequest {
    /// Gathers the folder beside the county's own report; what is known need not be read again.
    ///
    /// # Errors
    /// When a folder or the list cannot be read, or there is nothing to gather.
    pub fn gather(
        &self,
        wanted: Wanted,
        known: Option<&KnownReports>,
    ) -> Result<GatheredFolder, DeskError> {
        let units = self.units.as_deref().map(read_units).transpose()?;
        let wanted = Wanted {
            year: self.year.or(wanted.year),
            units,
            without: self.without.clone(),
            today: self.today,
            ..wanted
        };
        let last = self.last.as_deref().map(read_last).transpose()?;
        let last = last.unwrap_or_default();
        let but: Vec<&Path> = self.but.iter().map(PathBuf::as_path).collect();
        let found = walk(&self.folder, &but).map_err(|reason| DeskError::Folder {
            path: self.folder.clone(),
            reason,
        })?;
        let mut read = KnownReports::default();
        let (mut taken, mut unread) = (Vec::new(), Vec::new());
        for some in found.files.chunks(AT_ONCE) {
            let done = in_parallel(some, |file| self.read(file, &last, known));
            for (file, (mark, done)) in some.iter().zip(done) {
                if known.is_some() {
                    read.taken.insert(file.name.clone(), (mark, done.clone()));
                }
                match done {
                    Ok(one) => taken.push(one),
                    Err(one) => unread.push(one),
                }
            }
        }
        let mut gathering =
            Gathering::new(taken, unread, &wanted).map_err(|reason| DeskError::Nothing {
                path: self.folder.clone(),
                reason,
            })?;
        let texts = |prior: &Prior| Arc::new(Texts::of(&prior.report, &self.settings));
        gathering.before = last.values().map(texts).collect();
        Ok(GatheredFolder {
            gathering,
            mark: mark(&found.files),
            others: found.others,
            known: read,
        })
    }

    fn read(
        &self,
        file: &ReportFile,
        last: &HashMap<String, Prior>,
        known: Option<&KnownReports>,
    ) -> (u64, Result<Taken, Unread>) {
        let mark = if known.is_some() { file.mark() } else { 0 };
        if let Some(taken) = known.and_then(|known| known.of(file, mark)) {
            return (mark, taken);
        }
        let terms = CheckOptions {
            settings: &self.settings,
            today: self.today,
            read_back: None,
        };
        let prior = |report: &Report| last.get(&issuer::bare(report.issuer())).cloned();
        let taken = Taken::read(file, terms, prior);
        (mark, taken.map_err(|error| Unread::new(file, &error)))
    }
}
