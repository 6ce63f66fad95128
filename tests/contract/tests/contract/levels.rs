//! Who may do what at which level: every verb, as the owner, as another person, as a guest.

use crate::case::Case;
use crate::http_get::http_get;
use crate::servers::Server;
use crate::visitor::{Visitor, get, key, put, storage_as};
use amphora_storage::{
    Body, Control, ErrorKind, IfExists, LinkOptions, Owner, PutOptions, Shape, Space, Storage, StorageError,
};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
enum Who {
    Owner,
    Other,
    Guest,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Verb {
    Put,
    PutInParts,
    PutIfAbsent,
    Get,
    Share,
    List,
    Find,
    Remove,
    RemoveMany,
}

#[derive(Clone, Copy, Debug)]
enum Level {
    Public,
    Protected,
    Private,
}

use Level::{Private, Protected, Public};
use Verb::{Find, Get, List, Put, PutIfAbsent, PutInParts, Remove, RemoveMany, Share};
use Who::{Guest, Other, Owner as TheOwner};

const EVERY_VERB: &[Verb] = &[Put, PutInParts, PutIfAbsent, Get, Share, List, Find, Remove, RemoveMany];
const READING: &[Verb] = &[Get, Share, List, Find];

/// What the documentation's policies allow; everything else is refused.
const ALLOWED: [(Who, Level, &[Verb]); 9] = [
    (TheOwner, Public, EVERY_VERB),
    (TheOwner, Protected, EVERY_VERB),
    (TheOwner, Private, EVERY_VERB),
    (Other, Public, EVERY_VERB),
    (Other, Protected, READING),
    (Other, Private, &[]),
    (Guest, Public, EVERY_VERB),
    (Guest, Protected, READING),
    (Guest, Private, &[]),
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (who, level, allowed) in ALLOWED {
        for verb in EVERY_VERB {
            let allows = allowed.contains(verb);
            let may = if allows { "may" } else { "may not" };
            let name = format!("{who:?} {may} {verb:?} in {level:?} of the owner");
            cases.push(Case::new(name, move |server| async move { check(&server, who, level, *verb, allows).await }));
        }
    }
    cases
}

async fn check(server: &Arc<Server>, who: Who, level: Level, verb: Verb, allows: bool) {
    let owner = server.ana().await;
    let space = match level {
        Public => Space::Public,
        Protected => Space::Protected(Owner::Me),
        Private => Space::Private,
    };
    let name = format!("levels/{who:?} {verb:?}/there.txt");
    put(&owner.storage, &space, &name, "the owner's").await.expect("the owner prepares");
    let visitor: &Visitor = match who {
        TheOwner => owner,
        Other => server.ben().await,
        Guest => server.guest().await,
    };
    // With the owner's id, so that the request goes out and the server decides.
    let storage = storage_as(&server.backend, &visitor.auth, &owner.identity.identity_id);
    let outcome = perform(&storage, &space, &name, verb).await;
    if allows {
        outcome.expect("allowed");
        return;
    }
    assert_eq!(outcome.expect_err("refused").kind(), ErrorKind::AccessDenied);
    let unchanged = get(&owner.storage, &space, &name).await.expect("still there");
    assert_eq!(unchanged.bytes, "the owner's", "and untouched");
}

async fn perform(storage: &Storage, space: &Space, name: &str, verb: Verb) -> Result<(), StorageError> {
    let folder = &name[..=name.rfind('/').expect("a folder")];
    match verb {
        Put => put(storage, space, name, "changed").await.map(drop),
        PutInParts => {
            let body = Body::Bytes(vec![7; 6 << 20].into());
            let options = PutOptions { part_size: Some(5 << 20), ..PutOptions::new(IfExists::Replace) };
            storage.put(space, &key(name), body, options, &Control::default()).await.map(drop)
        }
        PutIfAbsent => {
            let name = format!("{folder}new.txt");
            // Made free first, by whoever may: the suite may run on a server that has it.
            let _free = storage.remove(space, &key(&name)).await;
            let options = PutOptions::new(IfExists::Fail);
            storage.put(space, &key(&name), Body::Bytes("new".into()), options, &Control::default()).await.map(drop)
        }
        Get => get(storage, space, name).await.map(|object| assert_eq!(object.bytes, "the owner's")),
        Share => {
            let link = storage.presign_get(space, &key(name), LinkOptions::living(Duration::from_secs(60))).await?;
            match http_get(&link.url).await {
                (200, body) => assert_eq!(body, "the owner's"),
                // Signing asks nobody, so the refusal comes to whoever opens the link; a read tells the same.
                (status, _) => {
                    assert_eq!(status, 403, "a refused link");
                    return get(storage, space, name).await.map(drop);
                }
            }
            Ok(())
        }
        List => storage.list_all(space, folder, Shape::Folder, &Control::default()).await.map(|page| {
            assert!(page.objects.iter().any(|object| object.key == name), "{page:?}");
        }),
        Find => storage.find(space, &key(name)).await.map(|found| assert_eq!(found.expect("found").size, 11)),
        Remove => storage.remove(space, &key(name)).await,
        RemoveMany => {
            storage.remove_many(space, vec![key(name)]).await.into_iter().try_for_each(|(_, removed)| removed)
        }
    }
}
