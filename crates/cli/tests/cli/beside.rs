//! A command while another process holds the data folder: done there, as whoever is there, once; and what a death costs.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};

use amphora_app::App;
use amphora_app::wire::TransferTab;
use amphora_faults::{Fault, FaultProxy, Rule};

use crate::around::{PASSWORD, World, told, until};

const FILES: usize = 50;

fn behind() -> (World, FaultProxy) {
    let proxy = FaultProxy::start().unwrap();
    let world = World::that_counts(Some(proxy.port()));
    proxy.forward_to(world.sandbox.as_ref().unwrap().address());
    for number in 0..FILES {
        world.file(&format!("many/f-{number:02}.txt"), format!("file {number}").as_bytes());
    }
    (world.connect(), proxy)
}

/// Each file of the folder was stored once, and nothing else was.
fn once(folder: &str) -> BTreeMap<String, usize> {
    (0..FILES).map(|number| (format!("{folder}/many/f-{number:02}.txt"), 1)).collect()
}

fn put(world: &World, to: &str, user: Option<&str>) -> Child {
    let mut command = world.command(&["put", "many", to, "--yes", "--json"], user, PASSWORD);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Another command that holds the data folder, and takes orders.
fn sends_the_film(world: &World) -> Child {
    let mut command = world.command(&["put", "film.mov", "public:a", "--yes"], Some("ada"), PASSWORD);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("it takes orders", || world.dir.path().join("data/amphora.sock").exists());
    child
}

#[test]
fn what_a_command_puts_goes_through_the_open_window_once_and_says_the_same() {
    let (world, proxy) = behind();
    let app = world.holder();
    let (code, beside) = told(&put(&world, "public:a", None).wait_with_output().unwrap());
    assert_eq!(code, 0, "{beside}");
    assert_eq!(world.versions(), once("a"));
    assert_eq!(proxy.count("PUT", "a/many/f-"), FILES, "one request for each");
    let of_holder: Vec<String> =
        app.transfer_rows(TransferTab::Done, 0, 100).unwrap().into_iter().map(|row| row.name).collect();
    assert_eq!(of_holder.len(), FILES, "the window shows them: {of_holder:?}");
    world.end(app);

    let (code, alone) = told(&put(&world, "public:b", Some("ada")).wait_with_output().unwrap());
    assert_eq!(code, 0, "{alone}");
    assert_eq!(beside.lines().count(), FILES);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&beside.replace("a/many/", "b/many/")), sorted(&alone), "line for line");
}

#[test]
fn what_has_ended_well_is_told_while_the_rest_goes_on() {
    let (world, proxy) = behind();
    world.file("film.mov", b"a film");
    world.file("plan.txt", b"a plan");
    proxy.add(Rule::new(Fault::Hold).on("PUT", "film"));
    let mut command = world.command(&["put", "plan.txt", "film.mov", "public:", "--yes"], Some("ada"), PASSWORD);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "plan.txt");
    assert_eq!(world.versions().len(), 1, "the film is still on its way");
    proxy.release();
    assert_eq!(lines.collect::<Vec<_>>(), ["film.mov"]);
    assert!(child.wait().unwrap().success());
}

#[test]
fn every_verb_works_beside_the_open_window() {
    let (world, _proxy) = behind();
    let app = world.holder();
    world.file("plan.txt", b"a plan");
    let run = |arguments: &[&str]| told(&world.run(arguments, None, ""));
    let (code, text) = run(&["status"]);
    assert!(code == 0 && text.contains("as ada"), "{text}");
    assert_eq!(run(&["put", "plan.txt", "private:"]), (0, "plan.txt\n".to_owned()));
    let (code, text) = run(&["put", "plan.txt", "public:"]);
    assert!(code == 2 && text.contains("--yes"), "what would be asked is asked here too: {text}");
    assert_eq!(run(&["cp", "private:plan.txt", "private:b.txt"]), (0, "plan.txt → b.txt\n".to_owned()));
    assert_eq!(run(&["mv", "private:b.txt", "private:in/"]), (0, "b.txt → in/b.txt\n".to_owned()));
    assert_eq!(run(&["get", "private:in", "back"]).0, 0);
    assert_eq!(crate::around::read(world.dir.path().join("back/in/b.txt")), b"a plan", "into the script's own folder");
    let (code, text) = run(&["share", "private:plan.txt"]);
    assert!(code == 0 && text.starts_with("http"), "{text}");
    assert_eq!(run(&["rm", "private:plan.txt", "--yes"]), (0, "1 deleted\n".to_owned()));
    let (code, text) = run(&["ls", "private:"]);
    assert!(code == 0 && text.trim() == "in/", "{text}");
    assert_eq!(run(&["ls", "private:none"]).0, 4);
    world.end(app);
}

#[test]
fn nothing_runs_as_somebody_else() {
    let (world, _proxy) = behind();
    let app = world.holder();
    let (code, text) = told(&put(&world, "public:", Some("bob")).wait_with_output().unwrap());
    assert!(code == 8 && text.contains("ada is signed in there"), "{text}");
    let other = World::new();
    let elsewhere = other.dir.path().join("aws-exports.json");
    let arguments = ["put", "many", "public:", "--yes", "--backend", elsewhere.to_str().unwrap()];
    let (code, text) = told(&world.run(&arguments, None, ""));
    assert!(code == 8 && text.contains("another storage is open"), "{text}");
    let (code, text) = told(&world.run(&["login", "bob"], None, PASSWORD));
    assert!(code == 8 && text.contains("already running"), "a password goes through no door: {text}");
    assert!(world.versions().is_empty());
    assert_eq!(told(&put(&world, "public:", Some("ada")).wait_with_output().unwrap()).0, 0, "ada is who is there");
    assert_eq!(
        told(&world.run(&["status", "--backend", "aws-exports.json"], None, "")).0,
        0,
        "and this is the storage"
    );

    world.runtime.block_on(app.sign_out()).unwrap();
    let (code, text) = told(&put(&world, "public:", Some("ada")).wait_with_output().unwrap());
    assert!(code == 8 && text.contains("nobody is signed in"), "{text}");
    world.end(app);
}

#[test]
fn only_the_person_themselves_can_knock() {
    let (world, _proxy) = behind();
    let app = world.holder();
    let mode = |name: &str| std::fs::metadata(world.dir.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/amphora.sock")), (0o700, 0o600));
    world.end(app);
    assert!(!world.dir.path().join("data/amphora.sock").exists(), "the door goes with the holder");
}

#[test]
fn a_door_that_a_killed_holder_left_is_replaced() {
    let (world, _proxy) = behind();
    let at = world.dir.path().join("data/amphora.sock");
    drop(std::os::unix::net::UnixListener::bind(&at).unwrap());
    assert!(at.exists(), "it is left behind, and nobody listens");
    assert_eq!(world.ada(&["status"]).0, 0, "with nobody there the command does it itself");
    drop(std::os::unix::net::UnixListener::bind(&at).unwrap());
    let app = world.holder();
    let (code, text) = told(&world.run(&["status"], None, ""));
    assert!(code == 0 && text.contains("as ada"), "{text}");
    world.end(app);
}

#[test]
fn what_knocks_and_is_not_understood_gets_a_sentence() {
    let (world, _proxy) = behind();
    let app = world.holder();
    let said = |order: &[u8]| {
        let mut socket = std::os::unix::net::UnixStream::connect(world.dir.path().join("data/amphora.sock")).unwrap();
        socket.write_all(order).unwrap();
        socket.shutdown(std::net::Shutdown::Write).unwrap();
        std::io::read_to_string(socket).unwrap()
    };
    let later = said(b"{\"version\":\"99.0.0\"}\n{\"anything\":1}\n");
    assert!(later.contains("of another version") && later.lines().count() == 1, "{later}");
    assert!(said(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").contains("of another version"));
    assert_eq!(said(b""), "", "who says nothing is told nothing");
    assert_eq!(told(&world.run(&["status"], None, "")).0, 0, "and it goes on taking orders");
    world.end(app);
}

#[test]
fn a_command_run_again_under_its_name_makes_nothing_twice() {
    let (world, _proxy) = behind();
    let app = world.holder();
    let twice = |text: &[u8]| {
        world.file("many/f-00.txt", text);
        let arguments = ["put", "many/f-00.txt", "public:n", "--yes", "--if-exists", "replace", "--request", "nightly"];
        told(&world.run(&arguments, None, ""))
    };
    assert_eq!(twice(b"first"), (0, "f-00.txt\n".to_owned()));
    assert_eq!(twice(b"second"), (0, "f-00.txt\n".to_owned()), "it tells the same");
    assert_eq!(world.versions().get("n/f-00.txt"), Some(&1), "and nothing is stored a second time");
    let gone = ["mv", "public:n/f-00.txt", "public:m/", "--request", "moved"];
    assert_eq!(told(&world.run(&gone, None, "")), told(&world.run(&gone, None, "")), "though the original is gone");
    assert_eq!(world.versions().get("m/f-00.txt"), Some(&1), "and it was moved once");
    world.end(app);
}

#[test]
fn a_script_that_is_killed_leaves_its_work_in_the_line_of_the_holder() {
    let (world, proxy) = behind();
    let app = world.holder();
    proxy.add(Rule::new(Fault::Hold).on("PUT", "f-25"));
    let mut script = put(&world, "public:a", None);
    until("the others are there", || world.versions().len() == FILES - 1);
    script.kill().unwrap();
    script.wait().unwrap();
    proxy.mend();
    until("the last one came too", || world.versions() == once("a"));
    world.end(app);
}

#[test]
fn a_holder_that_is_killed_is_told_and_the_next_run_ends_what_was_begun() {
    let (world, proxy) = behind();
    world.file("film.mov", b"held on the way");
    proxy.add(Rule::new(Fault::Hold).on("PUT", "film"));
    proxy.add(Rule::new(Fault::Hold).on("PUT", "f-25"));
    let mut holder = sends_the_film(&world);
    let script = put(&world, "public:a", Some("ada"));
    until("the others are there", || world.versions().len() == FILES - 1);
    holder.kill().unwrap();
    holder.wait().unwrap();
    let (code, text) = told(&script.wait_with_output().unwrap());
    assert!(code == 8 && text.contains("ended before it was done"), "{code} {text}");
    proxy.mend();
    let (code, text) = told(&put(&world, "public:a", Some("ada")).wait_with_output().unwrap());
    assert_eq!(code, 0, "{text}");
    let expected = once("a").into_iter().chain([("a/film.mov".to_owned(), 1)]).collect::<BTreeMap<_, _>>();
    assert_eq!(world.versions(), expected, "everything once, the holder's own too");
}

#[test]
fn two_scripts_at_once_share_the_one_that_came_first() {
    let (world, proxy) = behind();
    world.file("film.mov", b"held on the way");
    proxy.add(Rule::new(Fault::Hold).on("PUT", "film"));
    let mut first = sends_the_film(&world);
    let (code, text) = told(&put(&world, "public:a", Some("ada")).wait_with_output().unwrap());
    assert_eq!(code, 0, "it does not wait for the film: {text}");
    assert_eq!(world.versions(), once("a"));
    proxy.mend();
    assert!(first.wait().unwrap().success());
}

#[test]
fn an_account_that_changes_ends_what_was_asked_before() {
    let (world, proxy) = behind();
    let app: App = world.holder();
    proxy.add(Rule::new(Fault::Hold).on("PUT", "f-25"));
    let script = put(&world, "public:a", None);
    until("the others are there", || world.versions().len() == FILES - 1);
    world.runtime.block_on(app.sign_out()).unwrap();
    let (code, text) = told(&script.wait_with_output().unwrap());
    assert!(code == 9 && text.contains("The account changed"), "{code} {text}");
    proxy.mend();
    world.end(app);
    assert_eq!(world.versions().get("a/many/f-25.txt"), None, "and nobody else sent it");
}
