//! Where thumbnails may be stored. Does no I/O.

use crate::session::Session;
use crate::wire::{Level, SpaceRef};

impl Session {
    /// Thumbnails are stored where this account may do everything: what it leaves there it must be able to take away. Never
    /// with other people's pictures, nor in other stores, whose folders may be anybody's, nor where a part of the space has
    /// rules of its own: at its root they would be seen by more people than their pictures.
    pub(super) fn stores_thumbnails(&self, space: &SpaceRef) -> bool {
        let verbs = self.place_info(space).verbs;
        let all = verbs.get && verbs.list && verbs.write && verbs.delete;
        all && !self.is_other_store(space) && !self.encloses_others(space)
    }

    fn encloses_others(&self, space: &SpaceRef) -> bool {
        let rules = &self.backend.rules;
        if !rules.is_empty() {
            let all =
                rules.buckets.iter().flat_map(|of| of.paths.keys().map(|path| format!("{}/{path}", of.bucket.name)));
            return space.owner.as_ref().is_none_or(|own| encloses(own, all.filter(|path| path != own)));
        }
        let Ok(storage) = self.storage() else { return true };
        let prefixes = &storage.config().prefixes;
        let levels = [
            (Level::Public, &prefixes.public),
            (Level::Protected, &prefixes.protected),
            (Level::Private, &prefixes.private),
        ];
        let own = levels.iter().find(|(level, _)| *level == space.level);
        own.is_none_or(|(own, prefix)| {
            let others = levels.iter().filter(|(level, _)| level != own).map(|(_, prefix)| (*prefix).clone());
            encloses(prefix, others)
        })
    }
}

/// Whether something of the others lies inside; a `*` at the end stands for whatever follows.
fn encloses(own: &str, mut others: impl Iterator<Item = String>) -> bool {
    let own = own.strip_suffix('*').unwrap_or(own);
    others.any(|other| other.starts_with(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_with_another_one_inside_has_parts_with_other_rules() {
        let inside = |own: &str, others: &[&str]| encloses(own, others.iter().map(|other| (*other).to_owned()));
        assert!(inside("b/media/*", &["b/media/{entity_id}/*", "b/other/*"]));
        assert!(inside("b/media/{entity_id}/*", &["b/media/{entity_id}/drafts/*"]));
        assert!(!inside("b/media/{entity_id}/*", &["b/media/*", "c/media/{entity_id}/x/*"]));
        assert!(!inside("public/", &["protected/", "private/"]));
        assert!(inside("", &["protected/", "private/"]), "Public is the whole bucket");
    }
}
