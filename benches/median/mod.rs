//! How long something takes: the median of many runs.

use std::time::{Duration, Instant};

const RUNS: usize = 201;

/// The median of many runs, after some to warm up.
pub fn median(mut work: impl FnMut()) -> Duration {
    for _ in 0..RUNS / 10 {
        work();
    }
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(RUNS / 2).copied().unwrap()
}
