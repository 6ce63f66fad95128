//! The rows of a folder and of a prefix, as readings and our own changes leave them.

use super::*;

fn found(key: &str) -> Found {
    Found { key: key.to_owned(), size: 1, modified: None, etag: "e".to_owned() }
}

#[test]
fn ids_stay_with_their_keys_through_a_refresh_and_missing_keys_go() {
    let mut index = FolderIndex::new("a/");
    index.begin();
    for key in ["a/1", "a/2", "a/3"] {
        index.put_file(found(key));
    }
    index.finish();
    let (id, _) = index.by_key("a/3").unwrap();
    index.begin();
    index.put_file(found("a/0"));
    index.put_file(found("a/3"));
    index.finish();
    assert_eq!(index.by_key("a/3").unwrap().0, id, "a selection by id survives");
    assert_eq!(index.iter().count(), 2, "what the reading did not meet is gone");
    assert!(index.by_key("a/1").is_none());
}

#[test]
fn a_page_asked_for_before_our_own_change_does_not_undo_it() {
    let mut index = FolderIndex::new("a/");
    index.begin();
    for key in ["a/deleted", "a/replaced"] {
        index.read_file(found(key));
    }
    index.read_folder("a/gone/");
    index.finish();

    index.begin();
    index.remove("a/deleted");
    index.remove("a/gone/");
    index.put_file(Found { etag: "new".to_owned(), ..found("a/replaced") });
    index.put_file(found("a/arrived"));
    for key in ["a/deleted", "a/replaced"] {
        index.read_file(found(key));
    }
    index.read_folder("a/gone/");
    index.finish();
    let mut rows: Vec<_> = index.iter().map(|(_, entry)| (&*entry.key, &*entry.etag)).collect();
    rows.sort_unstable();
    assert_eq!(rows, [("a/arrived", "e"), ("a/replaced", "new")], "what we did is newer than what was asked before");

    index.begin();
    index.read_file(found("a/deleted"));
    index.finish();
    let rows: Vec<_> = index.iter().map(|(_, entry)| &*entry.key).collect();
    assert_eq!(rows, ["a/deleted"], "the next reading is newer than what we did");
}

#[test]
fn what_begins_with_a_prefix_shows_at_every_depth_and_goes_with_its_folder() {
    let mut index = FolderIndex::below("photo");
    index.begin();
    index.read_folder("photos/");
    for key in ["photo", "photo.png", "photos/", "photos/b/c.jpg", "photos/d.jpg", "photography.txt", "other/photo"] {
        index.read_file(found(key));
    }
    index.finish();
    let rows = |index: &FolderIndex| index.iter().map(|(_, entry)| entry.row(0)).collect::<Vec<_>>();
    let names: Vec<_> = rows(&index).into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["photo", "photo.png", "c.jpg", "d.jpg", "photography.txt"]);
    assert_eq!(rows(&index)[2].key, "photos/b/c.jpg", "the key is whole");
    assert_eq!(rows(&index)[4].media, Media::Text, "told by the name");

    index.begin();
    index.put_file(found("photos/b/new.jpg"));
    index.put_folder("photos/e/");
    index.remove("photos/");
    assert_eq!(rows(&index).len(), 6, "a marker that goes leaves what is in its folder");
    index.remove_folder("photos/b/");
    for key in ["photo.png", "photos/b/c.jpg"] {
        index.read_file(found(key));
    }
    index.finish();
    let keys: Vec<_> = rows(&index).into_iter().map(|row| row.key).collect();
    assert_eq!(keys, ["photo.png"], "a page asked for before a folder was removed brings nothing of it back");
}

#[test]
fn a_file_below_a_folder_shows_as_that_folder_and_the_marker_does_not_show() {
    let mut index = FolderIndex::new("a/");
    index.put_file(found("a/"));
    index.put_file(found("a/b/c/d.txt"));
    let rows: Vec<_> = index.iter().map(|(_, entry)| (entry.key.to_string(), entry.name().to_owned())).collect();
    assert_eq!(rows, [("a/b/".to_owned(), "b".to_owned())]);
}

#[test]
fn folding_forgets_case_and_accents() {
    assert_eq!(fold("Ärger École"), "arger ecole");
}
