//! Listing every page, folders, and single keys; removing many, and folders.

use super::server::Fault;
use super::{Reply, honest, key, storage};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::list::Shape;
use crate::remove::Removed;
use crate::space::{IdentityId, Owner, Space};

#[tokio::test]
async fn every_page_is_listed_not_only_the_first_thousand() {
    let (storage, server, bucket) = honest().await;
    for number in 0..2500 {
        bucket.keep(&format!("public/many/{number:04}"), b"x");
    }
    let all = storage.list_all(&Space::Public, "many/", Shape::Deep, &Control::default()).await.unwrap();
    assert_eq!(all.objects.len(), 2500);
    assert_eq!(server.requests().len(), 3);
    assert!(all.objects.is_sorted_by_key(|object| &object.key));
    let first = storage.list_page(&Space::Public, "many/", Shape::Deep, None).await.unwrap();
    assert_eq!((first.objects.len(), first.next.is_some()), (1000, true));
}

#[tokio::test]
async fn a_folder_shows_its_own_and_the_folders_below() {
    let (storage, _server, bucket) = honest().await;
    for full in ["public/f", "public/f/g", "public/f/h/i", "public/f/", "public/z", "private/us-east-1:me/p"] {
        bucket.keep(full, b"x");
    }
    let names = |page: &crate::Page| page.objects.iter().map(|object| object.key.clone()).collect::<Vec<_>>();
    let root = storage.list_page(&Space::Public, "", Shape::Folder, None).await.unwrap();
    assert_eq!((names(&root), root.folders), (vec!["f".into(), "z".into()], vec!["f/".into()]));
    let folder = storage.list_page(&Space::Public, "f/", Shape::Folder, None).await.unwrap();
    assert_eq!((names(&folder), folder.folders), (vec!["f/".into(), "f/g".into()], vec!["f/h/".into()]));
    let mine = storage.list_page(&Space::Private, "", Shape::Deep, None).await.unwrap();
    assert_eq!(names(&mine), ["p"]);
    let theirs = Space::Protected(Owner::Person(IdentityId::new("us-east-1:you")));
    assert!(storage.list_page(&theirs, "", Shape::Deep, None).await.unwrap().objects.is_empty());
}

#[tokio::test]
async fn a_key_is_found_exactly_and_never_by_head() {
    let (storage, server, bucket) = honest().await;
    bucket.keep("public/f/g", b"x");
    bucket.keep("public/file.txt", b"four");
    assert_eq!(storage.find(&Space::Public, &key("f")).await.unwrap(), None, "f/g is not f");
    assert_eq!(storage.find(&Space::Public, &key("file")).await.unwrap(), None, "nor is file.txt file");
    assert_eq!(storage.find(&Space::Public, &key("file.txt")).await.unwrap().unwrap().size, 4);
    assert_eq!(server.count("HEAD", ""), 0);
}

#[tokio::test]
async fn a_listing_that_would_never_end_is_stopped() {
    let (storage, _server) = storage(|_| {
        let more = "<IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>";
        Reply::xml(200, format!("<ListBucketResult>{more}</ListBucketResult>"))
    })
    .await;
    let error = storage.list_all(&Space::Public, "", Shape::Deep, &Control::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unexpected);
}

#[tokio::test]
async fn a_listing_cut_short_or_of_something_else_is_no_empty_folder() {
    let whole = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
    for (body, cut) in [("<html>log in here</html>", None), ("", None), (whole, Some(60))] {
        let fault = cut.map(Fault::CutAt);
        let (storage, _server) = storage(move |_| Reply { fault, ..Reply::xml(200, body.to_owned()) }).await;
        let listed = storage.list_page(&Space::Public, "", Shape::Deep, None).await;
        assert!(listed.is_err(), "{body:?} gave {listed:?}");
        assert!(storage.find(&Space::Public, &key("a")).await.is_err(), "nor a free name");
    }
}

#[tokio::test]
async fn many_are_removed_each_with_its_own_outcome() {
    let (storage, server, bucket) = honest().await;
    let names = ["a&b", "locked <1>", "gone", "control\u{1}", "line\nbreak"];
    for name in names.iter().filter(|name| **name != "gone") {
        bucket.keep(&format!("public/{name}"), b"x");
    }
    let outcomes = storage.remove_many(&Space::Public, names.iter().map(|name| key(name)).collect()).await;
    let seen: Vec<_> =
        outcomes.iter().map(|(key, done)| (key.as_str(), done.as_ref().err().map(StorageError::kind))).collect();
    let denied = Some(ErrorKind::AccessDenied);
    let expected =
        [("a&b", None), ("locked <1>", denied), ("gone", None), ("control\u{1}", None), ("line\nbreak", None)];
    assert_eq!(seen, expected);
    assert_eq!(bucket.keys(), ["public/locked <1>"]);
    assert_eq!((server.count("POST", "delete"), server.count("DELETE", "")), (1, 1));
}

#[tokio::test]
async fn two_thousand_are_removed_in_batches() {
    let (storage, server, bucket) = honest().await;
    let keys: Vec<_> = (0..2001).map(|number| key(&format!("n{number}"))).collect();
    for key in &keys {
        bucket.keep(&format!("public/{key}"), b"x");
    }
    let outcomes = storage.remove_many(&Space::Public, keys).await;
    assert!(outcomes.len() == 2001 && outcomes.iter().all(|(_, outcome)| outcome.is_ok()));
    assert_eq!((server.count("POST", "delete"), bucket.keys().len()), (3, 0));
}

#[tokio::test]
async fn a_folder_is_removed_page_after_page_and_what_refuses_stays() {
    let (storage, server, bucket) = honest().await;
    for number in 0..2499 {
        bucket.keep(&format!("public/many/{number:04}"), b"x");
    }
    bucket.keep("public/many/locked", b"x");
    bucket.keep("public/many-more", b"x");
    let mut pages = Vec::new();
    let mut refused = Vec::new();
    let told = |some: Vec<Removed>| {
        pages.push(some.len());
        refused.extend(some.into_iter().filter_map(|(key, outcome)| Some((key, outcome.err()?.kind()))));
    };
    storage.remove_folder(&Space::Public, "many/", told, &Control::default()).await.unwrap();
    assert_eq!(pages, [1000, 1000, 500]);
    assert_eq!(refused, [(key("many/locked"), ErrorKind::AccessDenied)]);
    assert_eq!(bucket.keys(), ["public/many-more", "public/many/locked"]);
    let order: Vec<_> = server.requests().iter().map(|request| request.method.clone()).collect();
    assert_eq!(order, ["GET", "POST"].repeat(3), "what was listed is gone before more is asked for");
}

#[tokio::test]
async fn a_removal_that_was_stopped_goes_on_where_it_is_called_again() {
    let (storage, server, bucket) = honest().await;
    for number in 0..2500 {
        bucket.keep(&format!("public/many/{number:04}"), b"x");
    }
    let control = Control::default();
    let stop = |_: Vec<Removed>| control.cancel.cancel();
    let stopped = storage.remove_folder(&Space::Public, "many/", stop, &control).await.unwrap_err();
    assert_eq!((stopped.kind(), bucket.keys().len()), (ErrorKind::Cancelled, 1500));
    assert_eq!(server.count("GET", "list-type"), 1, "no page is asked for in advance");
    storage.remove_folder(&Space::Public, "many/", |_| (), &Control::default()).await.unwrap();
    assert_eq!(bucket.keys().len(), 0);
}
