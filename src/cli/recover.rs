//! `nianbao recover`: the recovery files without a window.

use std::path::Path;

use anyhow::anyhow;

use super::{Outcome, complain, print, save};
use crate::disk::{self, FileClaim, Replaces};
use crate::keep::{Places, Recovered, session};

pub(super) fn run(
    number: Option<usize>,
    output: Option<&Path>,
    replaces: Replaces,
    places: Option<&Places>,
) -> anyhow::Result<Outcome> {
    let places = places.ok_or_else(|| anyhow!("找不到存放恢复文件的文件夹，用--home指定"))?;
    let orphans = session::orphans(places, None);
    for stem in orphans.iter().flat_map(|orphan| &orphan.unreadable) {
        complain(&format!("恢复文件读不出，没有动它：{}", disk::shown(stem)));
    }
    let left = orphans.iter().flat_map(|orphan| &orphan.files);
    let mut files: Vec<_> = left.cloned().collect();
    files.extend(session::given_up(places));
    let (Some(number), Some(output)) = (number, output) else {
        let lines = files.iter().enumerate();
        return print(
            &lines
                .map(|(index, file)| line(index + 1, file))
                .collect::<String>(),
        )
        .map(|()| Outcome::Done);
    };
    let file = number.checked_sub(1).and_then(|index| files.get(index));
    let file = file.ok_or_else(|| anyhow!("没有第{number}份，用nianbao recover列出全部"))?;
    // The recovery file stays until the window saves what it holds.
    let slots = file.slots();
    let inputs = slots.each_ref().map(std::path::PathBuf::as_path);
    let claim = FileClaim {
        inputs: &inputs,
        replaces,
    };
    save(&file.draft, output, claim, Some(places))
}

fn line(number: usize, file: &Recovered) -> String {
    let report = file.draft.report();
    let path = file.path.as_deref().map(disk::shown);
    format!(
        "{number}\t{}{}年\t{}\n",
        report.issuer(),
        report.year(),
        path.unwrap_or_else(|| "还没有存成文件".to_owned())
    )
}
