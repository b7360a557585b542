//! The parts of a file, by names that its makers write in many ways.

use std::collections::BTreeMap;

use crate::import::ImportError;
use crate::import::package::Package;

/// The most bytes that all parts may become.
const ALL: usize = 96 << 20;

/// The parts.
pub(super) struct OfdParts<'a> {
    package: Package<'a>,
    /// Each part by its name in small letters.
    names: BTreeMap<String, String>,
    total: usize,
}

impl<'a> OfdParts<'a> {
    /// Opens a file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let package = Package::open(bytes)?;
        let names = package
            .names()
            .map(|name| (levelled(name), name.to_owned()));
        Ok(Self {
            names: names.collect(),
            package,
            total: 0,
        })
    }

    /// The bytes of a part; `None` when there is no such part.
    pub fn read(&mut self, place: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(name) = self.names.get(&levelled(place)) else {
            return Ok(None);
        };
        let part = self.package.part(name)?;
        self.total += part.as_ref().map_or(0, Vec::len);
        if self.total > ALL {
            return Err(ImportError::TooLarge);
        }
        Ok(part)
    }
}

fn levelled(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    name.trim_start_matches('/').to_owned()
}

/// The place that a part names, from the root on or from its own folder.
pub(super) fn beside(part: &str, location: &str) -> String {
    let location = location.trim().replace('\\', "/");
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if location.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for step in location.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_followed_however_they_are_written() {
        for (part, location, place) in [
            ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Document.xml"),
            ("Doc_0/Document.xml", "Pages/1.xml", "Doc_0/Pages/1.xml"),
            ("Doc_0/Document.xml", "./Pages\\1.xml", "Doc_0/Pages/1.xml"),
            ("Doc_0/Document.xml", "/Doc_0/1.xml", "Doc_0/1.xml"),
            ("Doc_0/a/b.xml", " ../../x.xml ", "x.xml"),
        ] {
            assert_eq!(beside(part, location), place);
        }
    }
}
