//! Damaged drafts: cut anywhere, any byte changed, any noise.
//!
//! `NIANBAO_FUZZ=1` tries every cut and ten thousand flips instead of some of them.
//! `NIANBAO_FUZZ_SECONDS=300 cargo test --test it fuzz -- --nocapture` tries for five minutes.

use std::path::Path;
use std::time::{Duration, Instant};

use nianbao::report::Draft;
use nianbao::store::{self, StoreError};

fn full() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample.nianbao");
    std::fs::read(path).unwrap()
}

fn read(bytes: &[u8]) -> Result<Draft, StoreError> {
    store::from_bytes(bytes, Path::new("青石镇.nianbao"))
}

/// Whether the bytes are read right; refused, the reason must be told.
fn is_read_right(bytes: &[u8], whole: &Draft) -> bool {
    match read(bytes) {
        Ok(draft) => {
            assert!(draft.report().states_the_same(whole.report()));
            assert_eq!(draft.prior(), whole.prior());
            true
        }
        Err(error) => {
            let text = error.to_string();
            let has_place = ["第", "字节", "格式", "这一格"]
                .iter()
                .any(|word| text.contains(word));
            assert!(has_place, "{text}");
            false
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[test]
fn a_draft_cut_at_any_byte_is_refused_with_place_and_reason() {
    let bytes = full();
    let whole = read(&bytes).unwrap();
    let step = if crate::all() { 4 } else { 61 };
    let right: usize = std::thread::scope(|scope| {
        let (bytes, whole) = (&bytes, &whole);
        let parts = (0..4).map(|first| {
            let cuts = (first..bytes.len()).step_by(step);
            let right = move || {
                cuts.filter(|&cut| is_read_right(&bytes[..cut], whole))
                    .count()
            };
            scope.spawn(right)
        });
        let parts: Vec<_> = parts.collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    println!("{} cuts: all refused", bytes.len() * 4 / step);
    assert_eq!(right, 0);
}

#[test]
fn flips_are_refused_or_read_right() {
    let bytes = full();
    let whole = read(&bytes).unwrap();
    let mut dice = Dice(7);
    let mut right = 0;
    let rounds = if crate::all() { 10_000 } else { 600 };
    for round in 0..rounds {
        let mut damaged = bytes.clone();
        // Half of the rounds change one bit, the others up to eight bytes.
        let count = if round % 2 == 0 { 1 } else { 1 + dice.roll(8) };
        for _ in 0..count {
            let at = dice.roll(damaged.len());
            damaged[at] ^= if round % 2 == 0 {
                1 << dice.roll(8)
            } else {
                u8::try_from(1 + dice.roll(255)).unwrap()
            };
        }
        right += usize::from(is_read_right(&damaged, &whole));
    }
    println!(
        "{rounds} flips: {right} read right, {} refused, 0 wrong",
        rounds - right
    );
}

/// One change such as a fuzzer makes.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    const WORDS: [&[u8]; 12] = [
        b"\"",
        b"(",
        b"[",
        b"{",
        b"\\u{110000}",
        b"-9999999999999999999999999999999",
        b"1e999999999",
        b"Some(",
        b"\n",
        b"\xEF\xBB\xBF",
        b"version: 99",
        b"/*",
    ];
    let at = dice.roll(bytes.len() + 1);
    let to = (at + dice.roll(64)).min(bytes.len());
    match dice.roll(7) {
        0 if at < bytes.len() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
        1 => drop(bytes.drain(at..to)),
        2 => bytes.truncate(at),
        3 => {
            let word = WORDS[dice.roll(WORDS.len())];
            drop(bytes.splice(at..at, word.iter().copied()));
        }
        4 => {
            let from = dice.roll(other.len());
            let piece = &other[from..(from + dice.roll(200)).min(other.len())];
            drop(bytes.splice(at..to, piece.iter().copied()));
        }
        5 => {
            let word = WORDS[dice.roll(WORDS.len())].repeat(1 + dice.roll(2000));
            drop(bytes.splice(at..at, word));
        }
        _ => {
            let piece = bytes[at..to].to_vec();
            drop(bytes.splice(at..at, piece));
        }
    }
}

/// The most memory this process ever had, in megabytes.
fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

#[test]
fn a_fuzzed_draft_neither_breaks_nor_stalls_the_reader() {
    let seconds = std::env::var("NIANBAO_FUZZ_SECONDS").ok();
    let seconds = seconds
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(2);
    let bytes = full();
    // The reader must also stand what the checksum would refuse: the body without its header.
    let body = &bytes[bytes.iter().position(|&byte| byte == b'\n').unwrap() + 1..];
    let small = b"(version: 1, report: (form: \"2021\", year: 2025, texts: {}, cells: {}))";
    let seeds: [&[u8]; 3] = [&bytes, body, small];
    let mut dice = Dice(11);
    let started = Instant::now();
    let (mut runs, mut opened, mut salvaged) = (0u64, 0u64, 0u64);
    let mut slowest = Duration::ZERO;
    while started.elapsed() < Duration::from_secs(seconds) {
        let mut damaged = seeds[dice.roll(seeds.len())].to_vec();
        for _ in 0..=dice.roll(6) {
            mutate(&mut damaged, &bytes, &mut dice);
        }
        let start = Instant::now();
        opened += u64::from(read(&damaged).is_ok());
        salvaged += u64::from(store::salvage(&damaged).is_some());
        slowest = slowest.max(start.elapsed());
        runs += 1;
    }
    let peak = peak_megabytes();
    println!(
        "{runs} runs in {seconds} s: no panic, {opened} opened, {salvaged} salvaged, \
         slowest {slowest:?}, peak memory of all tests so far {peak:?} MB"
    );
    assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    assert!(peak.is_none_or(|peak| peak < 2000), "{peak:?} MB");
}
