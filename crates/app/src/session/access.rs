//! Which places an account has and what it may do there, by the documented policies of the three levels.

use super::Session;
use crate::wire::{Access, Account, Audience, Level, PlaceInfo, SpaceRef};

/// The sidebar's places, the most private first.
#[must_use]
pub fn places(session: &Session) -> Vec<PlaceInfo> {
    let account = session.account();
    [Level::Private, Level::Protected, Level::Public]
        .into_iter()
        .map(|level| PlaceInfo {
            space: SpaceRef { level, owner: None },
            audience: audience(level, false),
            access: access(level, &account),
        })
        .collect()
}

/// Who can read a level; `theirs` is another person's space.
#[must_use]
pub fn audience(level: Level, theirs: bool) -> Audience {
    match level {
        Level::Private => Audience::OnlyYou,
        Level::Protected if theirs => Audience::SharedReadOnly,
        Level::Protected => Audience::EveryoneReads,
        Level::Public => Audience::EveryoneChanges,
    }
}

fn access(level: Level, account: &Account) -> Access {
    match (level, account) {
        (_, Account::Person { .. }) | (Level::Public, Account::Guest) => Access::Full,
        (_, Account::Guest | Account::Nobody) => Access::NeedsAccount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_has_public_and_nobody_has_nothing() {
        let levels = [Level::Private, Level::Protected, Level::Public];
        let of = |account: &Account| levels.map(|level| access(level, account));
        assert_eq!(of(&Account::Guest), [Access::NeedsAccount, Access::NeedsAccount, Access::Full]);
        assert_eq!(of(&Account::Nobody), [Access::NeedsAccount; 3]);
    }
}
