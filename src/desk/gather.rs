//! Who has reported, in what state, and which report of each unit counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::folder::ReportFile;
use super::names::{Match, UnitNames};
use super::state::UnitState;
use super::taken::{Taken, shown};
use super::units::Listed;
use super::year::{GatherError, gathered_year};
use crate::check::{Texts, issuer};
use crate::date::{Day, Moment};
use crate::form::{self, Edition};
use crate::open::OpenError;
use crate::report::Report;

/// What is to be known beside the files.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The year; `None` for that of the county's own report, or of most files.
    pub year: Option<u16>,
    /// Who has to report; `None` for whoever did.
    pub units: Option<Vec<Listed>>,
    /// The county's own report.
    pub own: Option<OwnFile>,
    /// Units that are not to be counted, each with the reason.
    pub without: Vec<(String, String)>,
    /// The day on which it is looked at.
    pub today: Option<Day>,
}

/// The county's own report.
#[derive(Debug, Clone)]
pub struct OwnFile {
    /// The file.
    pub file: String,
    /// The report.
    pub report: Report,
}

/// A file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file.
    pub file: String,
    /// Why, in one Chinese sentence.
    pub reason: String,
}

/// A report that is no unit's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Its place among the reports.
    pub taken: usize,
    /// What is to be known of it.
    pub note: String,
}

/// One unit and what it sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatheredUnit {
    /// What the list says of it.
    pub listed: Listed,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: UnitState,
    /// Its reports, those of the year first.
    pub files: Vec<usize>,
    /// The report that speaks for it.
    pub taken: Option<usize>,
    /// Whether that is in the sums.
    pub counted: bool,
    /// Whether its last day has passed, or had when the file was written.
    pub late: bool,
    /// What is to be known of it, a sentence each.
    pub notes: Vec<String>,
}

/// What a folder comes to.
#[derive(Debug)]
pub struct Gathering {
    /// The year.
    pub year: u16,
    /// The edition of that year.
    pub edition: Arc<Edition>,
    /// Every report that was read.
    pub taken: Vec<Taken>,
    /// The units, in the order of the list.
    pub units: Vec<GatheredUnit>,
    /// Reports that are no unit's.
    pub strays: Vec<Stray>,
    /// Files that could not be read.
    pub unread: Vec<Unread>,
    /// Last year's reports, to be compared with.
    pub before: Vec<Arc<Texts>>,
    /// The county's own report.
    pub own: Option<OwnFile>,
}

impl Unread {
    /// Why a file could not be read.
    #[must_use]
    pub fn new(file: &ReportFile, error: &OpenError) -> Self {
        let reason = error.to_string();
        Self {
            file: file.name.clone(),
            reason: reason.lines().next().unwrap_or_default().to_owned(),
        }
    }
}

impl Gathering {
    /// Puts the reports of a folder beside the list.
    ///
    /// # Errors
    /// When there is nothing to gather, or the years do not go together.
    pub fn new(
        taken: Vec<Taken>,
        unread: Vec<Unread>,
        wanted: &Wanted,
    ) -> Result<Self, GatherError> {
        if taken.is_empty() && unread.is_empty() && wanted.units.is_none() {
            return Err(GatherError::Nothing);
        }
        let own = wanted.own.as_ref().map(|own| own.report.year());
        let years: Vec<u16> = taken.iter().map(|taken| taken.year).collect();
        let year = gathered_year(wanted.year, own, &years)?;
        let mut gathering = Self {
            year,
            edition: form::for_year(year).ok_or(GatherError::NoForm(year))?,
            taken,
            units: Vec::new(),
            strays: Vec::new(),
            unread,
            before: Vec::new(),
            own: wanted.own.clone(),
        };
        gathering.sort_out(wanted);
        Ok(gathering)
    }

    /// The reports that are in the sums.
    pub fn counted(&self) -> impl Iterator<Item = &Taken> {
        let counted = self.units.iter().filter(|unit| unit.counted);
        counted.filter_map(|unit| self.taken.get(unit.taken?))
    }

    /// How many units are in a state.
    #[must_use]
    pub fn in_state(&self, state: UnitState) -> usize {
        let units = self.units.iter();
        units.filter(|unit| unit.state == state).count()
    }

    /// The report that speaks for a unit.
    #[must_use]
    pub fn taken_of(&self, unit: &GatheredUnit) -> Option<&Taken> {
        self.taken.get(unit.taken?)
    }

    fn sort_out(&mut self, wanted: &Wanted) {
        let listed = match &wanted.units {
            Some(units) => units.clone(),
            None => self.signed(),
        };
        let names = UnitNames::new(listed.iter().map(|unit| unit.name.as_str()));
        self.units = listed
            .into_iter()
            .map(|listed| GatheredUnit {
                name: listed.name.clone(),
                listed,
                ..GatheredUnit::default()
            })
            .collect();
        let is_own = |taken: &Taken| {
            let own = wanted.own.as_ref().map(|own| own.report.issuer());
            own.is_some_and(|own| issuer::bare(own) == issuer::bare(&taken.issuer))
        };
        let alone = self.county(wanted);
        let mut near: Vec<(usize, Vec<usize>)> = Vec::new();
        for (place, taken) in self.taken.iter().enumerate() {
            let found = names.find(&taken.issuer);
            let note = match found {
                Match::Unit(_) if alone == Some(place) => format!(
                    "“{}”像是本级政府自己的报告，没有计入，是的话用--own指明，不是的话列一份名单",
                    taken.issuer
                ),
                Match::Unit(unit) => {
                    if let Some(unit) = self.units.get_mut(unit) {
                        unit.files.push(place);
                    }
                    continue;
                }
                _ if is_own(taken) => continue,
                Match::Near(ref units) => {
                    near.push((place, units.clone()));
                    let names = units.iter().filter_map(|&unit| self.units.get(unit));
                    let names: Vec<_> = names.map(|unit| format!("“{}”", unit.name)).collect();
                    format!(
                        "署名“{}”不在名单里，与{}相近",
                        taken.issuer,
                        names.join("、")
                    )
                }
                Match::Nobody if taken.issuer.is_empty() => "没有写机关名称".to_owned(),
                Match::Nobody => format!("署名“{}”不在名单里", taken.issuer),
            };
            self.strays.push(Stray { taken: place, note });
        }
        self.tell_near(near);
        if let Some(place) = alone {
            let is_county = |unit: &GatheredUnit| unit.files == [place] || unit.files.is_empty();
            self.units.retain(|unit| !is_county(unit));
        }
        let mut units = std::mem::take(&mut self.units);
        for unit in &mut units {
            self.judge(unit, wanted);
        }
        self.units = units;
    }

    /// Tells the units that sent nothing of reports that are nearly signed with their names.
    fn tell_near(&mut self, near: Vec<(usize, Vec<usize>)>) {
        for (place, units) in near {
            let Some(Taken { file, issuer, .. }) = self.taken.get(place) else {
                continue;
            };
            let note = format!("{file}署名“{issuer}”，与它相近，没有计入，核对后改正署名或者名单");
            for unit in units {
                let unit = self.units.get_mut(unit);
                if let Some(unit) = unit.filter(|unit| unit.files.is_empty()) {
                    unit.notes.push(note.clone());
                }
            }
        }
    }

    /// Whoever signed a report, in the order of the names.
    fn signed(&self) -> Vec<Listed> {
        let mut seen = BTreeSet::new();
        let signed = self.taken.iter().filter(|taken| !taken.issuer.is_empty());
        let mut names: Vec<&str> = signed
            .filter(|taken| seen.insert(issuer::bare(&taken.issuer)))
            .map(|taken| taken.issuer.as_str())
            .collect();
        names.sort_unstable();
        let listed = names.into_iter().map(|name| Listed {
            name: name.to_owned(),
            ..Listed::default()
        });
        listed.collect()
    }

    /// The only government of a whole county among reports of others, where nobody said who has to report.
    fn county(&self, wanted: &Wanted) -> Option<usize> {
        if wanted.units.is_some() || wanted.own.is_some() {
            return None;
        }
        let is_county = |taken: &Taken| issuer::is_county_or_above(&taken.issuer);
        let mut counties = (0..).zip(&self.taken).filter(|(_, taken)| is_county(taken));
        let (place, _) = counties.next()?;
        (counties.next().is_none() && self.taken.len() > 2).then_some(place)
    }

    /// Says how a unit stands by what it sent.
    fn judge(&self, unit: &mut GatheredUnit, wanted: &Wanted) {
        let taken = |place: &usize| self.taken.get(*place);
        let (mut right, wrong): (Vec<usize>, Vec<usize>) = unit
            .files
            .iter()
            .partition(|place| taken(place).is_some_and(|taken| taken.year == self.year));
        for wrong in wrong.iter().filter_map(taken) {
            unit.notes
                .push(format!("{}是{}年的报告，没有计入", wrong.file, wrong.year));
        }
        // A draft holds more than what was made of it; of two the later one.
        right.sort_by_key(|place| {
            let taken = taken(place);
            std::cmp::Reverse(
                taken.map(|taken| (taken.is_draft, taken.when.map(|when| when.to_string()))),
            )
        });
        unit.files = right.iter().chain(&wrong).copied().collect();
        unit.taken = right.first().copied();
        unit.counted = unit.taken.is_some();
        self.compare(unit, &right);
        if let Some(taken) = self.taken_of(unit) {
            let is_same = unit.name == taken.issuer;
            unit.state = UnitState::of(taken, unit.counted);
            if !is_same {
                unit.notes.push(format!("署名“{}”", taken.issuer));
            }
            if taken.blank > 0 {
                unit.notes.push(format!("有{}格没有填", taken.blank));
            }
        }
        self.look_at_the_calendar(unit, wanted.today);
        let without = wanted
            .without
            .iter()
            .find(|(name, _)| issuer::bare(name) == issuer::bare(&unit.name));
        if let Some((_, reason)) = without {
            unit.counted = false;
            unit.notes.push(format!("不计入汇总：{reason}"));
        }
    }

    /// Several reports of the year are one where they say the same; where not, none of them counts.
    fn compare(&self, unit: &mut GatheredUnit, right: &[usize]) {
        let reports: Vec<&Taken> = right.iter().filter_map(|&at| self.taken.get(at)).collect();
        let Some((first, others)) = reports.split_first() else {
            return;
        };
        let (mut same, mut reworded) = (1, false);
        for other in others {
            let cells = first.unlike(other);
            let Some(&cell) = cells.first() else {
                same += 1;
                reworded |= other.words != 0 && first.words != other.words;
                continue;
            };
            unit.counted = false;
            let shown = |taken: &Taken| shown(taken.figure(&first.edition, cell));
            unit.notes.push(format!(
                "{}与{}有{}格不同（如{}，{}与{}），没有计入，留下一份",
                first.file,
                other.file,
                cells.len(),
                first.edition.field(cell).label,
                shown(first),
                shown(other)
            ));
        }
        if same > 1 {
            let words = if reworded { "，文字有不同" } else { "" };
            unit.notes
                .push(format!("{same}份文件数字相同{words}，按一份计"));
        }
    }

    fn look_at_the_calendar(&self, unit: &mut GatheredUnit, today: Option<Day>) {
        if unit.listed.due.is_empty() {
            return;
        }
        let Some(due) = unit.listed.due_day(self.year) else {
            let due = &unit.listed.due;
            unit.notes
                .push(format!("名单里的期限“{due}”看不懂，写成2026-01-15的样子"));
            return;
        };
        let written = self.taken_of(unit).map(|taken| taken.when);
        let (day, words) = match written {
            Some(when) => (when.map(Moment::date), "文件日期"),
            None => (today, "还没有报，今天"),
        };
        let Some(day) = day else { return };
        let days = due.days_until(day);
        if days > 0 {
            unit.late = true;
            unit.notes
                .push(format!("期限{due}，{words}{day}，晚{days}天"));
        }
    }
}
