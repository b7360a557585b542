//! Many files at a time: on all processors, printed in the order they were named, summed up at the end.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::{Basis, alike, show};
use crate::check::{Gathered, Level, Texts};
use crate::cli::format::OutputFormat;
use crate::cli::{Outcome, print, print_bytes, tell_others, unopened};
use crate::desk::{AT_ONCE, in_parallel};
use crate::disk;
use crate::open::{self, OpenError};
use crate::store;

/// From so many files on a bar shows how far the work is.
const BAR: usize = 20;

/// What is kept of a file that was checked.
struct Checked {
    shown: String,
    /// Errors, queries, hints, and what was not checked.
    counts: [usize; 4],
    rules: Vec<&'static str>,
    texts: Option<Arc<Texts>>,
}

/// What all files come to.
#[derive(Default)]
struct Summary {
    /// A line for every file.
    lines: Vec<String>,
    sums: [usize; 4],
    /// In how many files each rule found something.
    rules: BTreeMap<&'static str, usize>,
}

/// The files that were named, those of a folder in its place.
pub(super) fn expand(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let trouble = |error| unopened(path, &error);
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(trouble)? {
            inside.push(entry.map_err(trouble)?.path());
        }
        inside.retain(|file| !is_hidden(file));
        inside.sort();
        let others = inside.extract_if(.., |file| !is_report(file));
        let others = others.filter_map(|file| Some(disk::shown(file.file_name()?.as_ref())));
        tell_others(path, &others.collect::<Vec<_>>(), "没有核查");
        if inside.is_empty() {
            bail!(
                "文件夹里没有草稿和报告（.{}文件等）：{}",
                store::EXTENSION,
                disk::shown(path)
            );
        }
        files.extend(inside);
    }
    Ok(files)
}

/// Whether a file is none of the user's own, such as the lock beside an open draft.
fn is_hidden(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file is one that the readers read. A device or a pipe may have any name.
fn is_report(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| open::extensions().any(|known| known.eq_ignore_ascii_case(own)))
        && disk::is_regular(file)
}

pub(super) fn run(
    files: &[PathBuf],
    basis: &Basis,
    format: OutputFormat,
    compare: bool,
) -> anyhow::Result<Outcome> {
    let bar = bar(files.len())?;
    let mut outcome = Outcome::Done;
    let mut unreadable = None;
    let mut summary = Summary::default();
    let (mut gathered, mut names) = (Gathered::default(), Vec::new());
    for some in files.chunks(AT_ONCE) {
        for (file, checked) in some.iter().zip(in_parallel(some, |file| {
            let checked = check(file, basis, format, compare);
            bar.inc(1);
            checked
        })) {
            let checked = match checked {
                Ok(checked) => checked,
                Err(error) if files.len() == 1 => return Err(error.into()),
                Err(error) => {
                    // The other files are checked all the same.
                    bar.suspend(|| summary.add_unreadable(file, &error, format))?;
                    unreadable.get_or_insert(error);
                    continue;
                }
            };
            if checked.counts.first().is_some_and(|&errors| errors > 0) {
                outcome = Outcome::Refused;
            }
            bar.suspend(|| match format {
                OutputFormat::Text => print(&checked.shown),
                OutputFormat::Json => print_bytes(checked.shown.as_bytes()),
            })?;
            summary.add(file, &checked);
            if let Some(texts) = checked.texts {
                gathered.add(texts);
                names.push(file.as_path());
            }
        }
    }
    bar.finish_and_clear();
    if files.len() > 1 && format == OutputFormat::Text {
        print(&summary.table())?;
    }
    if compare {
        let found = gathered.alike(&basis.settings);
        print(&alike::shown(&found, &names, format))?;
    }
    match unreadable {
        Some(error) => Err(error.into()),
        None => Ok(outcome),
    }
}

fn check(
    file: &Path,
    basis: &Basis,
    format: OutputFormat,
    compare: bool,
) -> Result<Checked, OpenError> {
    let (draft, findings) = basis.check(file)?;
    let of = |level| findings.count(level);
    let mut rules: Vec<_> = findings
        .list
        .iter()
        .map(|finding| finding.rule.name)
        .collect();
    rules.sort_unstable();
    rules.dedup();
    Ok(Checked {
        shown: show::shown(format, basis.claims, file, &draft, &findings),
        counts: [
            of(Level::Error),
            of(Level::Query),
            of(Level::Advice),
            findings.unchecked.len(),
        ],
        rules,
        texts: compare.then(|| Texts::of(draft.report(), &basis.settings).into()),
    })
}

fn bar(count: usize) -> anyhow::Result<ProgressBar> {
    if count < BAR || !std::io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    let bar = ProgressBar::new(count as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} 已核查{pos}/{len}，还要{eta}",
    )?);
    Ok(bar)
}

impl Summary {
    fn add(&mut self, file: &Path, checked: &Checked) {
        let [errors, queries, advice, unchecked] = checked.counts;
        self.lines.push(format!(
            "{errors:>6}  {queries:>6}  {advice:>6}  {unchecked:>6}  {}\n",
            disk::shown(file)
        ));
        for (sum, count) in self.sums.iter_mut().zip(checked.counts) {
            *sum += count;
        }
        for rule in &checked.rules {
            *self.rules.entry(rule).or_default() += 1;
        }
    }

    fn add_unreadable(
        &mut self,
        file: &Path,
        error: &OpenError,
        format: OutputFormat,
    ) -> anyhow::Result<()> {
        let reason = error.to_string();
        let reason = reason.lines().next().unwrap_or_default();
        self.lines.push(format!(
            "{0:>4}——  {0:>4}——  {0:>4}——  {0:>4}——  {1}（{reason}）\n",
            "",
            disk::shown(file)
        ));
        if format == OutputFormat::Json {
            let line = json!({ "file": file.display().to_string(), "error": reason });
            print(&format!("{line}\n"))?;
        }
        Ok(())
    }

    fn table(&self) -> String {
        let mut text = format!("\n汇总（{}个文件）\n", self.lines.len());
        text.push_str("强制性  核实性  提示性  未核查  文件\n");
        text.push_str(&self.lines.concat());
        let [errors, queries, advice, unchecked] = self.sums;
        text.push_str(&format!(
            "{errors:>6}  {queries:>6}  {advice:>6}  {unchecked:>6}  合计\n"
        ));
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(_, files)| std::cmp::Reverse(**files));
        if !rules.is_empty() {
            text.push_str("\n涉及文件  规则\n");
        }
        for (rule, files) in rules {
            text.push_str(&format!("{files:>8}  {rule}\n"));
        }
        text
    }
}
