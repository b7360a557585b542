//! What the preview shows: the pages of the draft as it stands, and the fonts to paint them with.
//!
//! The fonts are found and read on another thread; it knows no widget.

use std::sync::mpsc::{Receiver, channel};

use egui::epaint::text::{FontInsert, FontPriority, InsertFontFamily};
use egui::{Context, FontData, FontFamily};

use crate::app::state::{OpenDraft, PartId, Target};
use crate::app::system::shell::Shell;
use crate::doc::compose::{BlockSource, publication, sources};
use crate::form::{SectionBody, SquareContent};
use crate::layout::{Bytes, Layout, Library, Origin, lay_out};
use crate::report::{Draft, Revision};

/// A face with the file it is drawn from.
type FontSource = (usize, Bytes, u32);

/// The preview of the open draft.
#[derive(Default)]
pub struct Preview {
    layout: Layout,
    sources: Vec<BlockSource>,
    shown: Option<Revision>,
    library: Option<&'static Library>,
    coming: Option<Receiver<Vec<FontSource>>>,
    /// Faces that were handed to egui.
    given: Vec<usize>,
    /// How much larger than to fit the width; in per cent of the paper's size, `None` to fit.
    pub zoom: Option<f32>,
    /// The part that was scrolled to last.
    pub followed: Option<PartId>,
    /// Points of the screen for a point of paper, in the last frame.
    pub scale: f32,
    /// How far the pages were scrolled down in the last frame.
    pub above: f32,
    /// How wide the stretch was that was seen, and how far its middle was to the right of the pages'.
    pub seen: (f32, f32),
}

impl Preview {
    /// Brings the pages up to the draft; what takes longer goes on elsewhere.
    pub fn update(&mut self, ctx: &Context, open: &OpenDraft, shell: &mut dyn Shell) {
        self.receive(ctx);
        let revision = open.draft.revision();
        if let Some(library) = self.library
            && self.shown != Some(revision)
        {
            let doc = publication(&open.draft);
            self.layout = lay_out(&doc, open.draft.choices(), library);
            self.sources = sources(&open.draft);
            self.shown = Some(revision);
        }
        let lacks = |face: &usize| !self.given.contains(face);
        if self.coming.is_none() && (self.library.is_none() || self.layout.faces.iter().any(lacks))
        {
            self.send_for_fonts(ctx, &open.draft, shell);
        }
    }

    /// The pages, or nothing while their fonts are on the way.
    #[must_use]
    pub fn pages(&self) -> Option<&Layout> {
        self.shown.is_some().then_some(&self.layout)
    }

    /// The part of the report that is told at a place of the document, and where in it.
    #[must_use]
    pub fn target(&self, open: &OpenDraft, origin: Origin, offset: usize) -> Option<Goal> {
        let (block, cell) = match origin {
            Origin::Title | Origin::Number | Origin::Signature(_) => {
                return Some((PartId::Cover, None));
            }
            Origin::Block(block) => (block, None),
            Origin::Cell(block, cell) => (block, Some(cell)),
            Origin::Furniture => return None,
        };
        match *self.sources.get(block)? {
            BlockSource::Heading(section) => Some((PartId::Section(section), None)),
            BlockSource::Text { section, from, .. } => {
                let at = from + offset;
                let target = Target::Text { start: at, end: at };
                Some((PartId::Section(section), Some(target)))
            }
            BlockSource::Table(section) => {
                let sections = &open.draft.report().edition().sections;
                let SectionBody::Table(table) = &sections.get(section)?.body else {
                    return None;
                };
                let square = table.grid.squares.get(cell?)?;
                let target = match &square.content {
                    SquareContent::Value(field) => Some(Target::Field(*field)),
                    SquareContent::Head(_) | SquareContent::Label(_) => None,
                };
                Some((PartId::Section(section), target))
            }
        }
    }

    /// The page on which a part of the report begins, and how far down.
    #[must_use]
    pub fn begins(&self, part: PartId) -> Option<(usize, f32)> {
        let begins = |origin: Origin| match (origin, part) {
            (Origin::Title, PartId::Cover) => true,
            (Origin::Block(block) | Origin::Cell(block, _), PartId::Section(number)) => {
                matches!(self.sources.get(block), Some(
                    BlockSource::Heading(section) | BlockSource::Text { section, .. } | BlockSource::Table(section)
                ) if *section == number)
            }
            _ => false,
        };
        let mut pages = self.layout.pages.iter().enumerate();
        pages.find_map(|(page, set)| {
            let place = set.places.iter().find(|place| begins(place.origin))?;
            Some((page, place.from.1))
        })
    }

    /// The family that paints a face of the layout, once egui has it.
    #[must_use]
    pub fn family(&self, known: &[FontFamily], face: u16) -> Option<FontFamily> {
        let &face = self.layout.faces.get(usize::from(face))?;
        let family = family(face);
        known.contains(&family).then_some(family)
    }

    fn receive(&mut self, ctx: &Context) {
        let Some(fonts) = self
            .coming
            .as_ref()
            .and_then(|coming| coming.try_recv().ok())
        else {
            return;
        };
        self.coming = None;
        self.library = Some(Library::system());
        for (face, bytes, index) in fonts {
            self.given.push(face);
            let family = InsertFontFamily {
                family: family(face),
                priority: FontPriority::Highest,
            };
            let data = FontData::from_blob(bytes, index);
            ctx.add_font(FontInsert::new(&name(face), data, vec![family]));
        }
        ctx.request_repaint();
    }

    /// Has the fonts of the draft found and read on another thread.
    fn send_for_fonts(&mut self, ctx: &Context, draft: &Draft, shell: &mut dyn Shell) {
        let (sender, receiver) = channel();
        let (doc, choices, ctx) = (publication(draft), draft.choices().clone(), ctx.clone());
        let given = self.given.clone();
        let started = shell.spawn(Box::new(move || {
            let library = Library::system();
            let faces = lay_out(&doc, &choices, library).faces.into_iter();
            let read = faces
                .filter(|face| !given.contains(face))
                .filter_map(|face| {
                    let (bytes, index) = library.file(face)?;
                    Some((face, bytes, index))
                });
            // Nobody listens any more when the window was closed meanwhile.
            if sender.send(read.collect()).is_ok() {
                ctx.request_repaint();
            }
        }));
        if started.is_ok() {
            self.coming = Some(receiver);
        }
    }
}

/// A part of the report and where in it.
pub type Goal = (PartId, Option<Target>);

fn name(face: usize) -> String {
    format!("print {face}")
}

fn family(face: usize) -> FontFamily {
    FontFamily::Name(name(face).into())
}
