//! Reading with patience: a share that stalls says neither yes nor no, so that whoever wants an
//! answer must not wait in the call itself.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::door;
use super::refusal::Refusal;

/// How long the next piece of a file is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a frame waits for a look at a disk.
#[cfg(feature = "gui")]
const AT_ONCE: Duration = Duration::from_millis(500);

/// Where so many files of a folder hang, the others are not tried.
const HANGING: usize = 4;

/// What takes the pieces of a file; it says whether anybody still wants more.
type TakeBytes<'a> = &'a mut dyn FnMut(&[u8]) -> io::Result<()>;

/// A file that was given up while the system still hangs in it.
struct StalledFile {
    path: PathBuf,
    /// How long it was waited for.
    patience: Duration,
    /// Gone once the system came back.
    hanging: Weak<()>,
}

static STALLED: Mutex<Vec<StalledFile>> = Mutex::new(Vec::new());

fn stalled() -> MutexGuard<'static, Vec<StalledFile>> {
    let mut stalled = STALLED.lock().unwrap_or_else(PoisonError::into_inner);
    stalled.retain(|file| file.hanging.strong_count() > 0);
    stalled
}

/// Whether there is no use in waiting so long for a file. Asked again and again, a dead disk would
/// keep a thread each time.
fn is_hopeless(path: &Path, patience: Duration) -> bool {
    let stalled = stalled();
    // Who can wait longer may still get an answer.
    let as_long = || stalled.iter().filter(|file| file.patience >= patience);
    let beside = |file: &&StalledFile| file.path.parent() == path.parent();
    as_long().any(|file| file.path == path) || as_long().filter(beside).count() >= HANGING
}

fn give_up(path: &Path, patience: Duration, hanging: &Arc<()>) {
    stalled().push(StalledFile {
        path: path.to_owned(),
        patience,
        hanging: Arc::downgrade(hanging),
    });
}

/// Reads a whole file of at most `limit` bytes, unless its disk does not answer.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_with(path, PATIENCE, move |path, take| {
        door::read_pieces(path, limit, take)
    })
}

fn read_with(
    path: &Path,
    patience: Duration,
    read: impl FnOnce(&Path, TakeBytes<'_>) -> io::Result<()> + Send + 'static,
) -> io::Result<Vec<u8>> {
    if is_hopeless(path, patience) {
        return Err(Refusal::Stalled.into());
    }
    let reading = Arc::new(());
    let (sender, receiver) = channel();
    let (own, held) = (path.to_owned(), Arc::clone(&reading));
    std::thread::Builder::new().spawn(move || {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        let mut take = |piece: &[u8]| sender.send(Ok(Some(piece.to_vec()))).map_err(gone);
        let done = read(&own, &mut take);
        // Nobody may be waiting any more.
        sender.send(done.map(|()| None)).ok();
        drop(held);
    })?;
    let mut bytes = Vec::new();
    loop {
        match receiver.recv_timeout(patience) {
            Ok(Ok(Some(piece))) if bytes.is_empty() => bytes = piece,
            Ok(Ok(Some(piece))) => bytes.extend_from_slice(&piece),
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Err(error)) => return Err(error),
            Err(RecvTimeoutError::Timeout) => {
                give_up(path, patience, &reading);
                return Err(Refusal::Stalled.into());
            }
            Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("读取中断")),
        }
    }
}

/// What a look at a path gives, unless its disk does not answer at once: for whoever draws a frame.
#[cfg(feature = "gui")]
pub(super) fn soon<T: Send + 'static>(
    path: &Path,
    look: impl FnOnce(&Path) -> T + Send + 'static,
) -> Option<T> {
    if is_hopeless(path, AT_ONCE) {
        return None;
    }
    let looking = Arc::new(());
    let (sender, receiver) = channel();
    let (own, held) = (path.to_owned(), Arc::clone(&looking));
    let begun = std::thread::Builder::new().spawn(move || {
        // Nobody may be waiting any more.
        sender.send(look(&own)).ok();
        drop(held);
    });
    begun.ok()?;
    let seen = receiver.recv_timeout(AT_ONCE).ok();
    if seen.is_none() {
        give_up(path, AT_ONCE, &looking);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    #[test]
    fn a_disk_that_does_not_answer_is_given_up_and_asked_again_once_it_does() {
        let path = Path::new("/网络盘/报告.nianbao");
        let (answer, waits) = channel::<()>();
        let (answered, ends) = channel::<()>();
        let hangs = move |_: &Path, take: TakeBytes<'_>| {
            take(b"1")?;
            waits.recv().ok();
            drop(take(b"2"));
            drop(answered);
            Ok(())
        };
        let error = read_with(path, SHORT, hangs).unwrap_err();
        assert_eq!(Refusal::of(&error), Some(Refusal::Stalled));
        // Nobody waits for it a second time while it hangs.
        let error = read_with(path, SHORT, |_, _| panic!("asked again")).unwrap_err();
        assert_eq!(Refusal::of(&error), Some(Refusal::Stalled));
        drop(answer);
        ends.recv().unwrap_err();
        let again = || {
            read_with(path, SHORT, |_, take| {
                take(b"1")?;
                take(b"2")
            })
        };
        let found = (0..1000).find_map(|_| {
            std::thread::sleep(Duration::from_millis(1));
            again().ok()
        });
        assert_eq!(found.unwrap(), b"12");
    }

    #[test]
    fn on_a_dead_disk_a_few_files_of_a_folder_are_waited_for() {
        let (answer, waits) = channel::<()>();
        let waits = Arc::new(Mutex::new(waits));
        let path = |number: usize| PathBuf::from(format!("/死盘/{number}.docx"));
        for number in 0..HANGING {
            let waits = Arc::clone(&waits);
            let hangs = move |_: &Path, _: TakeBytes<'_>| {
                waits.lock().unwrap().recv().ok();
                Ok(())
            };
            read_with(&path(number), SHORT, hangs).unwrap_err();
        }
        let next = path(HANGING);
        let error = read_with(&next, SHORT, |_, _| panic!("asked")).unwrap_err();
        assert_eq!(Refusal::of(&error), Some(Refusal::Stalled));
        let elsewhere = Path::new("/好盘/1.docx");
        assert_eq!(
            read_with(elsewhere, SHORT, |_, take| take(b"1")).unwrap(),
            b"1"
        );
        drop(answer);
    }

    #[test]
    fn who_waited_a_moment_does_not_speak_for_who_can_wait_longer() {
        let path = Path::new("/慢盘/报告.docx");
        let (answer, waits) = channel::<()>();
        let hangs = move |_: &Path, _: TakeBytes<'_>| {
            waits.recv().ok();
            Ok(())
        };
        read_with(path, SHORT, hangs).unwrap_err();
        let read = read_with(path, Duration::from_secs(5), |_, take| take(b"1"));
        assert_eq!(read.unwrap(), b"1");
        drop(answer);
    }

    #[test]
    fn a_slow_disk_that_answers_is_waited_for() {
        let slow = |_: &Path, take: TakeBytes<'_>| {
            for piece in [b"1", b"2", b"3", b"4"] {
                std::thread::sleep(Duration::from_millis(30));
                take(piece)?;
            }
            Ok(())
        };
        let read = read_with(Path::new("慢"), Duration::from_secs(5), slow);
        assert_eq!(read.unwrap(), b"1234");
    }

    #[cfg(feature = "gui")]
    #[test]
    fn a_frame_waits_for_no_disk() {
        let path = Path::new("/网络盘/文件夹");
        let (answer, waits) = channel::<()>();
        let start = std::time::Instant::now();
        let seen = soon(path, move |_| waits.recv().is_err());
        assert_eq!(seen, None);
        for _ in 0..1000 {
            assert_eq!(soon(path, |_| true), None, "asked again");
        }
        assert!(start.elapsed() < Duration::from_secs(5));
        drop(answer);
        let again = (0..1000).find_map(|_| {
            std::thread::sleep(Duration::from_millis(1));
            soon(path, |_| true)
        });
        assert_eq!(again, Some(true));
    }

    #[test]
    fn what_the_system_says_is_said() {
        let error = read(Path::new("/没有/这个文件"), 10).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("大");
        std::fs::write(&file, vec![b'1'; 3_000_000]).unwrap();
        assert_eq!(read(&file, 3_000_000).unwrap().len(), 3_000_000);
        let error = read(&file, 2_999_999).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
