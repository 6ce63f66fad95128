//! The table that a benchmark prints, and the same as one line of JSON.

use serde_json::{Value, json};

use crate::runs;

/// One line of a table: what was measured and each contestant's median, ours first.
pub struct Line {
    /// The work.
    pub what: String,
    /// In the order of the contestants; none where it was not measured.
    pub medians: Vec<Option<f64>>,
}

/// How often ours is as fast as the fastest other.
#[must_use]
pub fn ratio(contestants: &[&str], medians: &[Option<f64>]) -> Option<f64> {
    let best = |ours: bool| {
        let those = contestants.iter().zip(medians).filter(|(name, _)| name.starts_with("ours") == ours);
        those.filter_map(|(_, median)| *median).min_by(f64::total_cmp)
    };
    best(true).zip(best(false)).map(|(ours, other)| other / ours)
}

/// Prints the table of seconds, with the ratio, and the same as JSON.
pub fn report(title: &str, contestants: &[&str], lines: &[Line]) {
    let runs = runs();
    println!("{title}, median of {runs} runs, seconds; ratio above 1 means ours is faster than the fastest other\n");
    println!("| | {} | ratio |\n|---|{}---|", contestants.join(" | "), "---|".repeat(contestants.len()));
    let mut data = Vec::new();
    for Line { what, medians } in lines {
        let ratio = ratio(contestants, medians);
        println!("| {what} | {} | {} |", cells(medians, 2), cells(&[ratio], 2));
        data.push(json!({ "what": what, "contestants": contestants, "seconds": medians, "ratio": ratio }));
    }
    println!("\n{}", Value::Array(data));
}

/// Values as the cells of a row.
#[must_use]
pub fn cells(values: &[Option<f64>], digits: usize) -> String {
    let shown = values.iter().map(|value| value.map_or("–".to_owned(), |value| format!("{value:.digits$}")));
    shown.collect::<Vec<_>>().join(" | ")
}
