//! `nianbao publish`: chosen formats into one folder, each read back and compared.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use indicatif::{ProgressBar, ProgressStyle};

use super::choices::ChoiceArgs;
use super::{Outcome, check, complain, print};
use crate::check::{CheckOptions, Mismatch, check_draft, check_draft_on};
use crate::disk::{self, FileClaim, Replaces};
use crate::export::{self, Writer};
use crate::publish::{self, Proof, Published};
use crate::report::Draft;

/// What was said on the command line.
pub(super) struct Request<'a> {
    pub file: &'a Path,
    pub folder: &'a Path,
    pub formats: &'a [String],
    pub force: bool,
    pub substitutes: bool,
    pub overwrite: bool,
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
    let folder = request.folder;
    fs::create_dir_all(folder).with_context(|| format!("建不了文件夹：{}", disk::shown(folder)))?;
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
