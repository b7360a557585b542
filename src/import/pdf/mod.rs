//! PDF: what its pages draw, to placed text and rules.
//!
//! A file is measured before it is taken apart, and drawn into a pen that only takes notes; what
//! cannot be seen is not read. Damage is silent in PDF, so that it is looked for and said.

mod fonts;
mod guard;
mod pen;

use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, InterpreterWarning, RenderContent,
    interpret_page,
};

use self::fonts::Fonts;
use self::guard::TooMuch;
use self::pen::Pen;
use super::ImportError;
use super::assemble::assemble;
use super::placed::{self, Placed, SeenPage};
use crate::doc::Doc;

/// Drawing all pages takes no longer than this.
const TIME: Duration = Duration::from_secs(3);
/// The most pages that are read.
const PAGES: usize = 400;
/// A page with fewer glyphs than this that a picture covers was scanned.
const FEW: usize = 20;
/// How many of a kind are named in a sentence.
const NAMED: usize = 8;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    // The pen leaves a page without end by unwinding; the crate itself may be at its wits' end, too.
    let drawn = match catch_unwind(|| draw(bytes)) {
        Ok(drawn) => drawn?,
        Err(reason) if reason.is::<TooMuch>() => return Err(ImportError::TooLarge),
        Err(_) => return Err(broken("内容已损坏")),
    };
    if drawn.is_scan() {
        return Err(ImportError::Scan);
    }
    let placed = placed::pieces(&drawn.sheets);
    let notes = notes(&drawn, &placed);
    if drawn.sheets.iter().all(|sheet| sheet.glyphs.is_empty()) {
        return Err(broken("里面没有看得见的文字"));
    }
    let mut doc = assemble(placed.pieces);
    doc.notes = notes;
    Ok(doc)
}

fn broken(reason: &str) -> ImportError {
    ImportError::Broken {
        format: "PDF",
        reason: reason.to_owned(),
    }
}

/// What came out of a file.
struct DrawnPages {
    sheets: Vec<SeenPage>,
    /// How much of each page is covered by pictures.
    pictures: Vec<f64>,
    /// How many streams break off.
    torn: usize,
    /// How many pages there should be.
    pages: usize,
    /// How many glyphs cannot be seen.
    hidden: usize,
    /// Whether there is a font that cannot be drawn at all.
    has_lost_font: bool,
}

impl DrawnPages {
    /// Whether the pages are pictures of pages.
    fn is_scan(&self) -> bool {
        let is_scanned = |(sheet, pictures): (&SeenPage, &f64)| {
            sheet.glyphs.len() < FEW && *pictures > sheet.width * sheet.height * 0.3
        };
        let pages = self.sheets.iter().zip(&self.pictures);
        let scanned = pages.filter(|&page| is_scanned(page)).count();
        scanned * 2 > self.sheets.len()
    }
}

impl From<TooMuch> for ImportError {
    fn from(_: TooMuch) -> Self {
        Self::TooLarge
    }
}

fn draw(bytes: &[u8]) -> Result<DrawnPages, ImportError> {
    let mut torn = guard::raw(bytes)?;
    let is_locked = guard::find(bytes, b"/Encrypt").is_some();
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ImportError::Other {
            kind: "加了密码的PDF",
            advice: "用PDF阅读软件去掉密码、另存一份后再导入",
        },
        LoadPdfError::Invalid => broken("内容已损坏"),
    })?;
    torn += guard::opened(&pdf, is_locked)?;
    let fonts = Fonts::of(&pdf);
    let cache = InterpreterCache::new();
    let has_lost_font = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&has_lost_font);
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::UnsupportedFont) {
                seen.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let mut drawn = DrawnPages {
        sheets: Vec::new(),
        pictures: Vec::new(),
        torn,
        pages: pages(&pdf),
        hidden: 0,
        has_lost_font: false,
    };
    let until = Instant::now() + TIME;
    for page in pdf.pages().iter().take(PAGES) {
        let draw = |turn: Affine, width: f64, height: f64| {
            let transform = turn * Affine::new(page.initial_transform(true).as_coeffs());
            let area = Rect::new(0.0, 0.0, width, height);
            let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
            let mut pen = Pen::new(width, height, &fonts, until);
            interpret_page(page, &mut context, &mut pen);
            pen
        };
        let pen = upright(page, draw);
        drawn.pictures.push(pen.pictures);
        let (sheet, hidden) = pen.finish();
        drawn.sheets.push(sheet);
        drawn.hidden += hidden;
    }
    drawn.has_lost_font = has_lost_font.load(Ordering::Relaxed);
    Ok(drawn)
}

/// Draws a page, and once more upright when most of it stands turned.
fn upright<'f>(page: &Page<'_>, draw: impl Fn(Affine, f64, f64) -> Pen<'f>) -> Pen<'f> {
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let pen = draw(Affine::IDENTITY, width, height);
    let all: usize = pen.ways.iter().sum();
    let most = pen.ways.iter().position(|count| count * 2 > all);
    match most {
        Some(1) => draw(
            Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            height,
            width,
        ),
        Some(2) => draw(
            Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            width,
            height,
        ),
        Some(3) => draw(
            Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            height,
            width,
        ),
        _ => pen,
    }
}

/// How many pages the file says it has, at least as many as were found.
fn pages(pdf: &Pdf) -> usize {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id());
    let root = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(keys::PAGES));
    let count = root.and_then(|root| root.get::<u32>(keys::COUNT));
    let found = pdf.pages().len();
    count.map_or(found, |count| found.max(count as usize))
}

/// What has to be said about a file, a sentence each.
fn notes(drawn: &DrawnPages, placed: &Placed) -> Vec<String> {
    let mut notes = Vec::new();
    if drawn.torn > 0 {
        notes.push(format!(
            "PDF有{}处数据断开，可能缺字缺数，请对照原件逐格核对，最好换一份完好的文件",
            drawn.torn
        ));
    }
    let read = drawn.sheets.len();
    if drawn.pages > read {
        notes.push(format!(
            "PDF应有{}页，只读到{read}页，请对照原件补上缺少的内容",
            drawn.pages
        ));
    }
    let scanned: Vec<String> = (drawn.sheets.iter())
        .zip(&drawn.pictures)
        .enumerate()
        .filter(|(_, (sheet, area))| {
            sheet.glyphs.len() < FEW && **area > sheet.width * sheet.height * 0.3
        })
        .map(|(at, _)| (at + 1).to_string())
        .collect();
    if !scanned.is_empty() {
        notes.push(format!(
            "PDF第{}页是图片，没有文字，请对照原件填写",
            scanned.join("、")
        ));
    }
    if drawn.has_lost_font {
        notes.push("PDF里有一种字体读不了，用它写的字没有导入，请对照原件补上".to_owned());
    }
    for (page, count) in placed.unread.iter().take(NAMED) {
        notes.push(format!(
            "PDF第{page}页有{count}个字没有写明是什么字，表格里的留空，正文里的写作“□”，请对照原件补上"
        ));
    }
    if placed.blurred > 0 {
        notes.push(format!(
            "PDF的表格中有{}格字与字重叠，没有导入，请对照原件填写",
            placed.blurred
        ));
    }
    if !placed.open.is_empty() {
        let named: Vec<&str> = placed.open.iter().take(NAMED).map(String::as_str).collect();
        notes.push(format!(
            "PDF的表格中有{}格框线不全，里面的数没有导入（{}），请对照原件填写",
            placed.open.len(),
            named.join("、")
        ));
    }
    notes
}
