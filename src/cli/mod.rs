//! The command line: arguments to work to an exit code.
//!
//! Standard output carries only what was asked for; what goes wrong is one Chinese line on standard error.

mod args;
mod check;
mod choices;
mod compare;
mod demo;
mod form;
mod format;
mod gather;
mod import;
mod publish;
mod recover;
mod table;
mod years;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::{CommandFactory as _, Parser as _};

use crate::check::{Findings, check_draft};
use crate::desk;
use crate::disk::{self, FileClaim, Replaces};
use crate::export::{self, ExportError, Writer};
use crate::form::Edition;
use crate::keep::save::{HISTORY_MEGABYTES, Precondition};
use crate::keep::{self, Places};
use crate::report::{Draft, Edit, Entry, Prior, Report, carry};
use crate::store::{self, StoreError};
use crate::{form as forms, open, system};
use args::{Arguments, CliCommand};
use choices::ChoiceArgs;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// `check` found errors, or `export` was refused.
    Refused,
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => return fail(&anyhow!(args::complaint(&error))),
        Err(asked) => {
            let printed = write!(io::stdout(), "{asked}");
            return if printed.is_ok() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            };
        }
    };
    let places = Places::find(arguments.general.home.as_deref());
    let renderer = arguments.general.renderer.as_deref();
    let outcome = match arguments.command {
        Some(command) => perform(command, places, renderer),
        None => window(arguments.file.as_deref(), places, renderer).map(|()| Outcome::Done),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(error) => fail(&error),
    }
}

/// The arguments, for the programs that write the man page and the completions.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

fn perform(
    command: CliCommand,
    places: Option<Places>,
    renderer: Option<&str>,
) -> anyhow::Result<Outcome> {
    let kept = places.as_ref();
    match command {
        CliCommand::New {
            issuer,
            year,
            form,
            prior,
            output,
            overwrite,
        } => {
            let draft = new(&issuer, year, form.as_deref(), prior.as_deref())?;
            let inputs: Vec<_> = prior.as_deref().into_iter().collect();
            let claim = FileClaim {
                inputs: &inputs,
                replaces: Replaces::said(overwrite),
            };
            save(&draft, &output, claim, kept)
        }
        CliCommand::Import {
            file,
            output,
            year,
            overwrite,
        } => import::run(&file, &output, year, Replaces::said(overwrite), kept),
        CliCommand::Recover {
            number,
            output,
            overwrite,
        } => recover::run(number, output.as_deref(), Replaces::said(overwrite), kept),
        CliCommand::Check(arguments) => check::run(&arguments),
        CliCommand::Export {
            file,
            output,
            to,
            force,
            overwrite,
            choices,
        } => {
            let claim = FileClaim {
                inputs: &[&file],
                replaces: Replaces::said(overwrite),
            };
            export(&file, &output, claim, to.as_deref(), force, &choices)
        }
        CliCommand::Publish {
            file,
            output,
            formats,
            force,
            substitutes,
            overwrite,
            record,
            choices,
        } => publish::run(&publish::Request {
            record: record.record.then_some(&record),
            places: kept,
            file: &file,
            folder: &output,
            formats: &formats,
            force,
            substitutes,
            overwrite,
            choices: &choices,
        }),
        CliCommand::Compare {
            file,
            published,
            format,
        } => compare::run(&file, &published, format),
        CliCommand::Style {
            file,
            output,
            overwrite,
            choices,
        } => {
            let draft = choices.open(&file)?;
            let claim = FileClaim {
                inputs: &[&file],
                replaces: Replaces::said(overwrite),
            };
            store::write_look(draft.choices(), &output, claim)?;
            Ok(Outcome::Done)
        }
        CliCommand::Gather(arguments) => gather::run(&arguments),
        CliCommand::Table(arguments) => table::run(&arguments),
        CliCommand::Years(arguments) => years::run(&arguments),
        CliCommand::Demo { folder, no_window } => demo::run(&folder, no_window, |path| {
            window(Some(path), places, renderer)
        }),
        CliCommand::Form { id, format } => form::run(id.as_deref(), format),
        CliCommand::Explain { rule } => explain(rule.as_deref()),
    }
}

/// Says what went wrong in one line; a place on a line of its own joins it.
fn fail(error: &anyhow::Error) -> ExitCode {
    let line = format!("{error:#}")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("：");
    complain(&line);
    ExitCode::from(2)
}

/// Says something on standard error; what a terminal would obey is shown instead.
fn complain(line: &str) {
    // When even standard error is gone there is nobody left to tell.
    drop(writeln!(io::stderr(), "年报：{}", disk::plain(line)));
}

/// Says once what in a folder is no report, and what therefore was not done with it.
fn tell_others(folder: &Path, others: &[String], not_done: &str) {
    /// How many of them are named.
    const NAMED: usize = 20;
    if others.is_empty() {
        return;
    }
    let names: Vec<_> = others.iter().take(NAMED).map(String::as_str).collect();
    let more = if others.len() > NAMED { "等" } else { "" };
    complain(&format!(
        "文件夹里有{}个不是草稿也不是能读的报告，{not_done}：{}{more}：{}",
        others.len(),
        names.join("、"),
        disk::shown(folder)
    ));
}

/// Why the files of a folder cannot be listed.
fn unopened(folder: &Path, error: &io::Error) -> anyhow::Error {
    let reason = disk::folder_advice(error);
    anyhow!("打不开文件夹：{reason}：{}", disk::shown(folder))
}

/// Refuses to write a result in the place of one of the reports it is made of.
fn spare(folder: &Path, output: &Path) -> anyhow::Result<()> {
    if desk::is_report_of(folder, output) {
        return Err(ExportError::Place {
            path: output.to_path_buf(),
            reason: disk::Refusal::Input.into(),
        }
        .into());
    }
    Ok(())
}

/// Makes a folder and those above it.
fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| unmade(folder, &error))
}

fn unmade(folder: &Path, error: &io::Error) -> anyhow::Error {
    let reason = disk::advice(error);
    anyhow!("建不了文件夹：{reason}：{}", disk::shown(folder))
}

/// Says what is to be known of last year's report, a line each.
fn complain_of_prior(prior: &Prior, year: u16) {
    for remark in prior.remarks(year) {
        complain(&format!("{remark}：{}", prior.source));
    }
}

/// Prints what was asked for.
fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(disk::plain(text).as_bytes())
}

fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // A reader that has seen enough is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("标准输出写不进去"),
    }
}

fn new(issuer: &str, year: u16, form: Option<&str>, prior: Option<&Path>) -> anyhow::Result<Draft> {
    if issuer.trim().is_empty() {
        bail!("机关名称是空的，用--issuer写上全称");
    }
    let usual = usual_form(year)?;
    let edition = match form {
        Some(id) => {
            forms::by_id(id).ok_or_else(|| anyhow!("没有“{id}”这个格式版本，可选{}", form_ids()))?
        }
        None => usual,
    };
    let issuer_field = edition.issuer_field;
    let mut report = Report::new(edition, year);
    report.apply(Edit::Enter(
        issuer_field,
        Entry::Text(issuer.trim().to_owned()),
    ));
    let prior = prior.map(open::open_prior).transpose()?;
    if let Some(prior) = &prior {
        report.apply(Edit::All(carry::carried(&report, &prior.report)));
        complain_of_prior(prior, year);
    }
    let mut draft = Draft::new(report);
    draft.set_prior(prior);
    Ok(draft)
}

fn usual_form(year: u16) -> anyhow::Result<Arc<Edition>> {
    forms::for_year(year).ok_or_else(|| anyhow!("没有适用于{year}年的格式版本，年度写2019到2099"))
}

fn form_ids() -> String {
    forms::all()
        .iter()
        .map(|edition| edition.id.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// Saves a draft; what stood there goes into the history.
fn save(
    draft: &Draft,
    output: &Path,
    claim: FileClaim<'_>,
    places: Option<&Places>,
) -> anyhow::Result<Outcome> {
    disk::check(output, claim).map_err(|reason| StoreError::Write {
        path: output.to_path_buf(),
        reason,
    })?;
    let expected = match claim.replaces {
        Replaces::Anything => Precondition::Anything,
        Replaces::Nothing => Precondition::Nothing,
    };
    let saved = keep::save::save(draft, output, places, expected, HISTORY_MEGABYTES)?;
    saved.rest.clear();
    if let Some(reason) = saved.history {
        complain(&format!("已保存，但没有留下上一版：{reason}"));
    }
    if let Some(reason) = saved.unsettled {
        complain(&format!("已保存，但磁盘没有确认：{reason}"));
    }
    Ok(Outcome::Done)
}

fn export(
    file: &Path,
    output: &Path,
    claim: FileClaim<'_>,
    to: Option<&str>,
    force: bool,
    choices: &ChoiceArgs,
) -> anyhow::Result<Outcome> {
    let writer = choose_writer(output, to)?;
    let is_printed = output.as_os_str() == "-";
    if !is_printed {
        export::check_place(output, claim)?;
    }
    writer.prepare();
    let draft = choices.open(file)?;
    let checked = writer.publishes && !force;
    let findings = checked.then(|| check_draft(&draft));
    if let Some(findings) = findings.filter(|findings| findings.blocking() > 0) {
        let line = format!(
            "没有导出，还有{}，改正后再导出，或加--force：{}",
            summary(&findings),
            disk::shown(file)
        );
        complain(&line);
        return Ok(Outcome::Refused);
    }
    let made = (writer.write)(&draft)?;
    if is_printed {
        print_bytes(&made.bytes)?;
    } else {
        made.put(output, claim)?;
    }
    for remark in made.remarks {
        complain(&remark);
    }
    Ok(Outcome::Done)
}

fn choose_writer(output: &Path, to: Option<&str>) -> anyhow::Result<&'static Writer> {
    let names = || {
        export::WRITERS
            .iter()
            .map(|writer| writer.name)
            .collect::<Vec<_>>()
            .join("、")
    };
    match to {
        Some(name) => export::by_name(name)
            .ok_or_else(|| anyhow!("没有“{name}”这个导出格式，可选{}", names())),
        None => export::by_extension(output).ok_or_else(|| {
            anyhow!(
                "从文件名看不出导出格式，用--to说明，可选{}：{}",
                names(),
                disk::shown(output)
            )
        }),
    }
}

/// What keeps a report from being published, in words.
fn summary(findings: &Findings) -> String {
    use crate::check::Level;
    let of = |level| {
        findings
            .list
            .iter()
            .filter(|finding| finding.level == level && finding.blocks())
            .count()
    };
    match (of(Level::Error), of(Level::Query)) {
        (errors, 0) => format!("{errors}个强制性问题"),
        (0, queries) => format!("{queries}个核实性问题没有说明"),
        (errors, queries) => format!("{errors}个强制性问题、{queries}个核实性问题没有说明"),
    }
}

fn explain(rule: Option<&str>) -> anyhow::Result<Outcome> {
    use crate::check::rules::{self, RULES};
    let Some(name) = rule else {
        let lines = RULES
            .iter()
            .map(|rule| format!("{}\t{}\t{}\n", rule.name, rule.level.name(), rule.title));
        print(&lines.collect::<String>())?;
        return Ok(Outcome::Done);
    };
    let rule = rules::by_name(name)
        .ok_or_else(|| anyhow!("没有“{name}”这条规则，用nianbao explain看全部规则"))?;
    print(&format!(
        "{}（{}，{}）\n\n{}",
        rule.title,
        rule.name,
        rule.level.name(),
        rule.full_card()
    ))?;
    Ok(Outcome::Done)
}

#[cfg(feature = "gui")]
fn window(
    file: Option<&Path>,
    places: Option<Places>,
    renderer: Option<&str>,
) -> anyhow::Result<()> {
    start_anew_where_input_needs_it();
    crate::app::run(file.map(Path::to_path_buf), places, renderer)?;
    Ok(())
}

/// Chinese input needs some variables from the start of the process; where they are wrong, the
/// program takes its own place with the right ones.
#[cfg(feature = "gui")]
fn start_anew_where_input_needs_it() {
    if system::has_display()
        && let Some(variables) = crate::app::system::ime::corrected_env()
        && let Ok(program) = std::env::current_exe()
    {
        let arguments = std::env::args_os().skip(1);
        // Where this fails the window still opens, only input may not be right.
        system::give_way_to(
            std::process::Command::new(program)
                .args(arguments)
                .envs(variables),
        );
    }
}

/// The commands alone start the program with the window where that lies beside them.
#[cfg(not(feature = "gui"))]
fn window(
    file: Option<&Path>,
    _places: Option<Places>,
    renderer: Option<&str>,
) -> anyhow::Result<()> {
    let Some(program) = system::program_with_window() else {
        bail!(
            "这个程序没有窗口，可用的命令有new、import、check、export、publish、compare、gather、table、demo、form、explain、recover"
        );
    };
    let home = Arguments::try_parse().ok().and_then(|all| all.general.home);
    let mut command = std::process::Command::new(&program);
    if let Some(home) = home {
        command.arg("--home").arg(home);
    }
    if let Some(renderer) = renderer {
        command.arg("--renderer").arg(renderer);
    }
    command
        .args(file)
        .spawn()
        .with_context(|| format!("打不开窗口：{}", disk::shown(&program)))?;
    Ok(())
}
