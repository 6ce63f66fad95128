//! The order of the line: moving transfers to its front, its end, or beside another. What is paused has a place as well.

use super::columns::tab_number;
use super::queue::Queue;
use super::schema::{GAP, int};
use crate::wire::{LinePlace, TransferTab};
use rusqlite::{OptionalExtension, params};
use std::collections::HashSet;

/// A transfer's place in line.
type Place = (i64, i64);

impl Queue {
    /// Moves what waits among these to a place in line; their own order stays. Returns whether anything moved.
    pub fn reorder(&mut self, owner: &str, ids: &[u64], to: LinePlace) -> bool {
        let Some(owner) = self.owners.get(owner).copied() else { return false };
        let mut moved: Vec<Place> = ids.iter().filter_map(|id| self.place_of(owner, int(*id))).collect();
        moved.sort_unstable();
        moved.dedup();
        let (LinePlace::Before { id } | LinePlace::After { id }) = to else {
            let Some(places) = self.at_an_end(owner, to == LinePlace::First, moved.len()) else { return false };
            return self.put_at(&moved, &places);
        };
        let own: HashSet<i64> = moved.iter().map(|(_, id)| *id).collect();
        let before = matches!(to, LinePlace::Before { .. });
        if own.contains(&int(id.0)) {
            return false;
        }
        for _ in 0..2 {
            let Some(place) = self.place_of(owner, int(id.0)) else { return false };
            match between(place.0, self.neighbour(owner, place, before, &own), before, moved.len()) {
                Some(places) => return self.put_at(&moved, &places),
                // No room: once for some thousands of moves to the same place.
                None => self.spread(owner),
            }
        }
        false
    }

    fn place_of(&self, owner: i64, id: i64) -> Option<Place> {
        let found = self.read(|rows| {
            let sql =
                "SELECT line, id FROM transfer WHERE id = ?1 AND owner = ?2 AND tab IN (?3, ?4) AND line IS NOT NULL";
            let mut find = rows.prepare_cached(sql)?;
            let [waiting, paused] = tabs();
            let found = find.query_row([id, owner, waiting, paused], |row| Ok((row.get(0)?, row.get(1)?)));
            Ok(found.optional()?)
        });
        found.flatten()
    }

    fn at_an_end(&mut self, owner: i64, front: bool, count: usize) -> Option<Vec<i64>> {
        if count == 0 {
            return None;
        }
        if !front {
            return Some((0..count).map(|_| self.place_at_end()).collect());
        }
        let first = self.read(|rows| {
            let sql = "SELECT min(line) FROM transfer WHERE owner = ?1 AND tab = ?2 AND run = 0";
            let mut find = rows.prepare_cached(sql)?;
            let mut first: Option<i64> = None;
            for tab in tabs() {
                let found: Option<i64> = find.query_row([owner, tab], |row| row.get(0))?;
                first = first.into_iter().chain(found).min();
            }
            Ok(first)
        });
        let first = first.flatten()?;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Some((0..count).map(|at| first - (count - at) * GAP).collect())
    }

    /// The nearest place before or behind one that none of `own` has. It may be the same: what ran meanwhile comes back to
    /// its place.
    fn neighbour(&self, owner: i64, (place, id): Place, before: bool, own: &HashSet<i64>) -> Option<i64> {
        let (than, order) = if before { ("<", "DESC") } else { (">", "ASC") };
        let sql = format!(
            "SELECT line, id FROM transfer WHERE owner = ?1 AND tab = ?2 AND run = 0
             AND (line, id) {than} (?3, ?4) ORDER BY line {order}, id {order}"
        );
        let found = self.read(|rows| {
            let mut nearest: Option<i64> = None;
            for tab in tabs() {
                let mut all = rows.prepare_cached(&sql)?;
                let mut all = all.query(params![owner, tab, place, id])?;
                while let Some(row) = all.next()? {
                    let (line, id): Place = (row.get(0)?, row.get(1)?);
                    if !own.contains(&id) {
                        let both = nearest.into_iter().chain([line]);
                        nearest = if before { both.max() } else { both.min() };
                        break;
                    }
                }
            }
            Ok(nearest)
        });
        found.flatten()
    }

    fn put_at(&mut self, moved: &[Place], places: &[i64]) -> bool {
        for ((_, id), line) in moved.iter().zip(places) {
            self.end_is_at_least(*line);
            self.journal.write(|rows| {
                let mut put = rows.prepare_cached("UPDATE transfer SET line = ?2 WHERE id = ?1")?;
                Ok(put.execute([*id, *line])?)
            });
        }
        !moved.is_empty()
    }

    /// Gives everything that waits a place with room around it.
    fn spread(&mut self, owner: i64) {
        let [waiting, paused] = tabs();
        self.journal.write(|rows| {
            let mut put = rows.prepare_cached(
                "UPDATE transfer SET line = spread.place * ?4 FROM (
                     SELECT id AS of, row_number() OVER (ORDER BY line, id) AS place FROM transfer
                     WHERE owner = ?1 AND tab IN (?2, ?3) AND line IS NOT NULL
                 ) AS spread WHERE transfer.id = spread.of",
            )?;
            Ok(put.execute([owner, waiting, paused, GAP])?)
        });
    }
}

fn tabs() -> [i64; 2] {
    [TransferTab::Waiting, TransferTab::Paused].map(tab_number)
}

/// Places for so many between one and its neighbour; none where there is no room.
fn between(place: i64, neighbour: Option<i64>, before: bool, count: usize) -> Option<Vec<i64>> {
    let count = i64::try_from(count).ok()?;
    let room = GAP * (count + 1);
    let neighbour = neighbour.unwrap_or(if before { place - room } else { place + room });
    let (low, high) = (place.min(neighbour), place.max(neighbour));
    let step = (high - low) / (count + 1);
    (step > 0).then(|| (1..=count).map(|at| low + at * step).collect())
}
