//! `nianbao demo`: the whole job on a sample report that the program carries.

use std::fs;
use std::path::Path;

use anyhow::Context as _;

use super::{Outcome, check, print};
use crate::check::check_draft;
use crate::keep::Places;
use crate::report::Draft;
use crate::{export, open, store, system};

/// The sample: an invented township's report with last year's beside it.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample.nianbao");
const DRAFT_NAME: &str = "青石镇2025.nianbao";

pub(super) fn run(
    folder: &Path,
    no_window: bool,
    places: Option<Places>,
) -> anyhow::Result<Outcome> {
    fs::create_dir_all(folder).with_context(|| format!("建不了文件夹：{}", folder.display()))?;
    let path = folder.join(DRAFT_NAME);
    let draft = draft(&path)?;
    let findings = check_draft(&draft);
    print(&check::text(&path, &draft, &findings))?;
    for writer in export::WRITERS {
        if writer.publishes && findings.blocking() > 0 {
            print(&format!(
                "没有导出{}：{}\n",
                writer.label,
                super::summary(&findings)
            ))?;
            continue;
        }
        let out = folder.join(export::file_name(&draft, writer));
        export::write_file(writer, &draft, &out)?;
        print(&format!("已导出{}：{}\n", writer.label, out.display()))?;
    }
    if !no_window {
        show(&path, places)?;
    }
    Ok(Outcome::Done)
}

/// The draft in the folder: the one that lies there, or the sample.
fn draft(path: &Path) -> anyhow::Result<Draft> {
    if path.exists() {
        let draft = open::open(path)?.draft;
        print(&format!("已有草稿，接着用它：{}\n", path.display()))?;
        return Ok(draft);
    }
    let draft = store::from_bytes(SAMPLE, path)?;
    store::save(&draft, path)?;
    print(&format!("已写草稿：{}\n", path.display()))?;
    Ok(draft)
}

fn show(path: &Path, places: Option<Places>) -> anyhow::Result<()> {
    let has_window = cfg!(feature = "gui") || system::program_with_window().is_some();
    if !has_window {
        return print("这个程序没有窗口\n");
    }
    if !system::has_display() {
        return print("没有图形界面，不打开窗口\n");
    }
    super::window(Some(path), places)
}
