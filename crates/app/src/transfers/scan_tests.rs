//! Reading a folder: everything once, nothing that was not wanted, and always an end.

use super::*;
use crate::wire::TransferSettings;

fn rules(links: LinkRule) -> ScanRules {
    ScanRules::of(&TransferSettings { links, ..TransferSettings::default() }).unwrap()
}

fn scanned(root: &Path, rules: &ScanRules) -> Vec<String> {
    let mut all = Vec::new();
    scan(root, rules, &CancellationToken::new(), &mut |entry| {
        all.push(match entry {
            Scanned::File { path, inside } => format!("{inside}{}", shown(&path)),
            Scanned::EmptyFolder { inside, .. } => format!("{inside} (empty)"),
            Scanned::Unreadable { failure, .. } => format!("{:?}", failure.code),
        });
        true
    });
    all
}

fn write(path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, b"x").unwrap();
}

#[test]
fn files_keep_their_folders_and_litter_stays_behind() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("a/empty")).unwrap();
    for name in ["a/x.txt", "b+ü.txt", "a/.DS_Store", "thumbs.DB"] {
        write(&dir.path().join(name));
    }
    assert_eq!(scanned(dir.path(), &rules(LinkRule::Skip)), ["a/empty/ (empty)", "a/x.txt", "b+ü.txt"]);
}

#[test]
fn what_the_person_leaves_out_stays_behind_with_all_that_is_in_it() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["node_modules/deep/x.js", "a/draft 1.tmp", "a/keep.txt", "a/[odd].txt"] {
        write(&dir.path().join(name));
    }
    let excluded = vec!["node_modules".to_owned(), "*.tmp".to_owned()];
    let rules = ScanRules::of(&TransferSettings { excluded, ..TransferSettings::default() }).unwrap();
    assert_eq!(scanned(dir.path(), &rules), ["a/[odd].txt", "a/keep.txt"]);
}

#[cfg(unix)]
#[test]
fn links_stay_behind_by_default_and_a_broken_name_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
    std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"bad\xff")), b"x").unwrap();
    assert_eq!(scanned(dir.path(), &rules(LinkRule::Skip)), ["NameNotAllowed"]);
}

#[cfg(unix)]
#[test]
fn links_that_are_followed_lead_to_each_folder_once_however_they_turn() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let (root, outside) = (dir.path().join("root"), dir.path().join("outside"));
    write(&root.join("a/x.txt"));
    write(&outside.join("deep/y.txt"));
    symlink(&root, root.join("a/itself")).unwrap();
    symlink(root.join("a"), root.join("inside")).unwrap();
    symlink(dir.path(), root.join("above")).unwrap();
    symlink(&outside, root.join("to")).unwrap();
    symlink(&outside, root.join("again")).unwrap();
    symlink(&outside, outside.join("deep/loop")).unwrap();
    symlink(outside.join("deep/y.txt"), root.join("file.txt")).unwrap();
    symlink(root.join("gone"), root.join("nowhere")).unwrap();
    assert_eq!(scanned(&root, &rules(LinkRule::Follow)), ["a/x.txt", "file.txt", "again/deep/y.txt"]);
    assert_eq!(scanned(&root, &rules(LinkRule::Skip)), ["a/x.txt"]);
}

#[test]
fn a_stopped_scan_ends() {
    let dir = tempfile::tempdir().unwrap();
    write(&dir.path().join("x"));
    let stop = CancellationToken::new();
    stop.cancel();
    scan(dir.path(), &rules(LinkRule::Skip), &stop, &mut |_| panic!("nothing is read after the stop"));
}

#[test]
fn a_folder_of_one_file_or_none_is_read_too() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(scanned(dir.path(), &rules(LinkRule::Follow)), [" (empty)"]);
    assert_eq!(scanned(&dir.path().join("gone"), &rules(LinkRule::Follow)), ["LocalFile"]);
}
