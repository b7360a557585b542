//! `nianbao import`: a published report to a draft, or those of a folder or a packed file to drafts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{Outcome, complain, make_folder, print, save, unopened, usual_form};
use crate::disk::{self, FileClaim, Replaces};
use crate::doc::recognise::RecogniseError;
use crate::import::{self, Attachment};
use crate::keep::Places;
use crate::open::{self, FoundReport, OpenError, Opened, ReportBundle};
use crate::store;

/// How many files that hold no report are named.
const NAMED: usize = 20;
/// The largest file that is read, in bytes.
const LIMIT: u64 = store::LIMIT;

pub(super) fn run(
    file: &Path,
    output: &Path,
    year: Option<u16>,
    replaces: Replaces,
    places: Option<&Places>,
) -> anyhow::Result<Outcome> {
    if let Some(year) = year {
        usual_form(year)?;
    }
    let into_folder = output.extension().is_none() || output.is_dir();
    let bundle = if file.is_dir() {
        Some(open::of_files(
            inside(file)?.flat_map(|path| read(&path)),
            year,
        ))
    } else if into_folder {
        packed(file)?.map(|files| open::of_files(files, year))
    } else {
        None
    };
    if let Some(bundle) = bundle {
        return every(file, bundle, output, into_folder, replaces, places);
    }
    let opened = open::open_of_year(file, year).map_err(|error| match error {
        OpenError::NoReport {
            path,
            reason: RecogniseError::NoYear,
        } => anyhow!(
            "文件中找不到报告年份，用--year写明，如--year 2024：{}",
            disk::shown(&path)
        ),
        error => anyhow!(error),
    })?;
    let stated = opened.draft.report().year();
    if year.is_some_and(|year| year != stated) {
        complain(&format!("文件写明是{stated}年，没有用--year写的年份"));
    }
    let inputs = &[file];
    save(
        &opened.draft,
        output,
        FileClaim { inputs, replaces },
        places,
    )?;
    print(&notes(&opened))?;
    Ok(Outcome::Done)
}

fn notes(opened: &Opened) -> String {
    let notes = opened.draft.notes().iter();
    notes.flat_map(|note| [note.as_str(), "\n"]).collect()
}

/// The user's own files in a folder.
fn inside(folder: &Path) -> anyhow::Result<impl Iterator<Item = PathBuf>> {
    let trouble = |error| unopened(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(trouble)? {
        paths.push(entry.map_err(trouble)?.path());
    }
    paths.sort();
    let is_own = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        !name.to_string_lossy().starts_with(['.', '~']) && !path.is_dir()
    };
    Ok(paths.into_iter().filter(is_own))
}

/// A file that a reader reads with its content, or those in it; another one without.
fn read(path: &Path) -> Vec<Attachment> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_packed = has_extension(path, import::PACKED);
    let is_read = (is_packed || Attachment::is_readable(&name)) && disk::is_regular(path);
    let bytes = is_read.then(|| disk::read(path, LIMIT).ok()).flatten();
    if let Some(Ok(packed)) = bytes.as_deref().and_then(import::attachments) {
        return packed;
    }
    let name = name.into_owned();
    vec![Attachment { name, bytes }]
}

fn has_extension(path: &Path, extension: &str) -> bool {
    let own = path.extension();
    own.is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// The files in a packed file.
fn packed(file: &Path) -> anyhow::Result<Option<Vec<Attachment>>> {
    if !has_extension(file, import::PACKED) {
        return Ok(None);
    }
    let shown = || disk::shown(file);
    let bytes = disk::read(file, LIMIT)
        .map_err(|error| anyhow!("打不开文件：{}：{}", disk::reading_advice(&error), shown()))?;
    let files = import::attachments(&bytes).transpose();
    files.map_err(|error| anyhow!("{error}：{}", shown()))
}

/// Saves every report: into a folder, or the only one as a draft of this name.
fn every(
    from: &Path,
    bundle: ReportBundle,
    output: &Path,
    into_folder: bool,
    replaces: Replaces,
    places: Option<&Places>,
) -> anyhow::Result<Outcome> {
    let ReportBundle {
        reports, others, ..
    } = bundle;
    if reports.is_empty() {
        let first = others.first();
        let first = first.map_or(String::new(), |(name, reason)| {
            format!("，{name}：{reason}")
        });
        let what = if from.is_dir() {
            "文件夹"
        } else {
            "压缩包"
        };
        bail!("{what}里面没有能读的年度报告{first}：{}", disk::shown(from));
    }
    let outputs = if into_folder {
        in_folder(output, &reports)
    } else if reports.len() == 1 {
        vec![output.to_path_buf()]
    } else {
        let titles: Vec<_> = reports.iter().map(FoundReport::title).collect();
        bail!(
            "里面有{}份不同的报告（{}），-o写一个文件夹：{}",
            reports.len(),
            titles.join("、"),
            disk::shown(from)
        );
    };
    let inputs = &[from];
    // Either all of them may be written, or none is.
    for output in &outputs {
        let claim = FileClaim { inputs, replaces };
        disk::check(output, claim).map_err(|reason| store::StoreError::Write {
            path: output.clone(),
            reason,
        })?;
    }
    if into_folder {
        make_folder(output)?;
    }
    let mut said = String::new();
    for (found, output) in reports.iter().zip(&outputs) {
        let claim = FileClaim { inputs, replaces };
        save(&found.opened.draft, output, claim, places)?;
        said += &format!(
            "{}（{}）：{}\n{}",
            found.title(),
            found.files.join("、"),
            disk::shown(output),
            notes(&found.opened)
        );
    }
    tell_others(from, &others);
    print(&said)?;
    Ok(Outcome::Done)
}

/// A name in the folder for each report.
fn in_folder(folder: &Path, reports: &[FoundReport]) -> Vec<PathBuf> {
    let mut taken = BTreeSet::new();
    let mut paths = Vec::new();
    for found in reports {
        let stem = disk::safe_name(&found.title());
        let numbered = (2..).map(|number| format!("{stem}（{number}）"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        let name = names.find(|name| !taken.contains(name)).unwrap_or(stem);
        paths.push(folder.join(format!("{name}.{}", store::EXTENSION)));
        taken.insert(name);
    }
    paths
}

/// Says once what holds no report.
fn tell_others(from: &Path, others: &[(String, String)]) {
    if others.is_empty() {
        return;
    }
    let told = others.iter().take(NAMED);
    let told: Vec<_> = told
        .map(|(name, reason)| format!("{name}（{reason}）"))
        .collect();
    let more = if others.len() > NAMED { "等" } else { "" };
    complain(&format!(
        "有{}个文件没有读入：{}{more}：{}",
        others.len(),
        told.join("、"),
        disk::shown(from)
    ));
}
