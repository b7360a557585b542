//! `nianbao publish`: chosen formats into one folder, each read back and compared.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context as _, anyhow, bail};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::RecordArgs;
use super::choices::ChoiceArgs;
use super::{Outcome, check, complain, make_folder, print, unmade};
use crate::check::{CheckOptions, Findings, Mismatch, RuleSettings, check_draft, check_draft_on};
use crate::date::Moment;
use crate::disk::{self, FileClaim, Replaces};
use crate::export::{self, Writer};
use crate::keep::Places;
use crate::keep::save::{self, Fingerprint, Precondition};
use crate::publish::{self, Occasion, Proof, Published, Set};
use crate::report::Draft;
use crate::sheet::Sheet;
use crate::{open, sheet};

/// What was said on the command line.
pub(super) struct Request<'a> {
    pub file: &'a Path,
    pub folder: &'a Path,
    pub formats: &'a [String],
    pub force: bool,
    pub substitutes: bool,
    pub overwrite: bool,
    /// What is said of publishing for good, where it is.
    pub record: Option<&'a RecordArgs>,
    pub places: Option<&'a Places>,
    pub choices: &'a ChoiceArgs,
}

pub(super) fn run(request: &Request<'_>) -> anyhow::Result<Outcome> {
    let writers = writers(request.formats)?;
    for writer in &writers {
        writer.prepare();
    }
    let mut draft = request.choices.open(request.file)?;
    let findings = check_draft(&draft);
    print(&check::text(request.file, &draft, &findings))?;
    if findings.blocking() > 0 {
        if !request.force {
            let line = format!(
                "没有发布，还有{}，改正后再发布，或加--force写出标明“草稿”的文件：{}",
                super::summary(&findings),
                disk::shown(request.file)
            );
            complain(&line);
            return Ok(Outcome::Refused);
        }
        draft = publish::marked(&draft);
    }
    let obstacles = publish::obstacles(&draft, &writers);
    if !(obstacles.is_empty() || request.force || request.substitutes) {
        let line = format!(
            "没有发布，{}，换字或者装上字体后再发布，或加--allow-substitutes照样发布：{}",
            obstacles.join("；"),
            disk::shown(request.file)
        );
        complain(&line);
        return Ok(Outcome::Refused);
    }
    if let Some(record) = request.record {
        return for_good(request, record, &draft, &findings, &writers);
    }
    let folder = request.folder;
    make_folder(folder)?;
    let progress = ProgressBar::new(writers.len() as u64);
    progress.set_style(ProgressStyle::with_template("{bar:20} {pos}/{len} {msg}")?);
    let mut differing = 0;
    let mut mismatches = Vec::new();
    let mut said = String::new();
    for writer in writers {
        progress.set_message(writer.label);
        let name = publish::file_name(&draft, writer);
        let path = if request.overwrite {
            folder.join(name)
        } else {
            publish::free_path(folder, &name)
        };
        let claim = FileClaim {
            inputs: &[request.file],
            replaces: Replaces::said(request.overwrite),
        };
        let published = publish::publish(&draft, writer, &path, claim)?;
        differing += usize::from(published.differs());
        mismatches.extend(mismatches_of(&published));
        said.push_str(&format!(
            "{}\t{}\n",
            published.summary(),
            disk::shown(&path)
        ));
        progress.inc(1);
    }
    progress.finish_and_clear();
    print(&said)?;
    if differing > 0 {
        print(&said_of(request.file, &draft, &mismatches))?;
        complain(&format!(
            "有{differing}个文件读回后与草稿不一致，不要发布：{}",
            disk::shown(folder)
        ));
        return Ok(Outcome::Refused);
    }
    Ok(Outcome::Done)
}

/// Writes a folder of its own with everything, and has the draft remember it.
fn for_good(
    request: &Request<'_>,
    record: &RecordArgs,
    draft: &Draft,
    findings: &Findings,
    writers: &[&'static Writer],
) -> anyhow::Result<Outcome> {
    let opened = open::open(request.file)?;
    if !opened.is_draft {
        bail!(
            "只有草稿能记下发布，先用import读成草稿：{}",
            disk::shown(request.file)
        );
    }
    let mut own = opened.draft;
    let bytes = disk::read(request.file, u64::MAX - 1).context("草稿读不了")?;
    let expected = Precondition::Only(Fingerprint::of(&bytes));
    let reason = record.reason.trim();
    if let Some(last) = own.last_publication() {
        if last.digest == publish::digest(draft)? {
            print(&format!("{}已经发布，之后没有改动，没有再发布\n", last.on))?;
            return Ok(Outcome::Done);
        }
        if reason.is_empty() {
            let count = own.changes_since_publication().len();
            complain(&format!(
                "没有发布，{}发布过，之后改了{count}处，用--reason写明更正的原因：{}",
                last.on,
                disk::shown(request.file)
            ));
            return Ok(Outcome::Refused);
        }
    } else if !reason.is_empty() {
        bail!("还没有发布过，谈不上更正，不要写--reason");
    }
    let on = Moment::of(SystemTime::now()).date().to_string();
    let occasion = Occasion {
        on: on.clone(),
        by: record.by.trim().to_owned(),
        reason: reason.to_owned(),
    };
    let folder = request.folder;
    let set = Set::begin(folder, draft, occasion).map_err(|error| unmade(folder, &error))?;
    let mut said = String::new();
    for writer in writers {
        let path = set.path_of(draft, writer);
        let published = publish::publish(draft, writer, &path, FileClaim::NEW)?;
        said.push_str(&format!("{}\n", published.summary()));
        if published.differs() {
            print(&said)?;
            complain(&format!(
                "读回后与草稿不一致，没有发布：{}",
                disk::shown(set.place())
            ));
            return Ok(Outcome::Refused);
        }
    }
    let sheet = Sheet {
        draft,
        findings,
        settings: &RuleSettings::default(),
        by: &record.by,
        on: &on,
    };
    for paper in record.papers() {
        let name = format!("{}.docx", paper.name());
        set.add(&name, &sheet.bytes(paper, sheet::Format::Docx)?)?;
    }
    let (place, publication) = set.finish(draft)?;
    own.record(publication);
    let saved = save::save(
        &own,
        request.file,
        request.places,
        expected,
        save::HISTORY_MEGABYTES,
    )
    .with_context(|| format!("文件夹写好了，但草稿没有记下：{}", disk::shown(&place)))?;
    saved.rest.clear();
    said.push_str(&format!("已发布\t{}\n", disk::shown(&place)));
    print(&said)?;
    Ok(Outcome::Done)
}

/// Where a published file is not the draft, for the rule that speaks of it.
fn mismatches_of(published: &Published) -> Vec<Mismatch> {
    let Proof::Different(differences) = &published.proof else {
        return Vec::new();
    };
    let differences = differences.iter().cloned();
    differences
        .map(|difference| Mismatch {
            file: published.writer.label.to_owned(),
            place: difference.place,
            expected: difference.expected,
            found: difference.found,
        })
        .collect()
}

/// What the rules say of files that are not the draft.
fn said_of(file: &Path, draft: &Draft, mismatches: &[Mismatch]) -> String {
    let terms = CheckOptions {
        read_back: Some(mismatches),
        ..CheckOptions::default()
    };
    check::text(file, draft, &check_draft_on(draft, terms))
}

fn writers(names: &[String]) -> anyhow::Result<Vec<&'static Writer>> {
    if names.is_empty() {
        return Ok(publish::usual_formats());
    }
    let known = || {
        export::WRITERS
            .iter()
            .map(|writer| writer.name)
            .collect::<Vec<_>>()
            .join("、")
    };
    let found = names.iter().map(|name| {
        export::by_name(name).ok_or_else(|| anyhow!("没有“{name}”这个格式，可选{}", known()))
    });
    found.collect()
}
