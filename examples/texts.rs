//! Writes what goes into a package beside the program: man page, completions, the manual as one page.
//!
//! `cargo run --no-default-features --example texts -- FOLDER`
#![expect(clippy::print_stdout, reason = "it tells what it wrote")]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use nianbao::cli;
use nianbao::manual::{self, ManualPiece};

fn main() -> io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let mut command = cli::command();
    fs::write(folder.join("nianbao.1"), man_page(&command)?)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        let path = clap_complete::generate_to(shell, &mut command, "nianbao", &folder)?;
        println!("{}", path.display());
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::write(folder.join("manual.html"), web_page(&docs)?)?;
    Ok(())
}

/// The man page, with every command on it.
fn man_page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    // Short lines of Chinese have no spaces to stretch.
    page.extend(b".ad l\n");
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    page.extend(".SH 命令\n".as_bytes());
    let mut built = command.clone();
    built.build();
    for own in built.get_subcommands() {
        let (name, mut lines) = (own.get_name(), Vec::new());
        let own = Man::new(
            own.clone()
                .disable_help_flag(true)
                .disable_version_flag(true),
        );
        own.render_synopsis_section(&mut lines)?;
        own.render_description_section(&mut lines)?;
        own.render_options_section(&mut lines)?;
        let lines = String::from_utf8(lines).map_err(io::Error::other)?;
        page.extend(format!(".SS nianbao {name}\n").as_bytes());
        for line in lines.lines() {
            let line = if line.starts_with(".SH") { ".PP" } else { line };
            page.extend(line.as_bytes());
            page.push(b'\n');
        }
    }
    whole.render_extra_section(&mut page)?;
    let page = String::from_utf8(page).map_err(io::Error::other)?;
    Ok(page.lines().map(breakable).collect())
}

/// A line of a man page that may be broken between two Chinese characters, as it is printed.
fn breakable(line: &str) -> String {
    let is_wide = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || c == '；' || c == '，';
    let mut broken = String::new();
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        broken.push(c);
        let next = characters.peek();
        if is_wide(c) && next.is_some_and(|&next| is_wide(next) && !"；，、。".contains(next)) {
            broken.push_str("\\:");
        }
    }
    broken + "\n"
}

const STYLE: &str = "body{font:16px/1.75 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;\
max-width:46em;margin:2em auto;padding:0 1em;color:#1f2328}h1,h2{line-height:1.3}h2{margin-top:2em}\
img{max-width:100%;border:1px solid #d5dae0;border-radius:4px}code{background:#eef1f4;padding:.1em .3em;border-radius:3px}\
@media print{body{margin:0;font-size:11pt}h2{break-after:avoid;margin-top:1.2em}\
img{break-inside:avoid;max-height:8cm}}";

fn web_page(docs: &Path) -> io::Result<String> {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>年报使用手册</title><style>{STYLE}</style></head><body>\n"
    );
    let mut list = "";
    for piece in manual::pieces(manual::TEXT) {
        let wanted = match piece {
            ManualPiece::Step(..) => "ol",
            ManualPiece::Item(_) => "ul",
            _ => "",
        };
        if wanted != list {
            if !list.is_empty() {
                page += &format!("</{list}>\n");
            }
            if !wanted.is_empty() {
                page += &format!("<{wanted}>\n");
            }
            list = wanted;
        }
        page += &match piece {
            ManualPiece::Heading(depth, text) => format!("<h{depth}>{}</h{depth}>\n", line(text)),
            ManualPiece::Paragraph(text) => format!("<p>{}</p>\n", line(text)),
            ManualPiece::Step(_, text) | ManualPiece::Item(text) => {
                format!("<li>{}</li>\n", line(text))
            }
            ManualPiece::Picture(shows, file) => {
                let bytes = fs::read(docs.join(file))?;
                let data = base64(&bytes);
                format!("<p><img alt=\"{shows}\" src=\"data:image/png;base64,{data}\"></p>\n")
            }
        };
    }
    if !list.is_empty() {
        page += &format!("</{list}>\n");
    }
    Ok(page + "</body></html>\n")
}

fn line(text: &str) -> String {
    let mut shown = String::new();
    for (words, typed) in manual::words(text) {
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        let written = if typed {
            write!(shown, "<code>{words}</code>")
        } else {
            write!(shown, "{words}")
        };
        debug_assert!(written.is_ok(), "a String takes everything");
    }
    shown
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut number = 0;
        for place in 0..3 {
            number = number << 8 | u32::from(group.get(place).copied().unwrap_or(0));
        }
        for place in 0..4 {
            let digit = (number >> (18 - 6 * place)) & 63;
            let letter = DIGITS.get(digit as usize).copied().unwrap_or(b'=');
            text.push(if place <= group.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}
