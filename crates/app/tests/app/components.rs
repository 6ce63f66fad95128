//! What the page's components ask for: picked files, names by a rule, albums' filters, tracking.

use crate::around::{BY_NAME, World, everything, names, place, settled, transfers, until, upload};
use crate::photos::stored;
use amphora_app::wire::{
    AlbumFilter, Audience, ConflictAnswer, Consent, FailureCode, Id, Level, NamePattern, NamingSettings, PatternKind,
    PhotoChoices, PhotoSize, PhotosFound, PutAnswer, PutEnd, PutTo, Selection, TransferTab,
};
use amphora_app::{App, Served};
use amphora_thumbs::specimens::Camera;
use amphora_thumbs::{facts, has_location};

/// Where a component puts something that nobody was asked about yet.
pub fn to(level: Level, key: &str) -> PutTo {
    let space = place(level, "").space;
    PutTo {
        space,
        key: key.to_owned(),
        content_type: None,
        consent: Consent::Ask,
        replace: false,
        photos: None,
        own_key: false,
    }
}

fn queued(answer: PutAnswer) -> Id {
    let PutAnswer::Queued { transfer } = answer else { panic!("it is in line, not {answer:?}") };
    transfer
}

pub async fn text(app: &App, key: &str) -> Served {
    app.serve(&format!("/text/private/-/{}", key.replace('/', "%2F")), "").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picked_file_is_read_by_its_grant_and_put_once_under_the_key_that_was_computed() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let picked = app.pick(vec![world.file("a b.txt", "hello"), world.dir.path().to_owned()]);
    let [pick] = picked.as_slice() else { panic!("a folder is no file: {picked:?}") };
    let address = format!("/picked/{}", pick.grant);
    let served = app.serve(&address, "").await.unwrap();
    assert_eq!((served.bytes.as_slice(), served.content_type), (b"hello".as_slice(), "application/octet-stream"));

    let target = PutTo { content_type: Some("text/x-note".to_owned()), ..to(Level::Private, "notes/test_a_b.txt") };
    let transfer = queued(app.put_picked(&pick.grant, target.clone(), &[]).await.unwrap());
    until("it is there", || async { app.put_end(transfer).unwrap() != PutEnd::UnderWay }).await;
    assert_eq!(app.put_end(transfer).unwrap(), PutEnd::Stored { key: "notes/test_a_b.txt".to_owned() });
    assert_eq!(text(&app, "notes/test_a_b.txt").await.bytes, b"hello");
    assert_eq!(
        app.serve(&address, "").await.unwrap_err().code,
        FailureCode::GrantUsed,
        "what was put is not read again"
    );
    assert_eq!(app.put_picked(&pick.grant, target, &[]).await.unwrap_err().code, FailureCode::GrantUsed);
    assert_eq!(app.serve("/picked/none", "").await.unwrap_err().code, FailureCode::GrantUsed);
}

#[tokio::test(flavor = "multi_thread")]
async fn putting_asks_before_others_see_it_and_before_a_name_is_taken() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let pick = |content: &str| app.pick(vec![world.file("p.txt", content)]).remove(0).grant;
    let first = pick("one");
    let asked = app.put_picked(&first, to(Level::Public, "p.txt"), &[]).await.unwrap();
    assert_eq!(asked, PutAnswer::NeedsConsent { audience: Audience::EveryoneChanges });
    let once = PutTo { consent: Consent::Once, ..to(Level::Public, "p.txt") };
    queued(app.put_picked(&first, once.clone(), &[]).await.unwrap());
    settled(&app).await;

    let second = queued(app.put_picked(&pick("two"), to(Level::Public, "p.txt"), &[]).await.unwrap());
    let row = transfers(&app, TransferTab::NeedsYou).remove(0);
    assert_eq!((row.id, app.put_end(second).unwrap()), (second, PutEnd::UnderWay), "nobody was asked to replace it");
    app.answer_conflict(second, ConflictAnswer::KeepBoth, false).unwrap();
    until("both are there", || async { app.put_end(second).unwrap() != PutEnd::UnderWay }).await;
    assert_eq!(app.put_end(second).unwrap(), PutEnd::Stored { key: "p (2).txt".to_owned() });

    let other =
        PutTo { space: amphora_app::wire::SpaceRef { level: Level::Protected, owner: Some("x".into()) }, ..once };
    assert_eq!(app.put_picked(&pick("three"), other, &[]).await.unwrap_err().code, FailureCode::AccessDenied);
    let folder = app.put_picked(&pick("four"), to(Level::Private, "folder/"), &[]).await.unwrap_err();
    assert_eq!(folder.code, FailureCode::NameNotAllowed);
    app.sign_out().await.unwrap();
    let theirs = app.put_end(second).unwrap();
    assert!(matches!(theirs, PutEnd::Failed { .. }), "another account does not see how it ended: {theirs:?}");
}

/// Puts a picked file and waits until it is over; tells the key under which its content is.
async fn put(app: &App, pick: &str, to: PutTo) -> String {
    let transfer = queued(app.put_picked(pick, to, &[]).await.unwrap());
    until("it is over", || async { app.put_end(transfer).unwrap() != PutEnd::UnderWay }).await;
    let end = app.put_end(transfer).unwrap();
    let PutEnd::Stored { key } = end else { panic!("it is there, not {end:?}") };
    key
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picked_photo_goes_without_its_place_where_others_see_it() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let photo = Camera { located: true, ..Camera::default() }.jpeg(40, 30);
    assert!(has_location(&photo));
    for (level, located) in [(Level::Public, false), (Level::Private, true)] {
        let pick = app.pick(vec![world.file("a.jpg", &photo)]).remove(0).grant;
        let target = to(level, "a.jpg");
        let photos = app.usual_photo_choices(&target.space).unwrap();
        put(&app, &pick, PutTo { consent: Consent::Once, photos: Some(photos), ..target }).await;
        assert_eq!(has_location(&stored(&world, &app, &place(level, ""), "a.jpg").await), located, "{level:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn picked_photos_are_asked_about_together_and_go_as_was_chosen() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let located = Camera { located: true, ..Camera::default() };
    let photo = located.jpeg(40, 30);
    let files = [("a.jpg", photo.clone()), ("large.jpg", located.jpeg(3000, 2000)), ("n.txt", b"a note".to_vec())];
    let picked = app.pick(files.iter().map(|(name, bytes)| world.file(name, bytes)).collect());
    let grants: Vec<String> = picked.into_iter().map(|pick| pick.grant).collect();
    let usual = PhotoChoices { remove_location: true, ..PhotoChoices::default() };
    let asked = app.put_picked(&grants[0], to(Level::Public, "box/a.jpg"), &grants).await.unwrap();
    let found = PhotosFound { photos: 2, located: 2, located_videos: 0, more: false };
    let audience = Some(Audience::EveryoneChanges);
    assert_eq!(asked, PutAnswer::NeedsChoices { audience, found, choices: usual }, "each of them once");
    assert_eq!(app.transfer_summary().waiting + app.transfer_summary().running, 0, "nothing is in line yet");

    let chosen = PhotoChoices { size: PhotoSize::Medium, skip_duplicates: true, ..usual };
    for (grant, (name, _)) in grants.iter().zip(&files) {
        let target = to(Level::Public, &format!("box/{name}"));
        let key = put(&app, grant, PutTo { consent: Consent::Always, photos: Some(chosen), ..target.clone() }).await;
        assert_eq!(key, target.key);
    }
    let inside = place(Level::Public, "box/");
    let large = stored(&world, &app, &inside, "large.jpg").await;
    assert_eq!((facts(&large).size, has_location(&large)), (Some((2048, 1365)), false));

    let again = || app.pick(vec![world.file("copy.jpg", &photo)]).remove(0).grant;
    let key = put(&app, &again(), to(Level::Public, "box/copy.jpg")).await;
    assert_eq!(
        key, "box/a.jpg",
        "chosen for good, it is not asked again; and the folder has the content under this name"
    );
    let own = PutTo { own_key: true, ..to(Level::Public, "box/mine.jpg") };
    assert_eq!(put(&app, &again(), own).await, "box/mine.jpg", "a component's own key holds what was picked for it");
    assert_eq!(names(&app, &inside).await, ["a.jpg", "large.jpg", "mine.jpg", "n.txt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_names_what_the_file_manager_uploads_only_while_it_is_on() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let private = place(Level::Private, "");
    let rule = NamingSettings { pattern: "test_{counter} {name}".to_owned(), ..NamingSettings::default() };
    app.set_naming_rule(rule.clone()).unwrap();
    upload(&app, vec![world.file("plain a b.txt", "1")], private.clone()).await;
    settled(&app).await;
    app.set_naming_rule(NamingSettings { on: true, ..rule }).unwrap();
    upload(&app, vec![world.file("a b.txt", "1"), world.file("box/c d.txt", "2")], private.clone()).await;
    upload(&app, vec![world.dir.path().join("desktop/box")], private.clone()).await;
    settled(&app).await;
    until("all are shown", || async { names(&app, &private).await.len() == 4 }).await;
    assert_eq!(
        names(&app, &private).await,
        ["box", "plain a b.txt", "test_001_a_b.txt", "test_002_c_d.txt"],
        "off, a name stays byte for byte; on, files are counted"
    );
    assert_eq!(names(&app, &place(Level::Private, "box/")).await, ["c d.txt"], "what is in a folder keeps its name");
    assert_eq!(app.naming_rule().unwrap().next, 3, "the next upload counts on");
    let settings = world.dir.path().join("app/settings.json");
    until("it is saved for the next run", || async {
        let saved = std::fs::read(&settings).unwrap_or_default();
        let saved: serde_json::Value = serde_json::from_slice(&saved).unwrap_or_default();
        saved["naming"].as_object().is_some_and(|rules| rules.values().any(|rule| rule["next"] == 3))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_kept_with_its_album_and_for_its_owner_and_shows_only_what_it_says() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let album = place(Level::Private, "");
    let files = ["a.jpg", "b.png", "notes.txt"].map(|name| world.file(name, name)).to_vec();
    upload(&app, files, album.clone()).await;
    settled(&app).await;
    let name = Some(NamePattern { how: PatternKind::Glob, text: "*.{jpg,txt}".to_owned() });
    let filter = AlbumFilter { name, ..AlbumFilter::default() };
    app.set_album_filter(&album, filter.clone()).unwrap();
    let shown = amphora_app::wire::Filter { album: app.album_filter(&album).unwrap(), ..everything() };
    let listing = app.open_listing(album.clone(), BY_NAME, shown).await.unwrap();
    let rows = app.rows(listing.id, 0, 9).unwrap();
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["a.jpg", "notes.txt"]);

    let broken = Some(NamePattern { how: PatternKind::Regex, text: "(".to_owned() });
    let broken = AlbumFilter { name: broken, ..AlbumFilter::default() };
    assert_eq!(app.set_album_filter(&album, broken.clone()).unwrap_err().code, FailureCode::PatternUnreadable);
    assert_eq!(app.album_filter(&album).unwrap(), Some(filter), "the one before stays");
    let refused = amphora_app::wire::Filter { album: Some(broken), ..everything() };
    assert_eq!(
        app.open_listing(album.clone(), BY_NAME, refused).await.unwrap_err().code,
        FailureCode::PatternUnreadable
    );
    assert_eq!(app.album_filter(&place(Level::Private, "other/")).unwrap(), None);
    let saved = std::fs::read_to_string(world.dir.path().join("app/settings.json")).unwrap();
    assert!(!saved.contains("private"), "whose and which folder it is stays a hash: {saved}");
    app.set_album_filter(&album, AlbumFilter::default()).unwrap();
    assert_eq!(app.album_filter(&album).unwrap(), None, "a filter that shows everything is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_album_lists_all_that_begins_with_its_path_and_hears_of_what_comes_and_goes() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let (own, inside) = (place(Level::Private, ""), place(Level::Private, "photos/2026/"));
    upload(&app, vec![world.file("photo.png", "1"), world.file("other.png", "2")], own.clone()).await;
    upload(&app, vec![world.file("deep.jpg", "3")], inside.clone()).await;
    settled(&app).await;
    let keys = async |prefix: &str| {
        let listing = app.open_prefix(own.space.clone(), prefix.to_owned(), BY_NAME).await.unwrap();
        let rows = app.rows(listing.id, 0, 9).unwrap();
        rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
    };
    assert_eq!(
        keys("photo").await,
        ["photos/2026/deep.jpg", "photo.png"],
        "case 47: a prefix, at every depth, by name"
    );
    assert_eq!(keys("").await.len(), 3, "case 49: nothing given is everything of the level");
    assert_eq!(keys("photos/").await, ["photos/2026/deep.jpg"]);
    let folder = app.open_listing(place(Level::Private, "photos/"), BY_NAME, everything()).await.unwrap();
    assert_eq!(app.rows(folder.id, 0, 9).unwrap()[0].key, "photos/2026/", "a folder of the same name stays one");

    let open = app.open_prefix(own.space.clone(), "photos/".to_owned(), BY_NAME).await.unwrap();
    upload(&app, vec![world.file("new.jpg", "4")], inside).await;
    settled(&app).await;
    let is_there = || async { app.rows(open.id, 0, 9).unwrap().iter().any(|row| row.key == "photos/2026/new.jpg") };
    until("what came later to be listed", is_there).await;

    let photos = app.rows(folder.id, 0, 9).unwrap().remove(0).id;
    let gone = app.delete_selection(&Selection::Only { listing: folder.id, ids: vec![photos] }).await.unwrap();
    assert_eq!(gone.failed, []);
    until("what is deleted to be gone", || async { app.rows(open.id, 0, 9).unwrap().is_empty() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_begins_with_a_text_is_taken_from_the_folder_that_the_text_is_in() {
    let world = World::new().await;
    let app = world.person("ada").await;
    let inside = place(Level::Private, "photos/2026/");
    upload(&app, vec![world.file("deep.txt", "3")], inside.clone()).await;
    settled(&app).await;
    let to = world.dir.path().join("to");
    for (prefix, folder) in [("photos/20", "photos/"), ("pho", ""), ("photos/2026/", "photos/2026/")] {
        let listing = app.open_prefix(inside.space.clone(), prefix.to_owned(), BY_NAME).await.unwrap();
        app.download_selection(&Selection::AllExcept { listing: listing.id, ids: Vec::new() }, &to).unwrap();
        let newest = transfers(&app, TransferTab::All).into_iter().max_by_key(|row| row.id.0).unwrap();
        assert_eq!((newest.name.as_str(), newest.folder.as_str()), ("deep.txt", folder));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tracked_gets_and_lists_are_in_the_activity_log_and_others_are_not() {
    let world = World::new().await;
    let app = world.person("ada").await;
    upload(&app, vec![world.file("a b.txt", "hello")], place(Level::Private, "")).await;
    settled(&app).await;
    let address = "/text/private/-/a%20b.txt";
    app.serve(address, "").await.unwrap();
    app.serve(address, "v=x&track=1").await.unwrap();
    app.serve("/text/private/-/none.txt", "track=1").await.unwrap_err();
    let listing = app.open_listing(place(Level::Private, ""), BY_NAME, everything()).await.unwrap();
    app.track_listing(listing.id).unwrap();
    let told: Vec<(String, bool)> =
        app.activity(10).await.unwrap().into_iter().map(|entry| (entry.event, entry.succeeded)).collect();
    let event = |name: &str, succeeded| (name.to_owned(), succeeded);
    assert_eq!(told, [event("list", true), event("download", false), event("download", true), event("upload", true)]);
    let newest = app.activity(1).await.unwrap().remove(0);
    assert_eq!(newest.message, "1 items returned from list operation");
}
