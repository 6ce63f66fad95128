//! Gen 2's access rules: which paths a person has, and which verbs on each. Does no I/O.
//!
//! Source: Amplify Storage 6, `storage.buckets[].paths` and `auth.groups` of amplify_outputs.json. Where the original
//! takes a rule whose name merely contains a group's name, ours takes the group's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::backend::Bucket;

/// One bucket with the rules of its paths: path → who (`guest`, `authenticated`, `entityidentity`, `groupsNAME`) → verbs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuledBucket {
    /// What the team calls it.
    pub name: String,
    /// Where it is.
    pub bucket: Bucket,
    /// The rules as the file has them.
    pub paths: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Gen 2's access rules of a backend.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRules {
    /// The buckets that have any.
    pub buckets: Vec<RuledBucket>,
    /// The user pool's groups and their precedence; of a person's groups the lowest number counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, u32>,
}

/// Whoever looks at the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor<'a> {
    /// Not signed in.
    Guest,
    /// Signed in.
    Person {
        /// The identity pool's id of theirs.
        identity: &'a str,
        /// The user pool's groups that they are in.
        groups: &'a [String],
    },
}

/// What may be done in a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Verbs {
    /// Reading content.
    pub get: bool,
    /// Seeing what is there.
    pub list: bool,
    /// Adding and replacing.
    pub write: bool,
    /// Deleting.
    pub delete: bool,
}

/// Who else can read and change what is in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Nobody else.
    OnlyYou,
    /// Everyone reads, only the visitor changes.
    EveryoneReads,
    /// Everyone reads and changes.
    EveryoneChanges,
    /// Everyone reads, the visitor does not change.
    SharedReadOnly,
    /// Everyone reads, the visitor's group changes.
    GroupChanges,
    /// Nobody outside groups reads.
    GroupOnly,
    /// The rules do not tell.
    Unknown,
}

/// A path that the visitor has some verb on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is.
    pub bucket: Bucket,
    /// Its path as the rule has it, for example `media/*`. Names the place together with the bucket's name.
    pub path: String,
    /// What its keys begin with, the visitor's identity put in: `media/`.
    pub prefix: String,
    /// What the visitor may do.
    pub verbs: Verbs,
    /// Who else may.
    pub sharing: Sharing,
}

/// Both ways to write “the id of whoever asks”.
const ENTITY: [&str; 2] = ["${cognito-identity.amazonaws.com:sub}", "{entity_id}"];

impl Verbs {
    /// Every verb.
    pub const ALL: Self = Self { get: true, list: true, write: true, delete: true };

    fn of(names: &[String]) -> Self {
        let has = |name: &str| names.iter().any(|given| given == name);
        let read = has("read");
        Self { get: read || has("get"), list: read || has("list"), write: has("write"), delete: has("delete") }
    }

    fn any(self) -> bool {
        self.get || self.list || self.write || self.delete
    }

    fn changes(self) -> bool {
        self.write || self.delete
    }

    fn reads(self) -> bool {
        self.get || self.list
    }
}

impl AccessRules {
    /// Whether there are none, as in a backend of the three levels.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The visitor's places, in the order of the buckets and of the paths.
    #[must_use]
    pub fn places(&self, visitor: Visitor<'_>) -> Vec<Place> {
        let group = match visitor {
            Visitor::Guest => None,
            Visitor::Person { groups, .. } => self.first_group(groups),
        };
        let mut places = Vec::new();
        for ruled in &self.buckets {
            for (path, rule) in &ruled.paths {
                let owned = ENTITY.iter().any(|entity| path.contains(entity));
                let Some(prefix) = prefix(path, visitor) else { continue };
                let verbs = Verbs::of(rule.get(&role(visitor, group, owned)).map_or(&[], Vec::as_slice));
                if verbs.any() {
                    let sharing = sharing(rule, owned, verbs);
                    places.push(Place { bucket: ruled.bucket.clone(), path: path.clone(), prefix, verbs, sharing });
                }
            }
        }
        places
    }

    /// Of several groups the one with the lowest number; those that the backend does not know do not count.
    fn first_group<'a>(&self, groups: &'a [String]) -> Option<&'a str> {
        let known = groups.iter().filter_map(|group| Some((self.groups.get(group)?, group.as_str())));
        known.min().map(|(_, group)| group)
    }
}

/// The name of the rule that counts for a visitor.
fn role(visitor: Visitor<'_>, group: Option<&str>, owned: bool) -> String {
    match (visitor, group) {
        (Visitor::Guest, _) => "guest".to_owned(),
        (Visitor::Person { .. }, _) if owned => "entityidentity".to_owned(),
        (Visitor::Person { .. }, Some(group)) => format!("groups{group}"),
        (Visitor::Person { .. }, None) => "authenticated".to_owned(),
    }
}

/// `None`: a path of somebody, and nobody is signed in.
fn prefix(path: &str, visitor: Visitor<'_>) -> Option<String> {
    let path = path.strip_suffix('*').unwrap_or(path);
    match visitor {
        Visitor::Person { identity, .. } => {
            Some(ENTITY.iter().fold(path.to_owned(), |path, entity| path.replace(entity, identity)))
        }
        Visitor::Guest if ENTITY.iter().any(|entity| path.contains(entity)) => None,
        Visitor::Guest => Some(path.to_owned()),
    }
}

fn sharing(rule: &BTreeMap<String, Vec<String>>, owned: bool, mine: Verbs) -> Sharing {
    let of = |wanted: fn(&str) -> bool, what: fn(Verbs) -> bool| {
        rule.iter().any(|(role, verbs)| wanted(role) && what(Verbs::of(verbs)))
    };
    let everyone = |role: &str| matches!(role, "guest" | "authenticated");
    let group = |role: &str| role.starts_with("groups");
    let (all_read, all_change) = (of(everyone, Verbs::reads), of(everyone, Verbs::changes));
    let (groups_read, groups_change) = (of(group, Verbs::reads), of(group, Verbs::changes));
    if all_change {
        return if mine.changes() { Sharing::EveryoneChanges } else { Sharing::SharedReadOnly };
    }
    match (all_read, owned) {
        (true, true) if !groups_change => Sharing::EveryoneReads,
        (true, false) if groups_change && mine.changes() => Sharing::GroupChanges,
        (true, false) if !mine.changes() => Sharing::SharedReadOnly,
        (false, true) if !groups_read && !groups_change => Sharing::OnlyYou,
        (false, false) if groups_read || groups_change => Sharing::GroupOnly,
        _ => Sharing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const ME: &str = "eu-west-1:me";

    fn rules(paths: Value, groups: Value) -> AccessRules {
        let bucket = Bucket { name: "files".into(), region: "eu-west-1".into() };
        let paths = serde_json::from_value(paths).unwrap();
        AccessRules {
            buckets: vec![RuledBucket { name: "files".into(), bucket, paths }],
            groups: serde_json::from_value(groups).unwrap(),
        }
    }

    /// `path: verbs by their first letters`.
    fn seen(rules: &AccessRules, visitor: Visitor<'_>) -> Vec<String> {
        let letters = |verbs: Verbs| {
            let given = [(verbs.get, 'g'), (verbs.list, 'l'), (verbs.write, 'w'), (verbs.delete, 'd')];
            given.into_iter().filter_map(|(given, letter)| given.then_some(letter)).collect::<String>()
        };
        let places = rules.places(visitor);
        places.iter().map(|place| format!("{}: {}", place.prefix, letters(place.verbs))).collect()
    }

    fn person(groups: &[String]) -> Visitor<'_> {
        Visitor::Person { identity: ME, groups }
    }

    #[test]
    fn case_119_a_guest_and_a_signed_in_person_have_their_own_verbs() {
        let rules =
            rules(json!({ "media/*": { "guest": ["get", "list"], "authenticated": ["read", "write"] } }), json!({}));
        assert_eq!(seen(&rules, Visitor::Guest), ["media/: gl"]);
        assert_eq!(seen(&rules, person(&[])), ["media/: glw"]);
    }

    #[test]
    fn a_path_of_ones_own_has_the_identity_in_it_and_is_nobody_elses() {
        let paths = json!({
            "home/${cognito-identity.amazonaws.com:sub}/*": { "entityidentity": ["read", "write", "delete"] },
            "shown/{entity_id}/*": { "entityidentity": ["write"], "authenticated": ["read"] },
        });
        let rules = rules(paths, json!({}));
        assert_eq!(seen(&rules, person(&[])), ["home/eu-west-1:me/: glwd", "shown/eu-west-1:me/: w"]);
        assert_eq!(seen(&rules, Visitor::Guest), [] as [&str; 0]);
        let sharing: Vec<_> = rules.places(person(&[])).into_iter().map(|place| place.sharing).collect();
        assert_eq!(sharing, [Sharing::OnlyYou, Sharing::EveryoneReads]);
    }

    #[test]
    fn of_several_groups_the_lowest_number_counts_and_no_other() {
        let paths = json!({
            "drafts/*": { "groupsadmin": ["read", "write", "delete"], "groupseditor": ["read"] },
            "open/*": { "authenticated": ["read"] },
        });
        let rules = rules(paths, json!({ "admin": 0, "editor": 5 }));
        let both = ["editor".to_owned(), "admin".to_owned()];
        assert_eq!(seen(&rules, person(&both)), ["drafts/: glwd"], "a group's role has the group's rights only");
        assert_eq!(seen(&rules, person(&both[..1])), ["drafts/: gl"]);
        assert_eq!(seen(&rules, person(&["unknown".to_owned()])), ["open/: gl"], "not a group of this backend");
    }

    #[test]
    fn a_groups_rule_is_not_that_of_a_group_whose_name_contains_it() {
        let paths = json!({ "a/*": { "groupsadministrators": ["read"] } });
        let rules = rules(paths, json!({ "admin": 0, "administrators": 1 }));
        assert_eq!(seen(&rules, person(&["admin".to_owned()])), [] as [&str; 0]);
        assert_eq!(seen(&rules, person(&["administrators".to_owned()])), ["a/: gl"]);
    }

    #[test]
    fn who_else_has_a_place_is_told_by_all_of_its_rules() {
        let paths = json!({
            "1/*": { "guest": ["read"], "authenticated": ["read", "write"] },
            "2/*": { "authenticated": ["read"] },
            "3/*": { "authenticated": ["read"], "groupsadmin": ["write"] },
            "4/*": { "groupsadmin": ["read", "write"] },
        });
        let rules = rules(paths, json!({ "admin": 0 }));
        let of = |visitor| rules.places(visitor).into_iter().map(|place| place.sharing).collect::<Vec<_>>();
        let read_only = Sharing::SharedReadOnly;
        assert_eq!(of(Visitor::Guest), [read_only], "who only reads is not told that everyone changes");
        assert_eq!(of(person(&[])), [Sharing::EveryoneChanges, read_only, read_only]);
        assert_eq!(of(person(&["admin".to_owned()])), [Sharing::GroupChanges, Sharing::GroupOnly]);
    }

    proptest! {
        #[test]
        fn nobody_gets_a_verb_that_no_rule_of_theirs_names(
            roles in prop::collection::btree_map("(guest|authenticated|groups[a-c]{1,2})",
                prop::collection::vec("(read|get|list|write|delete)", 0..3), 0..5),
            groups in prop::collection::vec("[a-c]{1,2}", 0..3),
        ) {
            let precedence: BTreeMap<&str, u32> = [("a", 1), ("b", 2), ("ab", 0)].into();
            let rules = rules(json!({ "p/*": roles }), json!(precedence));
            for place in rules.places(person(&groups)) {
                let first = groups.iter().filter_map(|group| Some((precedence.get(group.as_str())?, group))).min();
                let role = first.map_or("authenticated".to_owned(), |(_, group)| format!("groups{group}"));
                let named = &roles[&role];
                let read = named.iter().any(|verb| verb == "read");
                prop_assert_eq!(place.verbs.get, read || named.iter().any(|verb| verb == "get"));
                prop_assert_eq!(place.verbs.write, named.iter().any(|verb| verb == "write"));
                prop_assert_eq!(place.verbs.delete, named.iter().any(|verb| verb == "delete"));
            }
        }
    }
}
