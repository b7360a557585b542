//! Draft files of older versions: one function leads from each version to the next.

use std::borrow::Cow;

use serde::Deserialize;

use super::{DraftFault, file, header};
use crate::report::Draft;

/// From the body of one version to the body of the next.
type Migration = fn(&str) -> Result<String, DraftFault>;

/// The way from version 1 to 2, from 2 to 3, and so on: so far every version is one of the next as it stands.
const MIGRATIONS: [Migration; header::VERSION as usize - 1] = [
    |body| Ok(body.to_owned()),
    |body| Ok(body.to_owned()),
    |body| Ok(body.to_owned()),
];

/// The part that every version of the file has.
#[derive(Debug, Deserialize)]
struct VersionOnly {
    version: u32,
}

/// Reads the body of a draft file of any version.
pub(super) fn read(body: &str) -> Result<Draft, DraftFault> {
    // Most files are of the newest version, and reading twice takes twice as long.
    match file::parse(body) {
        Ok(draft) => Ok(draft),
        Err(_) => file::parse(&migrated(body, &MIGRATIONS)?),
    }
}

fn migrated<'a>(body: &'a str, migrations: &[Migration]) -> Result<Cow<'a, str>, DraftFault> {
    // A body without a version says later what is wrong with it.
    let Ok(VersionOnly { version }) = ron::from_str(body) else {
        return Ok(Cow::Borrowed(body));
    };
    let Some(done) = version.checked_sub(1) else {
        return Err(DraftFault::Damaged("没有第0版的草稿格式".to_owned()));
    };
    if done as usize > migrations.len() {
        return Err(DraftFault::Newer(version));
    }
    let mut body = Cow::Borrowed(body);
    for migrate in migrations.iter().skip(done as usize) {
        body = Cow::Owned(migrate(&body)?);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_goes_through_every_later_migration_and_no_earlier_one() {
        let to_two: Migration = |body| Ok(body.replace("version: 1", "version: 2"));
        let to_three: Migration = |body| Ok(body.replace("version: 2", "version: 3") + "!");
        let ladder = [to_two, to_three];
        for (body, wanted) in [
            ("(version: 1)", "(version: 3)!"),
            ("(version: 2)", "(version: 3)!"),
            ("(version: 3)", "(version: 3)"),
        ] {
            assert_eq!(migrated(body, &ladder).unwrap(), wanted);
        }
        assert_eq!(migrated("(version: 4)", &ladder), Err(DraftFault::Newer(4)));
        assert!(matches!(
            migrated("(version: 0)", &ladder),
            Err(DraftFault::Damaged(_))
        ));
    }
}
