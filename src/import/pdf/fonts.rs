//! Which fonts of a file say what their characters are.
//!
//! Where a font has no table of its own, the crate below takes its numbers for letters; a Chinese
//! font that is embedded without one is read by the order of characters that Adobe-GB1 fixes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys;
use hayro_interpret::hayro_syntax::object::{self, Array, Dict, Name, Object};

/// What the fonts of a file are, by their names.
#[derive(Default)]
pub(super) struct Fonts {
    /// The encodings of Chinese fonts without a table; `None` where one name has two.
    chinese: BTreeMap<String, Option<Rc<CMap>>>,
    /// The same by the name of the encoding, to tell whether they agree.
    encodings: BTreeMap<String, Vec<u8>>,
    /// The order of Chinese characters.
    order: Option<CMap>,
    /// Fonts whose numbers nothing explains.
    vague: BTreeSet<String>,
    /// Whether there is such a font that has no name.
    is_nameless_vague: bool,
    /// Whether there is such a font among those that are drawn glyph by glyph.
    is_drawn_vague: bool,
}

impl Fonts {
    /// The fonts of a file.
    pub fn of(pdf: &Pdf) -> Self {
        let mut fonts = Self::default();
        for object in pdf.objects() {
            let Object::Dict(dict) = object else { continue };
            if dict.contains_key(keys::TO_UNICODE) {
                continue;
            }
            let Some(subtype) = dict.get::<Name<'_>>(keys::SUBTYPE) else {
                continue;
            };
            match subtype.as_str() {
                "Type3" => fonts.is_drawn_vague = true,
                "Type1" | "MMType1" | "TrueType" => fonts.simple(&dict, subtype.as_str()),
                "Type0" => fonts.composite(&dict),
                _ => {}
            }
        }
        if !fonts.chinese.is_empty() {
            fonts.order = cmap(CMapName::AdobeGb1Ucs2);
        }
        fonts
    }

    fn simple(&mut self, dict: &Dict<'_>, subtype: &str) {
        let is_embedded = dict.get::<Dict<'_>>(keys::FONT_DESC).is_some_and(|font| {
            [keys::FONT_FILE, keys::FONT_FILE2, keys::FONT_FILE3]
                .iter()
                .any(|key| font.contains_key(*key))
        });
        if dict.contains_key(keys::ENCODING) || !is_embedded {
            return;
        }
        // Other fonts carry no name by which a glyph could be told to be of them.
        match base_name(dict).filter(|_| subtype == "TrueType") {
            Some(name) => drop(self.vague.insert(name)),
            None => self.is_nameless_vague = true,
        }
    }

    fn composite(&mut self, dict: &Dict<'_>) {
        let ordering = dict
            .get::<Array<'_>>(keys::DESCENDANT_FONTS)
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next())
            .and_then(|font| font.get::<Dict<'_>>(keys::CIDSYSTEMINFO))
            .and_then(|info| {
                info.get::<object::String<'_>>(keys::ORDERING)
                    .map(|name| name.to_vec())
            });
        let (Some(name), Some(encoding)) = (base_name(dict), dict.get::<Name<'_>>(keys::ENCODING))
        else {
            return;
        };
        if ordering.as_deref() != Some(b"GB1") {
            return;
        }
        let encoding = encoding.as_ref().to_vec();
        match self.encodings.get(&name) {
            Some(known) if *known == encoding => {}
            Some(_) => drop(self.chinese.insert(name, None)),
            None => {
                let numbers = match CMapName::from_bytes(&encoding) {
                    CMapName::IdentityH => Some(CMap::identity_h()),
                    CMapName::IdentityV => Some(CMap::identity_v()),
                    name => cmap(name),
                };
                self.encodings.insert(name.clone(), encoding);
                self.chinese.insert(name, numbers.map(Rc::new));
            }
        }
    }

    /// What a glyph says; `None` when the file does not tell for sure.
    pub fn text(&self, glyph: &Glyph<'_>) -> Option<String> {
        let text = match glyph {
            Glyph::Type3(_) if self.is_drawn_vague => None,
            Glyph::Type3(glyph) => glyph.as_unicode(),
            Glyph::Outline(outline) => {
                let name = || outline.font_data().and_then(|data| data.postscript_name);
                let is_vague = (self.is_nameless_vague || !self.vague.is_empty())
                    && match name() {
                        Some(name) => self.vague.contains(&name),
                        None => self.is_nameless_vague,
                    };
                if is_vague {
                    None
                } else {
                    let known = glyph.as_unicode();
                    known.or_else(|| self.chinese(&name()?, outline.char_code()))
                }
            }
        };
        let text = match text? {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        };
        let is_none =
            |c: char| matches!(c, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        (!text.is_empty() && !text.contains(is_none)).then_some(text)
    }

    fn chinese(&self, name: &str, code: u32) -> Option<BfString> {
        let numbers = self.chinese.get(name)?.as_ref()?;
        let number = (1..=4).find_map(|length| numbers.lookup_cid_code(code, length))?;
        if number == 0 {
            return None;
        }
        self.order.as_ref()?.lookup_bf_string(number)
    }
}

fn cmap(name: CMapName<'_>) -> Option<CMap> {
    let bytes = hayro_cmap::load_embedded(name)?;
    CMap::parse(bytes, hayro_cmap::load_embedded)
}

/// The name of a font without the mark of a part of it.
fn base_name(font: &Dict<'_>) -> Option<String> {
    let name = font.get::<Name<'_>>(keys::BASE_FONT)?;
    let name = name.as_str();
    let bare = match name.split_once('+') {
        Some((mark, bare)) if mark.len() == 6 => bare,
        _ => name,
    };
    Some(bare.to_owned())
}
