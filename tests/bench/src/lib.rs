//! What the benchmarks of `cargo xtask bench` share: servers as processes of their own, their clients, what a run costs,
//! medians, the table. The benchmarks themselves are the programs in `bin`.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

pub mod memory;
pub mod peer;
pub mod report;
pub mod server;
pub mod usage;

use std::error::Error;

use serde_json::Value;

/// What a step of a benchmark ends with.
pub type Done<T> = Result<T, Box<dyn Error>>;

/// Measured runs after the warm-up, unless `AMPHORA_BENCH_RUNS` asks for another number.
const RUNS: usize = 5;

/// How many runs count.
#[must_use]
pub fn runs() -> usize {
    number("AMPHORA_BENCH_RUNS").unwrap_or(RUNS)
}

/// A number from the environment.
#[must_use]
pub fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The middle one.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// A text in an object of JSON.
#[must_use]
pub fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
