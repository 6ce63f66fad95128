//! How a script names a file: `private:photos/a.jpg`, `protected:`, `public:`, `protected@ID:a.txt`, and for a
//! storage with rules of its own the place by its name, `media:a.jpg`. Does no I/O.

use crate::wire::{Level, PlaceInfo, PlaceRef, SpaceRef};

/// A place, a folder in it, and perhaps a name in that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The folder.
    pub place: PlaceRef,
    /// The last part of the key; a folder is named without its slash. None: the folder itself.
    pub name: Option<String>,
}

impl Address {
    /// Reads an address; `places` are those of the account.
    ///
    /// # Errors
    /// It names no place, or one that is not there: in a sentence.
    pub fn parse(text: &str, places: &[PlaceInfo]) -> Result<Self, String> {
        let (space, key) = split(text).ok_or_else(|| {
            format!("`{text}` names no place. Write it as private:folder/name, with one of: {}.", names(places))
        })?;
        let space = read_space(space, places)?;
        let key = key.trim_start_matches('/');
        let (folder, name) = match key.rfind('/') {
            Some(at) => key.split_at(at + 1),
            None => ("", key),
        };
        let name = (!name.is_empty()).then(|| name.to_owned());
        Ok(Self { place: PlaceRef { space, folder: folder.to_owned() }, name })
    }

    /// The folder that this means as a target: `private:a` and `private:a/` are the same.
    pub fn as_folder(&self) -> PlaceRef {
        let folder = match &self.name {
            Some(name) => format!("{}{name}/", self.place.folder),
            None => self.place.folder.clone(),
        };
        PlaceRef { space: self.place.space.clone(), folder }
    }
}

/// The id of a person, `REGION:UUID`, has a colon of its own.
fn split(text: &str) -> Option<(&str, &str)> {
    let skip = if text.starts_with("protected@") { text.find(':')? + 1 } else { 0 };
    let at = skip + text[skip..].find(':')?;
    Some((&text[..at], &text[at + 1..]))
}

fn read_space(text: &str, places: &[PlaceInfo]) -> Result<SpaceRef, String> {
    if let Some(id) = text.strip_prefix("protected@") {
        return Ok(SpaceRef { level: Level::Protected, owner: Some(id.to_owned()) });
    }
    let found: Vec<_> = places.iter().filter(|info| name_of(&info.space) == text).collect();
    match found.as_slice() {
        [info] => Ok(info.space.clone()),
        [] => Err(format!("There is no place `{text}`. There are: {}.", names(places))),
        _ => Err(format!("There are several places `{text}`. Name one with its rule: {}.", names(places))),
    }
}

/// What a script calls a place.
#[must_use]
pub fn name_of(space: &SpaceRef) -> String {
    match (space.level, &space.owner) {
        (Level::Public, _) => "public".to_owned(),
        (Level::Private, _) => "private".to_owned(),
        (Level::Protected, None) => "protected".to_owned(),
        (Level::Protected, Some(owner)) => format!("protected@{owner}"),
        (Level::Path, owner) => {
            let rule = owner.as_deref().unwrap_or_default().split_once('/').map_or("", |(_, rule)| rule);
            let named = rule.split('/').filter(|part| !part.is_empty() && *part != "*" && !part.contains('{'));
            named.collect::<Vec<_>>().join("/")
        }
    }
}

fn names(places: &[PlaceInfo]) -> String {
    let mut names: Vec<String> = places.iter().map(|info| format!("{}:", name_of(&info.space))).collect();
    names.dedup();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::wire::{Access, Audience, PlaceVerbs};

    use super::*;

    fn place(level: Level, owner: Option<&str>) -> PlaceInfo {
        let verbs = PlaceVerbs { get: true, list: true, write: true, delete: true };
        let space = SpaceRef { level, owner: owner.map(ToOwned::to_owned) };
        PlaceInfo { space, audience: Audience::OnlyYou, access: Access::Full, verbs, bucket: None }
    }

    #[test]
    fn an_address_is_a_place_a_folder_and_a_name() {
        let places = [place(Level::Private, None), place(Level::Public, None)];
        let read = |text: &str| {
            let address = Address::parse(text, &places).unwrap();
            (address.place.folder.clone(), address.name.clone().unwrap_or_default(), address.as_folder().folder)
        };
        let expected = |folder: &str, name: &str, whole: &str| (folder.to_owned(), name.to_owned(), whole.to_owned());
        assert_eq!(read("private:"), expected("", "", ""));
        assert_eq!(read("private:a.txt"), expected("", "a.txt", "a.txt/"));
        assert_eq!(read("private:/a/b ü/c"), expected("a/b ü/", "c", "a/b ü/c/"));
        assert_eq!(read("public:a/b/"), expected("a/b/", "", "a/b/"));
        assert_eq!(read("private:c:d"), expected("", "c:d", "c:d/"), "a key may hold a colon");
        let theirs = Address::parse("protected@eu-west-1:0a:x", &places);
        assert_eq!(theirs.unwrap().place.space.owner.as_deref(), Some("eu-west-1:0a"));
    }

    #[test]
    fn a_place_that_is_not_there_is_told_with_those_that_are() {
        let places = [place(Level::Path, Some("files/media/*")), place(Level::Path, Some("files/home/${sub}/*"))];
        assert_eq!(Address::parse("media:x", &places).unwrap().place.space, places[0].space);
        assert_eq!(Address::parse("home:", &places).unwrap().place.space, places[1].space);
        assert_eq!(
            Address::parse("private:x", &places).unwrap_err(),
            "There is no place `private`. There are: media:, home:."
        );
        assert!(Address::parse("x.txt", &places).unwrap_err().contains("names no place"));
    }
}
