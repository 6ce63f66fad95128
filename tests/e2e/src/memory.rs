//! What the open window takes of this computer: its process and those that it started for its pages.

use std::collections::HashSet;
use std::fs;

use crate::driver::Window;

impl Window<'_> {
    /// Bytes of memory; what processes share is counted once (PSS, proc(5)).
    #[must_use]
    pub fn memory(&self) -> u64 {
        let mut ours = HashSet::from([self.driver_id()]);
        let parents: Vec<(u32, u32)> = processes().filter_map(|id| Some((id, parent(id)?))).collect();
        // A child may be listed before its parent.
        while let Some((id, _)) = parents.iter().find(|(id, parent)| ours.contains(parent) && !ours.contains(id)) {
            ours.insert(*id);
        }
        ours.remove(&self.driver_id());
        ours.into_iter().filter_map(share).sum()
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn parent(process: u32) -> Option<u32> {
    // The name in parentheses may hold anything.
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
}

fn share(process: u32) -> Option<u64> {
    let memory = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let kilobytes = memory.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(kilobytes.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
