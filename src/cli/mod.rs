//! The command line: arguments to work to an exit code.
//!
//! Standard output carries only what was asked for; what goes wrong is one Chinese line on standard error.

mod args;
mod check;
mod choices;
mod demo;
mod form;
mod publish;
mod recover;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use clap::{CommandFactory as _, Parser as _};

use crate::check::{Findings, check_draft};
use crate::export::{self, Writer};
use crate::keep::save::{Expected, HISTORY_MEGABYTES};
use crate::keep::{self, Places};
use crate::report::{Draft, Edit, Entry, Report, carry};
use crate::{form as forms, open, system};
use args::{Arguments, Command};
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
    let outcome = match arguments.command {
        Some(command) => perform(command, places),
        None => window(arguments.file.as_deref(), places).map(|()| Outcome::Done),
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

fn perform(command: Command, places: Option<Places>) -> anyhow::Result<Outcome> {
    let kept = places.as_ref();
    match command {
        Command::New {
            issuer,
            year,
            form,
            prior,
            output,
        } => {
            let draft = new(&issuer, year, form.as_deref(), prior.as_deref())?;
            save(&draft, &output, kept)
        }
        Command::Import { file, output } => import(&file, &output, kept),
        Command::Recover { number, output } => recover::run(number, output.as_deref(), kept),
        Command::Check(arguments) => check::run(&arguments),
        Command::Export {
            file,
            output,
            to,
            force,
            choices,
        } => export(&file, &output, to.as_deref(), force, &choices),
        Command::Publish {
            file,
            output,
            formats,
            force,
            overwrite,
            choices,
        } => publish::run(&publish::Request {
            file: &file,
            folder: &output,
            formats: &formats,
            force,
            overwrite,
            choices: &choices,
        }),
        Command::Demo { folder, no_window } => demo::run(&folder, no_window, places),
        Command::Form { id, format } => form::run(id.as_deref(), format),
        Command::Explain { rule } => explain(rule.as_deref()),
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
    // When even standard error is gone there is nobody left to tell.
    drop(writeln!(io::stderr(), "年报：{line}"));
    ExitCode::from(2)
}

/// Prints what was asked for.
fn print(text: &str) -> anyhow::Result<()> {
    print_bytes(text.as_bytes())
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
    let edition = match form {
        Some(id) => {
            forms::by_id(id).ok_or_else(|| anyhow!("没有“{id}”这个格式版本，可选{}", form_ids()))?
        }
        None => forms::for_year(year)
            .ok_or_else(|| anyhow!("没有适用于{year}年的格式版本，最早是2019年"))?,
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
    }
    let mut draft = Draft::new(report);
    draft.set_prior(prior);
    Ok(draft)
}

fn form_ids() -> String {
    forms::all()
        .iter()
        .map(|edition| edition.id.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

fn import(file: &Path, output: &Path, places: Option<&Places>) -> anyhow::Result<Outcome> {
    let draft = open::open(file)?.draft;
    save(&draft, output, places)?;
    let mut said = String::new();
    for note in draft.notes() {
        said.push_str(note);
        said.push('\n');
    }
    print(&said)?;
    Ok(Outcome::Done)
}

/// Saves a draft; what stood there goes into the history.
fn save(draft: &Draft, output: &Path, places: Option<&Places>) -> anyhow::Result<Outcome> {
    let anything = (Expected::Anything, HISTORY_MEGABYTES);
    let saved = keep::save::save(draft, output, places, anything)?;
    saved.rest.clear();
    Ok(Outcome::Done)
}

fn export(
    file: &Path,
    output: &Path,
    to: Option<&str>,
    force: bool,
    choices: &ChoiceArgs,
) -> anyhow::Result<Outcome> {
    let writer = choose_writer(output, to)?;
    writer.prepare();
    let draft = choices.open(file)?;
    let checked = writer.publishes && !force;
    let findings = checked.then(|| check_draft(&draft));
    if let Some(findings) = findings.filter(|findings| findings.blocking() > 0) {
        let line = format!(
            "年报：没有导出，还有{}，改正后再导出，或加--force：{}",
            summary(&findings),
            file.display()
        );
        drop(writeln!(io::stderr(), "{line}"));
        return Ok(Outcome::Refused);
    }
    let made = (writer.write)(&draft)?;
    if output.as_os_str() == "-" {
        print_bytes(&made.bytes)?;
    } else {
        made.put(output)?;
    }
    for remark in made.remarks {
        drop(writeln!(io::stderr(), "年报：{remark}"));
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
                output.display()
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
fn window(file: Option<&Path>, places: Option<Places>) -> anyhow::Result<()> {
    start_anew_where_input_needs_it();
    crate::app::run(file.map(Path::to_path_buf), places)?;
    Ok(())
}

/// Chinese input needs some variables from the start of the process; where they are wrong, the
/// program takes its own place with the right ones.
#[cfg(feature = "gui")]
fn start_anew_where_input_needs_it() {
    if system::has_display()
        && let Some(variables) = crate::app::ime::corrected_env()
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
fn window(file: Option<&Path>, _places: Option<Places>) -> anyhow::Result<()> {
    let Some(program) = system::program_with_window() else {
        bail!(
            "这个程序没有窗口，可用的命令有new、import、check、export、publish、demo、form、explain、recover"
        );
    };
    let home = Arguments::try_parse().ok().and_then(|all| all.general.home);
    let mut command = std::process::Command::new(&program);
    if let Some(home) = home {
        command.arg("--home").arg(home);
    }
    command
        .args(file)
        .spawn()
        .with_context(|| format!("打不开窗口：{}", program.display()))?;
    Ok(())
}
