//! What is counted of the queue, for each owner, tab and batch, so that totals cost nothing whatever its length.

use super::columns::{Brief, Class, TABS, kind_by, tab_by, tab_number};
use super::journal::JournalError;
use super::queue::Applied;
use super::schema::from_int;
use crate::wire::{TransferKind, TransferTab};
use rusqlite::Connection;
use std::collections::HashMap;

/// Transfers of one tab.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub count: u32,
    /// Their bytes, as far as they are known.
    pub bytes: u64,
}

/// All tallies. A batch is counted from when it is first asked for.
#[derive(Debug, Default)]
pub struct Tallies {
    kinds: HashMap<(i64, TransferTab, TransferKind), Tally>,
    waiting: HashMap<(i64, Class), u32>,
    batches: HashMap<u64, [Tally; TABS.len()]>,
}

impl Tallies {
    /// Counts the list, by its index alone.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn read(rows: &Connection, run: i64) -> Result<Self, JournalError> {
        let mut tallies = Self::default();
        let mut all = rows.prepare(
            "SELECT owner, tab, kind, class, count(*), total(size) FROM transfer INDEXED BY listed
             WHERE run = 0 OR run = ?1 GROUP BY owner, tab, kind, class",
        )?;
        let mut all = all.query([run])?;
        while let Some(row) = all.next()? {
            let (owner, tab, kind) = (row.get(0)?, tab_by(row.get(1)?), kind_by(row.get(2)?));
            let (class, count, bytes): (i64, i64, f64) = (row.get(3)?, row.get(4)?, row.get(5)?);
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            let tally = tallies.kinds.entry((owner, tab, kind)).or_default();
            tally.count += count;
            tally.bytes += whole(bytes);
            if tab == TransferTab::Waiting
                && let Some(class) = Class::ALL.into_iter().find(|known| *known as i64 == class)
            {
                *tallies.waiting.entry((owner, class)).or_default() += count;
            }
        }
        Ok(tallies)
    }

    /// Counts a step.
    pub fn apply(&mut self, step: Applied) {
        if let Some(before) = step.before {
            self.count(before, |tally, size| {
                tally.count = tally.count.saturating_sub(1);
                tally.bytes = tally.bytes.saturating_sub(size);
            });
        }
        if let Some(after) = step.after {
            self.count(after, |tally, size| {
                tally.count += 1;
                tally.bytes += size;
            });
        }
        self.count_waiting(step);
        self.count_batch(step);
    }

    fn count(&mut self, brief: Brief, change: impl FnOnce(&mut Tally, u64)) {
        change(self.kinds.entry((brief.owner, brief.tab(), brief.kind)).or_default(), brief.size.unwrap_or(0));
    }

    fn count_waiting(&mut self, step: Applied) {
        let waits = |brief: Option<Brief>| brief.filter(|brief| brief.tab() == TransferTab::Waiting);
        if let Some(before) = waits(step.before) {
            let count = self.waiting.entry((before.owner, before.class)).or_default();
            *count = count.saturating_sub(1);
        }
        if let Some(after) = waits(step.after) {
            *self.waiting.entry((after.owner, after.class)).or_default() += 1;
        }
    }

    /// What was cleared off the list still belongs to its batch.
    fn count_batch(&mut self, step: Applied) {
        let Some(batch) = step.before.or(step.after).map(|brief| brief.batch) else { return };
        let Some(tabs) = self.batches.get_mut(&batch) else { return };
        let was_settled = step.before.is_some_and(|before| before.tab() == TransferTab::Done);
        if let Some(before) = step.before.filter(|_| !(was_settled && step.after.is_none())) {
            let tally = &mut tabs[at(before.tab())];
            tally.count = tally.count.saturating_sub(1);
            tally.bytes = tally.bytes.saturating_sub(before.size.unwrap_or(0));
        }
        if let Some(after) = step.after {
            let tally = &mut tabs[at(after.tab())];
            tally.count += 1;
            tally.bytes += after.size.unwrap_or(0);
        }
    }

    /// Of one owner's tab.
    pub fn of(&self, owner: i64, tab: TransferTab) -> Tally {
        let kinds = self.kinds.iter().filter(|((of, in_tab, _), _)| *of == owner && *in_tab == tab);
        kinds.fold(Tally::default(), |sum, (_, tally)| Tally {
            count: sum.count + tally.count,
            bytes: sum.bytes + tally.bytes,
        })
    }

    /// Of one owner's tab, by kind.
    pub fn of_kind(&self, owner: i64, tab: TransferTab, kind: TransferKind) -> Tally {
        self.kinds.get(&(owner, tab, kind)).copied().unwrap_or_default()
    }

    /// How many wait in a class, held ones among them.
    pub fn waiting(&self, owner: i64, class: Class) -> u32 {
        self.waiting.get(&(owner, class)).copied().unwrap_or_default()
    }

    /// Many moved from one tab to another.
    pub fn moved(
        &mut self,
        owner: i64,
        kind: TransferKind,
        (from, to): (TransferTab, Option<TransferTab>),
        many: Tally,
    ) {
        let tally = self.kinds.entry((owner, from, kind)).or_default();
        tally.count = tally.count.saturating_sub(many.count);
        tally.bytes = tally.bytes.saturating_sub(many.bytes);
        if let Some(to) = to {
            let tally = self.kinds.entry((owner, to, kind)).or_default();
            tally.count += many.count;
            tally.bytes += many.bytes;
        }
    }

    /// So many more or fewer wait in a class.
    pub fn waiting_changed(&mut self, owner: i64, class: Class, by: i64) {
        let count = self.waiting.entry((owner, class)).or_default();
        *count = u32::try_from(i64::from(*count) + by).unwrap_or(0);
    }

    /// Nothing settled is on one owner's list any more.
    pub fn forget_done(&mut self, owner: i64) {
        self.kinds.retain(|(of, tab, _), _| *of != owner || *tab != TransferTab::Done);
    }

    /// Many steps at once: batches are counted anew when they are next asked for.
    pub fn forget_batches(&mut self) {
        self.batches.clear();
    }

    /// What is known of a batch.
    pub fn batch(&self, batch: u64) -> Option<[Tally; TABS.len()]> {
        self.batches.get(&batch).copied()
    }

    /// From now on a batch is kept counted.
    pub fn know_batch(&mut self, batch: u64, tabs: [Tally; TABS.len()]) {
        self.batches.insert(batch, tabs);
    }
}

/// Counts a batch, by its index alone.
///
/// # Errors
/// The disk refuses.
pub fn count_batch(rows: &Connection, batch: i64) -> Result<[Tally; TABS.len()], JournalError> {
    let mut tabs = [Tally::default(); TABS.len()];
    let mut all =
        rows.prepare_cached("SELECT tab, count(*), total(size) FROM transfer WHERE batch = ?1 GROUP BY tab")?;
    let mut all = all.query([batch])?;
    while let Some(row) = all.next()? {
        let tally =
            Tally { count: u32::try_from(from_int(row.get(1)?)).unwrap_or(u32::MAX), bytes: whole(row.get(2)?) };
        tabs[at(tab_by(row.get(0)?))] = tally;
    }
    Ok(tabs)
}

/// Where a tab stands in a batch's tallies.
pub fn at(tab: TransferTab) -> usize {
    usize::try_from(tab_number(tab)).unwrap_or(0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sums of sizes are whole and below 2^53")]
fn whole(sum: f64) -> u64 {
    sum as u64
}
