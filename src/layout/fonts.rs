//! The fonts of this computer: who stands in for whom, and what each can print.
//!
//! Files are mapped, so that only what is looked at is read; it knows no document.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use fontdb::{Database, ID, Source};
use fontique::{SourceCache, SourceId, SourceInfo, SourceKind};
use ttf_parser::{Face, RawFace, RawFaceTables, Tag};

use super::likeness::{self, stand_ins};

/// The bytes of a font file.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The font that is always there, and the last to be asked.
pub(super) const BUNDLED: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-subset.otf");

/// Every font that can be printed with.
#[derive(Debug)]
pub struct Library {
    database: Database,
    faces: Vec<FontEntry>,
    /// Face by its family's names in lower case.
    names: BTreeMap<String, usize>,
    bundled: usize,
}

#[derive(Debug)]
struct FontEntry {
    id: ID,
    name: String,
    file: OnceLock<Option<FontFile>>,
}

/// The file a face stands in.
struct FontFile {
    bytes: Bytes,
    /// The number of the face in it.
    index: u32,
    may_embed: bool,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "face {} of a file", self.index)
    }
}

impl Library {
    /// The fonts of this computer, looked up once.
    #[must_use]
    pub fn system() -> &'static Self {
        static SYSTEM: OnceLock<Library> = OnceLock::new();
        SYSTEM.get_or_init(|| {
            let mut database = Database::new();
            database.load_system_fonts();
            Self::new(database)
        })
    }

    /// The bundled font alone, which is the same on every computer.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static BUNDLED: OnceLock<Library> = OnceLock::new();
        BUNDLED.get_or_init(|| Self::new(Database::new()))
    }

    /// These fonts and the bundled one.
    #[must_use]
    pub fn new(mut database: Database) -> Self {
        let own = database.load_font_source(Source::Binary(Arc::new(BUNDLED)));
        let mut faces = Vec::new();
        let mut names = BTreeMap::<String, (u16, usize)>::new();
        let mut bundled = 0;
        for face in database.faces() {
            if face.style != fontdb::Style::Normal {
                continue;
            }
            let number = faces.len();
            if own.contains(&face.id) {
                bundled = number;
            }
            // A regular weight is wanted; the nearest stands in for it.
            let off = face.weight.0.abs_diff(fontdb::Weight::NORMAL.0);
            for (name, _) in &face.families {
                let best = names.entry(name.to_lowercase()).or_insert((off, number));
                if off < best.0 {
                    *best = (off, number);
                }
            }
            faces.push(FontEntry {
                id: face.id,
                name: face
                    .families
                    .first()
                    .map_or_else(String::new, |(name, _)| name.clone()),
                file: OnceLock::new(),
            });
        }
        Self {
            database,
            faces,
            names: names
                .into_iter()
                .map(|(name, (_, number))| (name, number))
                .collect(),
            bundled,
        }
    }

    /// The faces to ask for a character wanted in the named font, best first, the bundled one last.
    pub(super) fn chain(&self, wanted: &str) -> Vec<usize> {
        let mut chain = Vec::new();
        for name in stand_ins(wanted) {
            if let Some(&face) = self.names.get(&name.to_lowercase())
                && !chain.contains(&face)
            {
                chain.push(face);
            }
        }
        chain.retain(|&face| face != self.bundled);
        chain.push(self.bundled);
        chain
    }

    /// Whether a face is the one that was wanted, or looks like it.
    pub(super) fn is_alike(&self, face: usize, wanted: &str) -> bool {
        let mut names = likeness::alike(wanted);
        names.any(|name| self.names.get(&name.to_lowercase()) == Some(&face))
    }

    /// What a face is called.
    #[must_use]
    pub fn name(&self, face: usize) -> &str {
        self.faces.get(face).map_or("", |entry| &entry.name)
    }

    /// The face as far as text is measured with it; `None` when its file cannot be read.
    pub(super) fn face(&self, face: usize) -> Option<Face<'_>> {
        let file = self.opened(face)?;
        measuring((*file.bytes).as_ref(), file.index)
    }

    /// Whether the font's maker allows it to be embedded in a document (OS/2 fsType).
    #[must_use]
    pub fn may_embed(&self, face: usize) -> bool {
        self.opened(face).is_some_and(|file| file.may_embed)
    }

    /// The file a face stands in and its number there, for drawing.
    #[must_use]
    pub fn file(&self, face: usize) -> Option<(Bytes, u32)> {
        let file = self.opened(face)?;
        Some((Arc::clone(&file.bytes), file.index))
    }

    fn opened(&self, face: usize) -> Option<&FontFile> {
        let entry = self.faces.get(face)?;
        let open = || {
            let (source, index) = self.database.face_source(entry.id)?;
            let bytes = match source {
                Source::Binary(bytes) => bytes,
                Source::File(path) | Source::SharedFile(path, _) => mapped(&path)?,
            };
            let may_embed = may_embed((*bytes).as_ref(), index)?;
            Some(FontFile {
                bytes,
                index,
                may_embed,
            })
        };
        entry.file.get_or_init(open).as_ref()
    }
}

fn mapped(path: &Path) -> Option<Bytes> {
    let file = SourceInfo::new(SourceId::new(), SourceKind::Path(path.into()));
    let (bytes, _) = SourceCache::default().get(&file)?.into_raw_parts();
    Some(bytes)
}

/// The face with the tables that measure text.
fn measuring(data: &[u8], index: u32) -> Option<Face<'_>> {
    let raw = RawFace::parse(data, index).ok()?;
    let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag));
    let tables = RawFaceTables {
        head: table(b"head")?,
        hhea: table(b"hhea")?,
        maxp: table(b"maxp")?,
        cmap: Some(table(b"cmap")?),
        hmtx: Some(table(b"hmtx")?),
        os2: table(b"OS/2"),
        ..RawFaceTables::default()
    };
    Face::from_raw_tables(tables).ok()
}

/// Whether a face has outlines and its maker lets them be embedded; `None` for one that cannot be read.
fn may_embed(data: &[u8], index: u32) -> Option<bool> {
    let face = measuring(data, index)?;
    let raw = RawFace::parse(data, index).ok()?;
    let has = |tag| raw.table(Tag::from_bytes(tag)).is_some();
    // A face of pictures has none.
    let is_drawn = [b"glyf", b"CFF ", b"CFF2"].into_iter().any(has);
    // A face without the table says nothing against it.
    let is_silent = !has(b"OS/2");
    let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
    let permits =
        !restricted && face.is_subsetting_allowed() && face.is_outline_embedding_allowed();
    Some(is_drawn && (is_silent || permits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_font_is_always_the_last() {
        let library = Library::bundled();
        for wanted in ["仿宋_GB2312", "黑体", "no such font"] {
            let chain = library.chain(wanted);
            assert_eq!(chain, [library.bundled]);
            assert!(library.may_embed(library.bundled));
        }
        let face = library.face(library.bundled).unwrap();
        assert!(face.glyph_index('年').is_some());
        assert!(face.glyph_hor_advance(face.glyph_index('年').unwrap()) == Some(1000));
    }

    #[test]
    fn a_font_that_forbids_embedding_is_known() {
        let mut bytes = BUNDLED.to_vec();
        let raw = RawFace::parse(BUNDLED, 0).unwrap();
        let os2 = raw.table(Tag::from_bytes(b"OS/2")).unwrap();
        let at = os2.as_ptr() as usize - BUNDLED.as_ptr() as usize;
        let permissions = bytes.get_mut(at + 8..at + 10).unwrap();
        permissions.copy_from_slice(&[0, 2]);
        assert_eq!(may_embed(&bytes, 0), Some(false));
        assert_eq!(may_embed(BUNDLED, 0), Some(true));
    }
}
