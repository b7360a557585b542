//! The fonts of this computer: who stands in for whom, and what each can print.
//!
//! Only the tables that measure text are read until something is drawn; it knows no document.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fontdb::{Database, ID, Source};
use ttf_parser::{Face, RawFace, RawFaceTables, Tag};

use super::likeness::stand_ins;
use super::thin::thinned;

/// The bytes of a font file.
pub type Bytes = Arc<Vec<u8>>;

/// The font that is always there, and the last to be asked.
pub(super) const BUNDLED: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-subset.otf");

/// Every font that can be printed with.
#[derive(Debug)]
pub struct Library {
    database: Database,
    faces: Vec<Entry>,
    /// Face by its family's names in lower case.
    names: BTreeMap<String, usize>,
    bundled: usize,
    files: Mutex<HashMap<PathBuf, Bytes>>,
}

#[derive(Debug)]
struct Entry {
    id: ID,
    name: String,
    tables: OnceLock<Option<Tables>>,
}

/// The tables of a face that measure text.
#[derive(Debug)]
struct Tables {
    head: Vec<u8>,
    hhea: Vec<u8>,
    maxp: Vec<u8>,
    cmap: Vec<u8>,
    hmtx: Vec<u8>,
    os2: Option<Vec<u8>>,
    may_embed: bool,
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
            faces.push(Entry {
                id: face.id,
                name: face
                    .families
                    .first()
                    .map_or_else(String::new, |(name, _)| name.clone()),
                tables: OnceLock::new(),
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
            files: Mutex::default(),
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

    /// What a face is called.
    #[must_use]
    pub fn name(&self, face: usize) -> &str {
        self.faces.get(face).map_or("", |entry| &entry.name)
    }

    /// The face as far as text is measured with it; `None` when its file cannot be read.
    pub(super) fn face(&self, face: usize) -> Option<Face<'_>> {
        let tables = self.tables(face)?;
        Face::from_raw_tables(RawFaceTables {
            head: &tables.head,
            hhea: &tables.hhea,
            maxp: &tables.maxp,
            cmap: Some(&tables.cmap),
            hmtx: Some(&tables.hmtx),
            os2: tables.os2.as_deref(),
            ..RawFaceTables::default()
        })
        .ok()
    }

    /// Whether the font's maker allows it to be embedded in a document (OS/2 fsType).
    #[must_use]
    pub fn may_embed(&self, face: usize) -> bool {
        self.tables(face).is_some_and(|tables| tables.may_embed)
    }

    fn tables(&self, face: usize) -> Option<&Tables> {
        let entry = self.faces.get(face)?;
        entry
            .tables
            .get_or_init(|| {
                self.database
                    .with_face_data(entry.id, Tables::read)
                    .flatten()
            })
            .as_ref()
    }

    /// The file of a face for embedding these glyphs of it, and the face's number there; only what they need is read.
    #[must_use]
    pub fn file_of(&self, face: usize, glyphs: &BTreeSet<u16>) -> Option<(Bytes, u32)> {
        let entry = self.faces.get(face)?;
        let thin = self
            .database
            .with_face_data(entry.id, |data, index| thinned(data, index, glyphs));
        match thin.flatten() {
            Some(thin) => Some((Arc::new(thin), 0)),
            None => self.file(face),
        }
    }

    /// The file a face stands in and its number there, for drawing; read once.
    #[must_use]
    pub fn file(&self, face: usize) -> Option<(Bytes, u32)> {
        let entry = self.faces.get(face)?;
        let (source, index) = self.database.face_source(entry.id)?;
        let path = match source {
            Source::Binary(bytes) => return Some((Arc::new((*bytes).as_ref().to_vec()), index)),
            Source::File(path) | Source::SharedFile(path, _) => path,
        };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = files.get(&path) {
            return Some((Arc::clone(bytes), index));
        }
        let bytes = Arc::new(std::fs::read(&path).ok()?);
        files.insert(path, Arc::clone(&bytes));
        Some((bytes, index))
    }
}

impl Tables {
    fn read(data: &[u8], index: u32) -> Option<Self> {
        let raw = RawFace::parse(data, index).ok()?;
        let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).map(<[u8]>::to_vec);
        let mut tables = Self {
            head: table(b"head")?,
            hhea: table(b"hhea")?,
            maxp: table(b"maxp")?,
            cmap: table(b"cmap")?,
            hmtx: table(b"hmtx")?,
            os2: table(b"OS/2"),
            may_embed: true,
        };
        // Outlines are drawn and embedded; a face of pictures has none.
        let drawn = [b"glyf", b"CFF ", b"CFF2"]
            .iter()
            .any(|tag| raw.table(Tag::from_bytes(tag)).is_some());
        tables.may_embed = drawn && tables.permits();
        Some(tables)
    }

    fn permits(&self) -> bool {
        let tables = RawFaceTables {
            head: &self.head,
            hhea: &self.hhea,
            maxp: &self.maxp,
            os2: self.os2.as_deref(),
            ..RawFaceTables::default()
        };
        let Ok(face) = Face::from_raw_tables(tables) else {
            return false;
        };
        let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
        // A face without the table says nothing against it.
        let silent = self.os2.is_none();
        silent
            || (!restricted && face.is_subsetting_allowed() && face.is_outline_embedding_allowed())
    }
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
        assert!(!Tables::read(&bytes, 0).unwrap().may_embed);
        assert!(Tables::read(BUNDLED, 0).unwrap().may_embed);
    }
}
