//! The faces one layout uses: a character in a wanted font to the glyph that prints it.

use crate::doc::sheet::TIMES;
use crate::text::LINE_BREAKS;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ttf_parser::Face;

use super::fonts::Library;
use super::line::Unit;
use super::{Layout, Page, StandIn};

/// What stands where no font has the character.
pub const STANDS_IN: char = '〓';

/// Which of the fonts that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FontRequest {
    chain: u16,
    bold: bool,
}

impl FontRequest {
    /// The same font, drawn thicker.
    pub(super) fn bold(self, bold: bool) -> Self {
        Self { bold, ..self }
    }
}

/// Fonts opened while a document is laid out.
pub(super) struct Faces<'a> {
    library: &'a Library,
    chains: Vec<(String, Vec<usize>)>,
    /// The opened faces by their number in the library; `None` for a file that cannot be read.
    open: BTreeMap<usize, Option<Face<'a>>>,
    /// The faces that are used, in the order of their first use.
    used: Vec<usize>,
    glyphs: HashMap<(FontRequest, char), FaceGlyph>,
    /// The font of digits and Latin letters where they have one of their own.
    latin: Option<FontRequest>,
    /// Characters no font has.
    pub(super) missing: BTreeSet<char>,
    /// Characters that one glyph each, from left to right, would print wrongly.
    pub(super) unshaped: BTreeSet<char>,
    /// Characters whose look is the font's own business.
    pub(super) private: BTreeSet<char>,
    /// Faces that were passed over because they must not be embedded.
    pub(super) barred: BTreeSet<usize>,
}

/// A glyph, whose advance is a part of the type size.
#[derive(Debug, Clone, Copy)]
struct FaceGlyph {
    face: u16,
    glyph: u16,
    advance: f32,
}

impl<'a> Faces<'a> {
    pub(super) fn new(library: &'a Library) -> Self {
        Self {
            library,
            chains: Vec::new(),
            open: BTreeMap::new(),
            used: Vec::new(),
            glyphs: HashMap::new(),
            latin: None,
            missing: BTreeSet::new(),
            unshaped: BTreeSet::new(),
            private: BTreeSet::new(),
            barred: BTreeSet::new(),
        }
    }

    /// A font to set text in.
    pub(super) fn wanted(&mut self, name: &str) -> FontRequest {
        let known = self.chains.iter().position(|(known, _)| known == name);
        let at = known.unwrap_or_else(|| {
            self.chains
                .push((name.to_owned(), self.library.chain(name)));
            self.chains.len() - 1
        });
        FontRequest {
            chain: u16::try_from(at).unwrap_or_default(),
            bold: false,
        }
    }

    /// Sets digits and Latin letters from now on in a font of their own, or in that of their text.
    pub(super) fn set_latin(&mut self, name: Option<&str>) {
        self.latin = name.map(|name| self.wanted(name));
    }

    /// Pages with what is to be known of their fonts.
    pub(super) fn layout(mut self, pages: Vec<Page>) -> Layout {
        let stand_ins = self.stand_ins();
        let library = self.library;
        let barred = self.barred.iter();
        Layout {
            pages,
            stand_ins,
            missing: self.missing.iter().copied().collect(),
            unshaped: self.unshaped.iter().copied().collect(),
            private: self.private.iter().copied().collect(),
            barred: barred.map(|&face| library.name(face).to_owned()).collect(),
            faces: self.used,
        }
    }

    /// What was asked for, with the face that prints most of it and whether that one looks alike.
    fn stand_ins(&mut self) -> Vec<StandIn> {
        let chains: Vec<_> = (0..self.chains.len())
            .filter_map(|at| u16::try_from(at).ok())
            .collect();
        let mut found = Vec::new();
        for chain in chains {
            let wanted = FontRequest { chain, bold: false };
            let name = self.chains.get(usize::from(chain)).cloned();
            let latin = name.as_ref().is_some_and(|(name, _)| name == TIMES);
            let hit = self.hit(wanted, if latin { 'n' } else { '的' });
            let face = self.used.get(usize::from(hit.face)).copied();
            if let (Some(face), Some((name, _))) = (face, name) {
                found.push(StandIn {
                    wanted: name.clone(),
                    used: self.library.name(face).to_owned(),
                    is_alike: self.library.is_alike(face, &name),
                });
            }
        }
        found
    }

    /// The characters of a text as units of a size; what can never be seen is left out.
    pub(super) fn units(
        &mut self,
        text: &str,
        wanted: FontRequest,
        size: f32,
        spacing: f32,
    ) -> Vec<Unit> {
        let mut units = Vec::with_capacity(text.len() / 3);
        let mut after_return = false;
        for (offset, c) in text.chars().enumerate() {
            let returns = c == '\r';
            let character = match c {
                '\n' if after_return => continue,
                c if LINE_BREAKS.contains(&c) => '\n',
                '\t' => '\t',
                '\u{a0}' | '\u{2002}' | '\u{2009}' => ' ',
                c if c.is_control() || is_invisible(c) => continue,
                c => c,
            };
            after_return = returns;
            let latin = self.latin.filter(|_| matches!(character, ' '..='~'));
            let wanted = latin.map_or(wanted, |latin| latin.bold(wanted.bold));
            let hit = if matches!(character, '\n' | '\t') {
                self.hit(wanted, ' ')
            } else {
                self.hit(wanted, character)
            };
            units.push(Unit {
                character,
                face: hit.face,
                glyph: hit.glyph,
                bold: wanted.bold,
                advance: hit.advance * size + spacing,
                offset: u32::try_from(offset).unwrap_or(u32::MAX),
            });
        }
        units
    }

    fn hit(&mut self, wanted: FontRequest, c: char) -> FaceGlyph {
        if let Some(&hit) = self.glyphs.get(&(wanted, c)) {
            return hit;
        }
        let found = if needs_shaping(c) {
            self.unshaped.insert(c);
            None
        } else {
            self.look_up(wanted, c)
        };
        if is_private(c) {
            self.private.insert(c);
        }
        if found.is_none() && !needs_shaping(c) {
            self.missing.insert(c);
        }
        let hit = found.unwrap_or_else(|| {
            self.look_up(wanted, STANDS_IN).unwrap_or(FaceGlyph {
                face: 0,
                glyph: 0,
                advance: 1.0,
            })
        });
        self.glyphs.insert((wanted, c), hit);
        hit
    }

    fn look_up(&mut self, wanted: FontRequest, c: char) -> Option<FaceGlyph> {
        let (_, chain) = self.chains.get(usize::from(wanted.chain))?;
        for number in chain.clone() {
            let library = self.library;
            let face = self
                .open
                .entry(number)
                .or_insert_with(|| library.face(number));
            let Some((face, glyph)) = face.as_ref().and_then(|face| {
                let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
                Some((face, glyph))
            }) else {
                continue;
            };
            if !library.may_embed(number) {
                self.barred.insert(number);
                continue;
            }
            let advance = face.glyph_hor_advance(glyph).unwrap_or_default();
            let advance = f32::from(advance) / f32::from(face.units_per_em());
            let used = self.used.iter().position(|&used| used == number);
            let at = used.unwrap_or_else(|| {
                self.used.push(number);
                self.used.len() - 1
            });
            return Some(FaceGlyph {
                face: u16::try_from(at).ok()?,
                glyph: glyph.0,
                advance,
            });
        }
        None
    }
}

/// Whether a character belongs to a script that joins, reorders or stacks its letters, runs from
/// right to left or from top to bottom: to put its glyphs in a row prints something else.
fn needs_shaping(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x109F | 0x1700..=0x18AF | 0x1900..=0x1CFF | 0xA800..=0xA8FF
        | 0xA930..=0xA95F | 0xA980..=0xABFF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x10800..=0x11FFF
        | 0x16100..=0x1613F | 0x1E800..=0x1EFFF)
}

/// Whether a character means what the maker of a font wants it to mean.
fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10_FFFF)
}

/// Joiners, variation selectors and other characters without a picture of their own.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0xFFFE | 0xFFFF | 0xE0000..=0xE0FFF)
}
