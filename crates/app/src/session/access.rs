//! Which places an account has and what it may do there: by the documented policies of the three levels, or by Gen 2's
//! rules.

use super::Session;
use crate::wire::{Access, Account, Audience, Level, PlaceInfo, PlaceVerbs, SpaceRef};
use amphora_auth::{Identity, IdentityKind};
use amphora_config::{Backend, Bucket, Place, Sharing, Visitor};
use amphora_storage::{Path, Space, Verbs};

/// A place by Gen 2's rules.
pub(super) struct RuledPlace {
    pub bucket: Bucket,
    pub space: Space,
    pub info: PlaceInfo,
}

/// The sidebar's places, the most private first; those in other stores last.
#[must_use]
pub fn places(session: &Session) -> Vec<PlaceInfo> {
    let others = session.others.iter().map(|place| place.info.clone());
    if !session.backend.rules.is_empty() {
        return session.ruled.iter().map(|place| place.info.clone()).chain(others).collect();
    }
    let account = session.account();
    let levels = [Level::Private, Level::Protected, Level::Public].into_iter().map(|level| {
        let access = access(level, &account);
        PlaceInfo {
            space: SpaceRef { level, owner: None },
            audience: audience(level, false),
            access,
            verbs: all_or_none(access == Access::Full),
            bucket: None,
        }
    });
    levels.chain(others).collect()
}

/// Who can read a level; `theirs` is another person's space.
fn audience(level: Level, theirs: bool) -> Audience {
    match level {
        Level::Private => Audience::OnlyYou,
        Level::Protected if theirs => Audience::SharedReadOnly,
        Level::Protected => Audience::EveryoneReads,
        Level::Public => Audience::EveryoneChanges,
        Level::Path => Audience::Unknown,
    }
}

fn access(level: Level, account: &Account) -> Access {
    match (level, account) {
        (_, Account::Person { .. }) | (Level::Public, Account::Guest) => Access::Full,
        (_, Account::Guest | Account::Nobody) => Access::NeedsAccount,
    }
}

fn all_or_none(all: bool) -> PlaceVerbs {
    PlaceVerbs { get: all, list: all, write: all, delete: all }
}

impl Session {
    /// What is known of a space that this account may enter.
    #[must_use]
    pub fn place_info(&self, space: &SpaceRef) -> PlaceInfo {
        let listed = places(self).into_iter().find(|info| info.space == *space);
        listed.unwrap_or_else(|| PlaceInfo {
            space: space.clone(),
            audience: audience(space.level, space.owner.is_some()),
            access: Access::ReadOnly,
            verbs: PlaceVerbs { get: true, list: true, write: false, delete: false },
            bucket: None,
        })
    }
}

/// The identity's places by the backend's rules; none where it has none.
pub(super) fn ruled(backend: &Backend, identity: &Identity) -> Vec<RuledPlace> {
    let visitor = match &identity.kind {
        IdentityKind::Guest => Visitor::Guest,
        IdentityKind::Person { groups, .. } => Visitor::Person { identity: &identity.identity_id, groups },
    };
    let several = backend.rules.buckets.len() > 1;
    backend.rules.places(visitor).into_iter().map(|place| ruled_place(place, several)).collect()
}

fn ruled_place(place: Place, several: bool) -> RuledPlace {
    let Place { bucket, path, prefix, verbs, sharing } = place;
    let info = PlaceInfo {
        space: SpaceRef { level: Level::Path, owner: Some(format!("{}/{path}", bucket.name)) },
        audience: match sharing {
            Sharing::OnlyYou => Audience::OnlyYou,
            Sharing::EveryoneReads => Audience::EveryoneReads,
            Sharing::EveryoneChanges => Audience::EveryoneChanges,
            Sharing::SharedReadOnly => Audience::SharedReadOnly,
            Sharing::GroupChanges => Audience::GroupChanges,
            Sharing::GroupOnly => Audience::GroupOnly,
            Sharing::Unknown => Audience::Unknown,
        },
        access: if verbs.write || verbs.delete { Access::Full } else { Access::ReadOnly },
        verbs: PlaceVerbs { get: verbs.get, list: verbs.list, write: verbs.write, delete: verbs.delete },
        bucket: several.then(|| bucket.name.clone()),
    };
    let verbs = Verbs { get: verbs.get, list: verbs.list, write: verbs.write, delete: verbs.delete };
    RuledPlace { bucket, space: Space::Path(Path { prefix, verbs }), info }
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
