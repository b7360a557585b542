//! `nianbao demo`: the whole job on a sample report that the program carries.

use std::path::Path;

use super::{Outcome, check, make_folder, print};
use crate::check::check_draft;
use crate::disk::{self, FileClaim};
use crate::export::{self, Writer};
use crate::report::Draft;
use crate::{open, publish, store, system};

/// The sample: an invented township's report with last year's beside it.
const SAMPLE: &[u8] = include_bytes!("../../assets/sample.nianbao");
const DRAFT_NAME: &str = "青石镇2025.nianbao";

pub(super) fn run(
    folder: &Path,
    no_window: bool,
    window: impl FnOnce(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    make_folder(folder)?;
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
        let said = export_one(&draft, writer, folder)?;
        print(&said)?;
    }
    if !no_window {
        show(&path, window)?;
    }
    Ok(Outcome::Done)
}

/// Writes one format beside the draft; what stands there is left alone, as `publish` does.
fn export_one(draft: &Draft, writer: &Writer, folder: &Path) -> anyhow::Result<String> {
    let made = (writer.write)(draft)?;
    let name = export::file_name(draft, writer);
    let usual = folder.join(&name);
    let stands = disk::read(&usual, made.bytes.len() as u64);
    if stands.is_ok_and(|stands| stands == made.bytes) {
        return Ok(format!(
            "{}没有变化：{}\n",
            writer.label,
            disk::shown(&usual)
        ));
    }
    let out = publish::free_path(folder, &name);
    made.put(&out, FileClaim::NEW)?;
    Ok(format!("已导出{}：{}\n", writer.label, disk::shown(&out)))
}

/// The draft in the folder: the one that lies there, or the sample.
fn draft(path: &Path) -> anyhow::Result<Draft> {
    if disk::is_taken(path) {
        let draft = open::open(path)?.draft;
        print(&format!("已有草稿，接着用它：{}\n", disk::shown(path)))?;
        return Ok(draft);
    }
    let draft = store::from_bytes(SAMPLE, path)?;
    store::save(&draft, path)?;
    print(&format!("已写草稿：{}\n", disk::shown(path)))?;
    Ok(draft)
}

fn show(path: &Path, window: impl FnOnce(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let has_window = cfg!(feature = "gui") || system::program_with_window().is_some();
    if !has_window {
        return print("这个程序没有窗口\n");
    }
    if !system::has_display() {
        return print("没有图形界面，不打开窗口\n");
    }
    window(path)
}
