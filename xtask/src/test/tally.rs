//! Counts of tests, read from what the test programs print.

use std::ops::AddAssign;

use serde_json::Value;

/// How many lines of a failed phase's log are told.
const SHOWN: usize = 120;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// Sums the `test result:` lines of Rust's test programs.
    pub(crate) fn of_log(log: &str) -> Self {
        let mut tally = Self::default();
        for line in log.lines().filter_map(|line| line.strip_prefix("test result: ")) {
            tally += Self { passed: before(line, " passed"), failed: before(line, " failed") };
        }
        tally
    }

    /// Reads vitest's JSON report; an unreadable one counts nothing.
    pub(crate) fn of_vitest(report: &[u8]) -> Self {
        let report: Value = serde_json::from_slice(report).unwrap_or_default();
        let count = |name: &str| report[name].as_u64().unwrap_or(0);
        Self { passed: count("numPassedTests"), failed: count("numFailedTests") }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Why a phase failed: what the tests that failed printed, else the end of the log, where a compiler or a linter says it.
pub(crate) fn reasons(log: &str) -> String {
    let mut told: Vec<&str> = Vec::new();
    let (mut in_failures, mut in_backtrace) = (false, false);
    for line in log.lines() {
        match line {
            // Rust's test programs close with each failed test's output, and then with their names.
            "failures:" => in_failures = true,
            _ if line.starts_with("test result: ") => in_failures = false,
            "stack backtrace:" => in_backtrace = true,
            _ if in_backtrace && !line.starts_with(' ') => in_backtrace = false,
            // Only the project's own lines of it tell something.
            _ if in_backtrace && !line.contains("at ./") => {}
            _ if in_failures => told.push(line),
            _ => {}
        }
    }
    if told.is_empty() {
        told = log.lines().collect();
    }
    told[told.len().saturating_sub(SHOWN)..].join("\n")
}

/// The number before a word: `ok. 12 passed; 1 failed` and ` failed` → 1.
fn before(line: &str, word: &str) -> u64 {
    line.find(word).and_then(|end| line[..end].rsplit(' ').next()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_program_of_a_log_is_counted() {
        let log = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured\nnoise\ntest result: FAILED. 10 passed; 3 failed; 0 ignored\n";
        assert_eq!(Tally::of_log(log), Tally { passed: 12, failed: 3 });
    }

    #[test]
    fn the_failed_tests_of_a_log_are_told_and_not_what_ran_after_them() {
        let log = "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nleft: 1, right: 2\nstack backtrace:\n  0: std\n   at /rustc\n  1: a\n   at ./a.rs\nnote: more\n\nfailures:\n    a\n\ntest result: FAILED. 1 passed; 1 failed\n   Doc-tests z\nrunning 0 tests\ntest result: ok. 0 passed; 0 failed\n";
        let told = reasons(log);
        assert!(told.contains("---- a stdout ----\nleft: 1, right: 2"), "{told}");
        assert!(!told.contains("Doc-tests") && !told.contains("/rustc") && told.contains("./a.rs"), "{told}");
        assert_eq!(reasons("error: a lint"), "error: a lint", "what no test says is at the end of the log");
    }

    #[test]
    fn a_report_of_vitest_is_counted_and_a_broken_one_is_not() {
        assert_eq!(Tally::of_vitest(br#"{"numPassedTests":7,"numFailedTests":1}"#), Tally { passed: 7, failed: 1 });
        assert_eq!(Tally::of_vitest(b"not json"), Tally::default());
    }
}
