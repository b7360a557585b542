//! Saves and recovery files against the plainest way to get the same bytes onto the same disk.
//!
//! Ours and the peers take turns within one run, since a disk is slow or fast for all of them at once.
//! `NIANBAO_BENCH_FOLDER` says on which disk; it is the one of the temporary files otherwise.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops at the first surprise"
)]

mod table;

use std::cell::RefCell;
use std::fs::File;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nianbao::keep::save::{self, HISTORY_MEGABYTES, Precondition};
use nianbao::keep::session::Session;
use nianbao::keep::writer::RecoveryWriter;
use nianbao::keep::{Places, Snapshot};
use nianbao::report::{Draft, Edit, Entry};
use nianbao::store;
use table::row;

const RUNS: usize = 301;
const WARM_UP: usize = 20;

/// The medians of works that take turns.
fn medians<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for round in 0..WARM_UP + RUNS {
        for (work, times) in works.iter_mut().zip(&mut times) {
            let start = Instant::now();
            work();
            if round >= WARM_UP {
                times.push(start.elapsed());
            }
        }
    }
    times.map(|mut times| {
        times.sort();
        times.get(RUNS / 2).copied().unwrap()
    })
}

/// The sample with twenty thousand characters in a passage, which begin with these words.
fn long(words: &str) -> Draft {
    let mut draft = table::sample();
    let field = draft.report().edition().find("overview").unwrap();
    let text: String = words.chars().cycle().take(20_000).collect();
    draft.edit("填报", Edit::Enter(field, Entry::Text(text)));
    draft.without_steps()
}

/// Writes the bytes where they are to stand and waits for the disk.
fn write_in_place(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
    File::open(path).unwrap().sync_all().unwrap();
}

/// Writes the bytes beside, waits for the disk, renames, and waits for the folder.
fn write_beside(path: &Path, bytes: &[u8]) {
    let beside = path.with_extension("new");
    write_in_place(&beside, bytes);
    std::fs::rename(&beside, path).unwrap();
    File::open(path.parent().unwrap())
        .unwrap()
        .sync_all()
        .unwrap();
}

fn main() {
    let folder = match std::env::var_os("NIANBAO_BENCH_FOLDER") {
        Some(folder) => tempfile::tempdir_in(PathBuf::from(folder)),
        None => tempfile::tempdir(),
    };
    let folder = folder.unwrap();
    let places = Places::under(&folder.path().join("data"));
    let path = |name: &str| folder.path().join(name);
    // Not the same words at every save.
    let drafts = ["围绕群众关心的事项", "围绕企业关心的事项"].map(long);
    let [draft, _] = &drafts;
    let bytes = store::to_bytes(draft);
    table::head();

    // What can wait is done by another thread in the window; here it has a turn of its own.
    let rest = RefCell::new(None);
    let mut turns = drafts.iter().cycle();
    let [ours, _, plain, atomic] = medians([
        &mut || {
            let draft = turns.next().unwrap();
            let anything = Precondition::Anything;
            let saved = save::save(
                draft,
                &path("ours.nianbao"),
                Some(&places),
                anything,
                HISTORY_MEGABYTES,
            )
            .unwrap();
            rest.replace(Some(saved.rest));
        },
        &mut || rest.take().unwrap().clear(),
        &mut || write_in_place(&path("peer.nianbao"), &bytes),
        &mut || write_beside(&path("atomic.nianbao"), &bytes),
    ]);
    let saving = "保存2万字的草稿，留下上一版";
    row(saving, ours, "原地写同样的字节并落盘", plain);
    row(saving, ours, "写到旁边、落盘、改名、文件夹落盘", atomic);

    let session = Session::start(&places).unwrap();
    let mut writer = RecoveryWriter::start(|| {}).unwrap();
    let [ours, plain] = medians([
        &mut || {
            let snapshot = Snapshot {
                draft: draft.without_steps(),
                path: Some(path("ours.nianbao")),
                base: None,
            };
            writer.write(&session.folder().join("1"), snapshot);
            writer.wait(Duration::from_secs(20));
        },
        &mut || write_in_place(&path("peer.nianbao"), &bytes),
    ]);
    row("写2万字的恢复文件", ours, "原地写同样的字节并落盘", plain);

    let [ours, copied] = medians([&mut || drop(black_box(draft.without_steps())), &mut || {
        drop(black_box(bytes.clone()));
    }]);
    row("为恢复文件占用一帧", ours, "复制同样的字节", copied);
}
