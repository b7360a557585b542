//! The editions compiled into the program.

use std::sync::{Arc, LazyLock};

use super::Edition;

static EDITIONS: LazyLock<Vec<Arc<Edition>>> = LazyLock::new(|| {
    [
        include_str!("../../templates/2019.ron"),
        include_str!("../../templates/2021.ron"),
    ]
    .into_iter()
    .filter_map(|text| Edition::from_ron(text).ok().map(Arc::new))
    .collect()
});

/// Every edition, oldest first.
#[must_use]
pub fn all() -> &'static [Arc<Edition>] {
    &EDITIONS
}

/// The edition with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<Arc<Edition>> {
    all().iter().find(|edition| edition.id == id).cloned()
}

/// The edition that applies to a report year.
#[must_use]
pub fn for_year(year: u16) -> Option<Arc<Edition>> {
    all().iter().find(|edition| edition.covers(year)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_is_read() {
        for text in [
            include_str!("../../templates/2019.ron"),
            include_str!("../../templates/2021.ron"),
        ] {
            Edition::from_ron(text).unwrap();
        }
        assert_eq!(all().len(), 2);
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
        assert!(for_year(2018).is_none());
    }
}
