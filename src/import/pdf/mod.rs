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
use std::time::Instant;

use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::object::dict::keys;
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
use super::placed::drawing::upright;
use super::placed::{self, PAGES, Placed, SeenPage};
use crate::doc::{Doc, Wholeness};

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, ImportError> {
    let until = Instant::now() + placed::TIME;
    // The pen leaves a page without end by unwinding; the crate itself may be at its wits' end, too.
    let drawn = match catch_unwind(|| draw(bytes, until)) {
        Ok(drawn) => drawn?,
        Err(reason) if reason.is::<TooMuch>() => return Err(ImportError::TooLarge),
        Err(_) => return Err(broken("内容已损坏")),
    };
    if placed::is_scan(&drawn.sheets) {
        return Err(ImportError::Scan);
    }
    let placed = placed::pieces(&drawn.sheets, until)?;
    let notes = notes(&drawn, &placed);
    if drawn.sheets.iter().all(|sheet| sheet.glyphs.is_empty()) {
        return Err(broken("里面没有看得见的文字"));
    }
    let wholeness = if drawn.is_damaged() {
        Wholeness::Damaged
    } else {
        placed.wholeness()
    };
    let mut doc = assemble(placed.pieces);
    doc.notes = notes;
    doc.wholeness = wholeness;
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
    /// Whether some of the file cannot be read any more.
    fn is_damaged(&self) -> bool {
        self.torn > 0 || self.pages > self.sheets.len() || self.has_lost_font
    }
}

impl From<TooMuch> for ImportError {
    fn from(_: TooMuch) -> Self {
        Self::TooLarge
    }
}

fn draw(bytes: &[u8], until: Instant) -> Result<DrawnPages, ImportError> {
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
        torn,
        pages: pages(&pdf),
        hidden: 0,
        has_lost_font: false,
    };
    for page in pdf.pages().iter().take(PAGES) {
        guard::drawn(page.page_stream().unwrap_or_default())?;
        let (width, height) = page.render_dimensions();
        let draw = |turn: Affine, width: f64, height: f64| {
            let transform = turn * Affine::new(page.initial_transform(true).as_coeffs());
            let area = Rect::new(0.0, 0.0, width, height);
            let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
            let mut pen = Pen::new(width, height, &fonts, until);
            interpret_page(page, &mut context, &mut pen);
            pen
        };
        let pen = upright(
            f64::from(width),
            f64::from(height),
            |pen: &Pen<'_>| &pen.drawing,
            draw,
        );
        let (sheet, hidden) = pen.drawing.finish();
        drawn.sheets.push(sheet);
        drawn.hidden += hidden;
        placed::within_bounds(&drawn.sheets, until)?;
    }
    drawn.has_lost_font = has_lost_font.load(Ordering::Relaxed);
    Ok(drawn)
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
    if drawn.has_lost_font {
        notes.push("PDF里有一种字体读不了，用它写的字没有导入，请对照原件补上".to_owned());
    }
    notes.extend(placed.notes("PDF", &drawn.sheets));
    notes
}
