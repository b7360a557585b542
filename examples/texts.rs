//! Writes what goes into a package beside the program: man page, completions, the manual as one page.
//!
//! `cargo run --no-default-features --example texts -- FOLDER`
#![expect(clippy::print_stdout, reason = "it tells what it wrote")]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use nianbao::cli;
use nianbao::manual::{self, Piece};

fn main() -> io::Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .map_or_else(|| PathBuf::from("."), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let mut command = cli::command();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    fs::write(folder.join("nianbao.1"), page)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        let path = clap_complete::generate_to(shell, &mut command, "nianbao", &folder)?;
        println!("{}", path.display());
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::write(folder.join("manual.html"), web_page(&docs)?)?;
    Ok(())
}

const STYLE: &str = "body{font:16px/1.75 'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;\
max-width:46em;margin:2em auto;padding:0 1em;color:#1f2328}h1,h2{line-height:1.3}h2{margin-top:2em}\
img{max-width:100%;border:1px solid #d5dae0;border-radius:4px}code{background:#eef1f4;padding:.1em .3em;border-radius:3px}\
@media print{h2{break-after:avoid}img{break-inside:avoid}}";

fn web_page(docs: &Path) -> io::Result<String> {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>年报使用手册</title><style>{STYLE}</style></head><body>\n"
    );
    let mut list = "";
    for piece in manual::pieces(manual::TEXT) {
        let wanted = match piece {
            Piece::Step(..) => "ol",
            Piece::Item(_) => "ul",
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
            Piece::Heading(depth, text) => format!("<h{depth}>{}</h{depth}>\n", line(text)),
            Piece::Paragraph(text) => format!("<p>{}</p>\n", line(text)),
            Piece::Step(_, text) | Piece::Item(text) => format!("<li>{}</li>\n", line(text)),
            Piece::Picture(shows, file) => {
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
