//! A folder gathered: its files read and checked, and put beside the list. What was read once and did not change
//! is not read again.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{ReportFile, mark_of, walk};
use super::gather::{Gathering, OwnFile, Unread, Wanted};
use super::parallel::{AT_ONCE, in_parallel};
use super::taken::Taken;
use super::units::{self, Listed, UnitsError};
use super::year::GatherError;
use crate::check::{CheckOptions, RuleSettings, Texts, issuer};
use crate::date::Day;
use crate::disk;
use crate::open::OpenError;
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
    /// What the disk did not give, such as a file that another program keeps.
    kept_back: Vec<ReportFile>,
    /// Last year's reports, beside which it was checked, and what their folder looked like.
    last: Arc<LastReports>,
    last_mark: Option<u64>,
}

/// Last year's reports by who made them.
type LastReports = HashMap<String, Prior>;

/// What became of one file.
struct ReadFile {
    mark: u64,
    taken: Result<Taken, Unread>,
    /// Whether it may be read another time as it is.
    is_kept_back: bool,
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
}

/// Why a folder could not be gathered.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A folder could not be read.
    #[error("打不开文件夹：{}：{}", disk::folder_advice(.reason), disk::shown(.path))]
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

/// Reads a list of units.
fn read_units(path: &Path) -> Result<Vec<Listed>, DeskError> {
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

/// Last year's reports in a folder.
fn read_last(folder: &Path) -> Result<LastReports, DeskError> {
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

impl KnownReports {
    /// What a file holds, where it was read and did not change since.
    fn of(&self, file: &ReportFile, mark: u64) -> Option<Result<Taken, Unread>> {
        let (known, taken) = self.taken.get(&file.name)?;
        (*known == mark).then(|| taken.clone())
    }

    /// Whether something that the disk did not give can be read by now; its file looks as it did.
    #[must_use]
    pub fn is_given_more(&self) -> bool {
        let is_given = |file: &ReportFile| !file.open().is_err_and(|error| error.may_pass());
        self.kept_back.iter().any(is_given)
    }
}

impl GatherRequest {
    /// What the folders and the list look like from outside: it changes when one of their files comes, goes or is
    /// written; `None` where that cannot be told.
    #[must_use]
    pub fn mark(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        for folder in std::iter::once(&self.folder).chain(&self.last) {
            mark_of(folder).ok()?.hash(&mut hasher);
        }
        let list = self.units.as_deref().map(ReportFile::named);
        list.map(|list| list.mark()).hash(&mut hasher);
        Some(hasher.finish())
    }

    /// Gathers the folder beside the county's own report; what is known need not be read again.
    ///
    /// # Errors
    /// When a folder or the list cannot be read, or there is nothing to gather.
    pub fn gather(
        &self,
        own: Option<OwnFile>,
        known: Option<&KnownReports>,
    ) -> Result<GatheredFolder, DeskError> {
        let units = self.units.as_deref().map(read_units).transpose()?;
        let wanted = Wanted {
            year: self.year,
            units,
            own,
            without: self.without.clone(),
            today: self.today,
        };
        let mut read = self.begin(known)?;
        // What was checked beside other reports is checked again.
        let used = known.filter(|known| known.last_mark == read.last_mark);
        let but: Vec<&Path> = self.but.iter().map(PathBuf::as_path).collect();
        let found = walk(&self.folder, &but).map_err(|reason| DeskError::Folder {
            path: self.folder.clone(),
            reason,
        })?;
        let (mut taken, mut unread) = (Vec::new(), Vec::new());
        for some in found.files.chunks(AT_ONCE) {
            let done = in_parallel(some, |file| self.read(file, &read.last, used));
            for (file, done) in some.iter().zip(done) {
                if done.is_kept_back {
                    read.kept_back.push(file.clone());
                } else if known.is_some() {
                    let known = (done.mark, done.taken.clone());
                    read.taken.insert(file.name.clone(), known);
                }
                match done.taken {
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
        gathering.before = read.last.values().map(texts).collect();
        Ok(GatheredFolder {
            gathering,
            others: found.others,
            known: read,
        })
    }

    /// What is known before the first file is read: last year's reports.
    fn begin(&self, known: Option<&KnownReports>) -> Result<KnownReports, DeskError> {
        let Some(folder) = &self.last else {
            return Ok(KnownReports::default());
        };
        let last_mark = mark_of(folder).ok();
        let known = known.filter(|known| last_mark.is_some() && known.last_mark == last_mark);
        let last = match known {
            Some(known) => Arc::clone(&known.last),
            None => Arc::new(read_last(folder)?),
        };
        Ok(KnownReports {
            last,
            last_mark,
            ..KnownReports::default()
        })
    }

    fn read(
        &self,
        file: &ReportFile,
        last: &LastReports,
        known: Option<&KnownReports>,
    ) -> ReadFile {
        let mark = file.mark();
        if let Some(taken) = known.and_then(|known| known.of(file, mark)) {
            return ReadFile {
                mark,
                taken,
                is_kept_back: false,
            };
        }
        let terms = CheckOptions {
            settings: &self.settings,
            today: self.today,
            read_back: None,
        };
        let prior = |report: &Report| last.get(&issuer::bare(report.issuer())).cloned();
        let taken = Taken::read(file, terms, prior);
        ReadFile {
            mark,
            is_kept_back: taken.as_ref().is_err_and(OpenError::may_pass),
            taken: taken.map_err(|error| Unread::new(file, &error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_disk_did_not_give_is_asked_for_again_though_it_looks_as_it_did() {
        let folder = tempfile::tempdir().unwrap();
        let file = ReportFile::named(&folder.path().join("甲.txt"));
        let known = KnownReports::default();
        let read = || GatherRequest::default().read(&file, &LastReports::new(), Some(&known));
        assert!(read().is_kept_back);
        let waiting = KnownReports {
            kept_back: vec![file.clone()],
            ..KnownReports::default()
        };
        assert!(!waiting.is_given_more());
        std::fs::write(file.path(), "一、总体情况").unwrap();
        assert!(waiting.is_given_more());
        let done = read();
        assert!(
            done.taken.is_err() && !done.is_kept_back,
            "what it says is no report"
        );
    }

    #[test]
    fn last_years_reports_are_read_again_only_where_their_folder_changed() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [folder, last] = folders.each_ref().map(|folder| folder.path().to_path_buf());
        let request = GatherRequest {
            folder,
            last: Some(last.clone()),
            ..GatherRequest::default()
        };
        let (first, mark) = (request.begin(None).unwrap(), request.mark());
        let same = request.begin(Some(&first)).unwrap();
        assert!(Arc::ptr_eq(&first.last, &same.last) && request.mark() == mark);
        std::fs::write(last.join("甲.txt"), "一").unwrap();
        let other = request.begin(Some(&first)).unwrap();
        assert!(!Arc::ptr_eq(&first.last, &other.last) && first.last_mark != other.last_mark);
        assert_ne!(request.mark(), mark);
    }
}
