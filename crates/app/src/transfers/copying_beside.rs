//! Copies a file beside what has its name: under the next free one, which is noted before the act, so that a copy whose end
//! was lost is known again.

use super::copying::{NoCopy, Spot, is_same};
use super::job::Transfer;
use super::step::Change;
use crate::app::App;
use crate::session::Session;
use amphora_storage::{Control, IfExists, ObjectInfo, Stored, keep_both_name};

/// Names tried before giving up: "a (2).txt" … "a (999).txt".
const MOST_NAMES: u32 = 999;

impl App {
    /// Makes the copy under the next free name, or finds that an earlier try has.
    pub(super) async fn copy_beside(
        &self,
        session: &Session,
        (id, transfer): (u64, &Transfer),
        (source, original): (&Spot, &ObjectInfo),
        control: &Control,
    ) -> Result<Stored, NoCopy> {
        let job = &transfer.job;
        for number in 1..=MOST_NAMES {
            let wanted = if number == 1 { transfer.stored_key().to_owned() } else { beside(&job.key, number) };
            let target = Spot::of(session, &job.space, &wanted)?;
            let noted = number == 1 && transfer.again && transfer.stored_key.is_some();
            let on_server = source.storage.reaches(&target.storage);
            // Through this computer, only a name that was seen free is noted: two places can lead to one file, and what has the
            // original's bytes may be the original. What came after the look is not.
            if !on_server && let Some(there) = target.find().await? {
                if noted && self.has_come(id, (source, original), (&target, &there), control).await? {
                    return Ok(stored(target, there));
                }
                continue;
            }
            {
                let mut open = self.transfers.lock();
                open.step(id, Change::Planned(wanted));
                open.queue.commit();
            }
            match self.copy((id, transfer), (source, original), &target, IfExists::Fail, control).await {
                Err(NoCopy::Exists) if noted && on_server => {
                    if let Some(there) = target.find().await?.filter(|there| is_same(there, original)) {
                        return Ok(stored(target, there));
                    }
                }
                Err(NoCopy::Exists) => {}
                copied => return copied,
            }
        }
        Err(NoCopy::Exists)
    }
}

fn stored(target: Spot, there: ObjectInfo) -> Stored {
    Stored { key: target.key, etag: there.etag, size: there.size }
}

/// "a (2).txt" in the same folder.
fn beside(key: &str, number: u32) -> String {
    let at = key.rfind('/').map_or(0, |at| at + 1);
    format!("{}{}", &key[..at], keep_both_name(&key[at..], number))
}
