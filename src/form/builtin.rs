//! The editions compiled into the program.

use std::sync::{Arc, LazyLock, OnceLock};

use super::{Edition, source};

/// An edition of the program, read when it is first asked for.
struct BuiltIn {
    id: &'static str,
    text: &'static str,
    edition: OnceLock<Option<Arc<Edition>>>,
}

static EDITIONS: [BuiltIn; 2] = [
    BuiltIn::new("2019", include_str!("../../templates/2019.ron")),
    BuiltIn::new("2021", include_str!("../../templates/2021.ron")),
];

impl BuiltIn {
    const fn new(id: &'static str, text: &'static str) -> Self {
        Self {
            id,
            text,
            edition: OnceLock::new(),
        }
    }

    fn read(&self) -> Option<Arc<Edition>> {
        let edition = || Edition::from_ron(self.text).ok().map(Arc::new);
        self.edition.get_or_init(edition).clone()
    }
}

/// Every edition, oldest first.
#[must_use]
pub fn all() -> &'static [Arc<Edition>] {
    static ALL: LazyLock<Vec<Arc<Edition>>> =
        LazyLock::new(|| EDITIONS.iter().filter_map(BuiltIn::read).collect());
    &ALL
}

/// The numbers of the letters that prescribe the editions, oldest first; known without reading the forms themselves.
#[must_use]
pub fn notices() -> &'static [String] {
    static NOTICES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let sources = EDITIONS.iter().map(|edition| source::parse(edition.text));
        sources.flatten().map(|source| source.notice).collect()
    });
    &NOTICES
}

/// The edition with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<Arc<Edition>> {
    EDITIONS.iter().find(|edition| edition.id == id)?.read()
}

/// The last year that a report can be of: beyond, somebody mistyped it.
const LAST_YEAR: u16 = 2099;

/// The first report year that an edition applies to.
#[must_use]
pub fn first_year() -> u16 {
    let years = all().iter().map(|edition| edition.years.0);
    years.min().unwrap_or_default()
}

/// The edition that applies to a report year.
#[must_use]
pub fn for_year(year: u16) -> Option<Arc<Edition>> {
    if year > LAST_YEAR {
        return None;
    }
    // Most reports are on the newest edition.
    let mut editions = EDITIONS.iter().rev().filter_map(BuiltIn::read);
    editions.find(|edition| edition.covers(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_is_read() {
        for builtin in &EDITIONS {
            assert_eq!(Edition::from_ron(builtin.text).unwrap().id, builtin.id);
        }
        assert_eq!(all().len(), EDITIONS.len());
        let prescribing = all().iter().map(|edition| &edition.notice);
        assert!(prescribing.eq(notices()));
    }

    #[test]
    fn the_year_decides_the_edition() {
        for (year, id) in [
            (2019, "2019"),
            (2020, "2019"),
            (2021, "2021"),
            (2030, "2021"),
        ] {
            assert_eq!(for_year(year).unwrap().id, id);
        }
        for year in [2018, 2100, 9999, u16::MAX] {
            assert!(for_year(year).is_none());
        }
    }
}
