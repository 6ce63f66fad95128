//! Further places of a configuration, in stores other than the bucket: `amphora.places`. Does no I/O.
//!
//! ```json
//! "amphora": { "places": [
//!   { "name": "Archive", "service": "fs", "options": { "root": "/mnt/archive" } },
//!   { "name": "Scratch", "service": "memory" }
//! ] }
//! ```
//! `fs` is a folder of the computer that reads the file, which the person has to agree to: whoever wrote the file may not be
//! who opens it. `memory` is forgotten with the session. In `amplify_outputs.json` the block stands under `custom`.

use serde::{Deserialize, Serialize};

use crate::error::ConfigError;
use crate::field::Fields;

const MOST_PLACES: usize = 20;
const MAX_NAME_CHARS: usize = 60;
/// Characters that mean something in addresses of places.
const TAKEN: [char; 7] = ['/', '\\', ':', '*', '{', '}', '$'];

/// A place in another store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorePlace {
    /// What people call it; no two have the same.
    pub name: String,
    /// Which store.
    #[serde(flatten)]
    pub service: Service,
}

/// The stores that a configuration can name, as Apache OpenDAL calls them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "service", content = "options", rename_all = "lowercase")]
pub enum Service {
    /// A folder of this computer.
    Fs {
        /// Its absolute path.
        root: String,
    },
    /// Memory of the running application.
    Memory,
}

impl StorePlace {
    /// The folder of this computer that it would show, if it is one.
    pub fn folder(&self) -> Option<&str> {
        match &self.service {
            Service::Fs { root } => Some(root),
            Service::Memory => None,
        }
    }
}

/// The places that `amphora` names.
pub(crate) fn places(amphora: Fields<'_>) -> Result<Vec<StorePlace>, ConfigError> {
    let wrong = |what: &str| Err(amphora.wrong(what, "amphora.places"));
    let mut places: Vec<StorePlace> = Vec::new();
    for place in amphora.list("places")? {
        let Some(name) = place.text("name")? else { return wrong("a place without a name") };
        let strange = |c: char| c.is_control() || TAKEN.contains(&c);
        if name.chars().any(strange) || name.chars().count() > MAX_NAME_CHARS {
            return wrong("a place whose name is too long or has one of / \\ : * { } $ in it");
        }
        if places.iter().any(|other| other.name == name) {
            return wrong(&format!("two places of the name “{name}”"));
        }
        let service = match place.text("service")?.as_deref() {
            Some("fs") => match place.inside("options").text("root")? {
                Some(root) if std::path::Path::new(&root).is_absolute() => Service::Fs { root },
                _ => return wrong(&format!("no absolute path as root of “{name}”")),
            },
            Some("memory") => Service::Memory,
            _ => return wrong(&format!("a service for “{name}” that is neither fs nor memory")),
        };
        places.push(StorePlace { name, service });
    }
    if places.len() > MOST_PLACES {
        return wrong("too many places");
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::Backend;
    use crate::error::ConfigErrorKind;

    fn file(places: &str) -> Result<Backend, ConfigError> {
        let text = format!(
            r#"{{ "aws_user_files_s3_bucket": "files", "aws_project_region": "eu-west-1",
                  "aws_cognito_identity_pool_id": "eu-west-1:0a", "amphora": {{ "places": {places} }} }}"#
        );
        Backend::from_file("aws-exports.json", text.as_bytes())
    }

    #[cfg(unix)]
    #[test]
    fn a_file_can_name_places_in_other_stores() {
        let named = r#"[{ "name": "Archive", "service": "fs", "options": { "root": "/mnt/archive" } },
                        { "name": "Scratch", "service": "memory" }]"#;
        let backend = file(named).unwrap();
        let folders: Vec<_> = backend.places.iter().map(|place| (place.name.as_str(), place.folder())).collect();
        assert_eq!(folders, [("Archive", Some("/mnt/archive")), ("Scratch", None)]);
        let kept = serde_json::to_string(&backend).unwrap();
        assert_eq!(serde_json::from_str::<Backend>(&kept).unwrap(), backend, "it lasts from run to run");
        assert_eq!(backend.id(), file("[]").unwrap().id(), "a place beside it makes no other storage");
    }

    #[test]
    fn a_place_that_cannot_be_right_is_named() {
        for (places, what) in [
            (r#"[{ "service": "memory" }]"#, "a place without a name"),
            (r#"[{ "name": "a/b", "service": "memory" }]"#, "in it"),
            (r#"[{ "name": "A", "service": "fs", "options": { "root": "relative" } }]"#, "no absolute path"),
            (r#"[{ "name": "A", "service": "fs" }]"#, "no absolute path"),
            (r#"[{ "name": "A", "service": "s3" }]"#, "neither fs nor memory"),
            (r#"[{ "name": "A", "service": "memory" }, { "name": "A", "service": "memory" }]"#, "two places"),
        ] {
            let refused = file(places).unwrap_err();
            assert_eq!(refused.kind(), ConfigErrorKind::Invalid, "{places}");
            assert!(refused.message().contains(what), "{}", refused.message());
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_invitation_names_a_folder_of_the_computer_that_opens_it() {
        let backend = file(r#"[{ "name": "Home", "service": "fs", "options": { "root": "/home" } }]"#).unwrap();
        let invited = Backend::from_invitation(&backend.invitation()).unwrap();
        assert_eq!(invited.places, [], "what is on my computer is not sent along");
        let forged = crate::invitation::link_of(&backend);
        assert_eq!(Backend::from_invitation(&forged).unwrap_err().kind(), ConfigErrorKind::Invalid);
    }
}
