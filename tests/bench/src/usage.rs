//! What a client's run costs: seconds, processor time, memory. A run is measured by this program started again, so that
//! the system's account of "children" holds nothing but that run.

use std::env;
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use crate::Done;

/// What one run took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// From start to end.
    pub seconds: f64,
    /// Of processor time, in the program and in the system for it.
    pub cpu_seconds: f64,
    /// The most memory that was resident, MiB.
    pub peak_mib: f64,
}

/// Runs the command under measurement.
///
/// # Errors
/// The command fails.
pub fn measured(command: &Command) -> Done<Usage> {
    let mut wrapper = Command::new(env::current_exe()?);
    wrapper.arg("measure").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapper.env(name, value),
            None => wrapper.env_remove(name),
        };
    }
    let output = wrapper.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} failed", command.get_program().display()).into());
    }
    let told: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name: &str| told[name].as_f64().unwrap_or_default();
    Ok(Usage { seconds: number("seconds"), cpu_seconds: number("cpu_seconds"), peak_mib: number("peak_mib") })
}

/// The other side of [`measured`]: runs a program and prints what it took.
///
/// # Errors
/// The program fails.
pub fn measure(words: &[&str]) -> Done<()> {
    let (program, arguments) = words.split_first().ok_or("nothing to measure")?;
    let begun = Instant::now();
    let status = Command::new(program).args(arguments).stdout(std::process::Stdio::null()).status()?;
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{program} ended with {status}").into());
    }
    let (cpu_seconds, peak_mib) = children();
    println!("{}", json!({ "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mib": peak_mib }));
    Ok(())
}

/// Processor seconds and peak MiB of the children that have ended.
#[cfg(unix)]
fn children() -> (f64, f64) {
    use nix::sys::resource::{UsageWho, getrusage};
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (0.0, 0.0) };
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Bytes on macOS, KiB elsewhere.
    let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
    (seconds(usage.user_time()) + seconds(usage.system_time()), usage.max_rss() as f64 * unit / 1_048_576.0)
}

#[cfg(not(unix))]
fn children() -> (f64, f64) {
    (0.0, 0.0)
}

/// Processor seconds of a process that runs; `None` where the system has no such file.
#[must_use]
pub fn cpu_seconds(process: u32) -> Option<f64> {
    // proc(5): a clock tick is a hundredth of a second; the name in parentheses may hold anything.
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
