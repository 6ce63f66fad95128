//! The command line as a script meets it: arguments, lines, exit codes, and the bytes behind them.

use crate::around::{PASSWORD, World, read, told};

#[test]
fn a_storage_is_connected_once_and_then_known() {
    let world = World::new();
    let (code, text) = told(&world.run(&["status"], None, ""));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("No storage is connected"));
    let (code, text) = told(&world.run(&["connect", "aws-exports.json"], None, ""));
    assert!(code == 0 && text.contains("as a guest"), "{text}");
    let (code, text) = world.ada(&["connect", "aws-exports.json"]);
    assert!(code == 0 && text.contains("as ada"), "signed in at once: {text}");
    let (code, text) = world.ada(&["status", "--json"]);
    assert_eq!(code, 0);
    assert!(text.contains(r#""username":"ada""#), "{text}");
    let (code, text) = told(&world.run(&["status"], Some("ada"), "wrong"));
    assert_eq!(code, 3, "{text}");
}

#[test]
fn files_and_folders_go_up_are_listed_and_come_back() {
    let world = World::connected();
    let film: Vec<u8> = (0..(20 << 20)).map(|at: u32| (at ^ (at >> 9)) as u8).collect();
    world.file("trip/day 1/a b+ü.txt", b"one");
    world.file("trip/film.mov", &film);
    let (code, text) = world.ada(&["put", "trip", "private:holidays"]);
    assert_eq!(code, 0, "{text}");
    let (code, text) = world.ada(&["ls", "private:holidays/trip/", "--json"]);
    assert_eq!(code, 0);
    let keys: Vec<&str> = text.lines().filter_map(|line| line.split(r#""key":""#).nth(1)?.split('"').next()).collect();
    assert_eq!(keys, ["holidays/trip/day 1/", "holidays/trip/film.mov"]);
    assert!(text.contains(&format!(r#""size":{}"#, film.len())), "{text}");

    let (code, text) = world.ada(&["get", "private:holidays/trip", "back"]);
    assert_eq!(code, 0, "{text}");
    assert!(read(world.dir.path().join("back/trip/film.mov")) == film, "byte for byte");
    assert_eq!(read(world.dir.path().join("back/trip/day 1/a b+ü.txt")), b"one");
    assert_eq!(world.ada(&["ls", "private:holidays/none"]).0, 4);
    assert_eq!(world.ada(&["ls", "nowhere:x"]).0, 2);
    assert_eq!(told(&world.run(&["ls", "private:"], None, "")).0, 3, "a guest has nothing private");
}

#[test]
fn what_somebody_else_shares_is_named_by_their_identity() {
    let world = World::connected();
    world.file("plan.txt", b"bob's plan");
    let bob = |arguments: &[&str]| told(&world.run(arguments, Some("bob"), PASSWORD));
    assert_eq!(bob(&["put", "plan.txt", "protected:", "--yes"]).0, 0);
    let (code, status) = bob(&["status", "--json"]);
    assert_eq!(code, 0, "{status}");
    let status: serde_json::Value = serde_json::from_str(status.trim()).unwrap();
    let theirs = format!("protected@{}:", status["identity"].as_str().unwrap());
    assert!(bob(&["status"]).1.contains(&theirs), "people are told as well");
    assert_eq!(world.ada(&["ls", &theirs]).0, 0);
    let (code, text) = world.ada(&["get", &format!("{theirs}plan.txt"), "here"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(read(world.dir.path().join("here/plan.txt")), b"bob's plan");
    let (code, text) = world.ada(&["put", "plan.txt", &theirs, "--yes"]);
    assert!(code != 0 && text.contains("not add"), "nobody writes for somebody else: {text}");
}

/// `script` gives the command a terminal.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_a_bar_shows_how_far_it_is_and_for_programs_there_is_none() {
    let world = World::connected();
    world.file("film.mov", &vec![7; 40 << 20]);
    let cli = env!("CARGO_BIN_EXE_amphora-cli");
    let in_terminal = |arguments: &str| {
        let mut command = world.command(&["-qec", &format!("{cli} {arguments}"), "/dev/null"], Some("ada"), PASSWORD);
        // The same surroundings, another program.
        let environment: Vec<_> =
            command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
        let mut script = std::process::Command::new("script");
        script.args(command.get_args()).current_dir(world.dir.path());
        for (name, value) in environment {
            match value {
                Some(value) => script.env(name, value),
                None => script.env_remove(name),
            };
        }
        command = script;
        told(&command.output().unwrap())
    };
    let (code, text) = in_terminal("put film.mov private:");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("/40.00 MiB") && text.contains("\u{2588}"), "a bar, and how many bytes: {text}");
    assert!(!text.contains("/0 B"), "not a full one before anything is known: {text}");
    let (code, text) = in_terminal("ls private:");
    assert!(code == 0 && text.contains("film.mov") && !text.contains('\u{2591}'), "none where nothing goes on: {text}");
    let (code, text) = in_terminal("get private:film.mov here --json");
    assert!(code == 0 && !text.contains('\u{2588}'), "{text}");
}

#[test]
fn a_name_that_is_taken_is_decided_by_the_command() {
    let world = World::connected();
    world.file("r.txt", b"old");
    assert_eq!(world.ada(&["put", "r.txt", "private:"]).0, 0);
    let (code, text) = world.ada(&["put", "r.txt", "private:"]);
    assert!(code == 0 && text.contains("there already"), "{text}");
    world.file("r.txt", b"newer");
    let (code, text) = world.ada(&["put", "r.txt", "private:", "--if-exists", "keep-both"]);
    assert_eq!(code, 0, "{text}");
    let (code, text) = world.ada(&["put", "r.txt", "private:"]);
    assert!(code == 1 && text.contains("the name is taken"), "{text}");
    assert_eq!(world.ada(&["put", "r.txt", "private:", "--if-exists", "replace"]).0, 0);
    assert_eq!(world.ada(&["get", "private:r.txt", "got"]).0, 0);
    assert_eq!(read(world.dir.path().join("got/r.txt")), b"newer");
    assert!(world.ada(&["ls", "private:"]).1.contains("r (2).txt"));
}

#[test]
fn what_would_be_asked_needs_a_yes() {
    let world = World::connected();
    world.file("a.txt", b"a");
    let (code, text) = world.ada(&["put", "a.txt", "public:"]);
    assert!(code == 2 && text.contains("--yes"), "{text}");
    assert_eq!(world.ada(&["put", "a.txt", "public:", "--yes"]).0, 0);
    let (code, text) = world.ada(&["rm", "public:a.txt"]);
    assert!(code == 2 && text.contains("for good"), "{text}");
    assert_eq!(world.ada(&["rm", "public:", "--yes"]).0, 2, "a whole place is not deleted at once");
    assert_eq!(world.ada(&["rm", "public:a.txt", "--yes"]), (0, "1 deleted\n".to_owned()));
    assert_eq!(world.ada(&["rm", "public:a.txt", "--yes"]).0, 4);
    assert_eq!(world.ada(&["put", "none.txt", "private:"]).0, 2);
}

#[test]
fn files_and_folders_are_copied_and_moved_on_the_server() {
    let world = World::connected();
    world.file("trip/day 1/a.txt", b"one");
    world.file("trip/b.txt", b"two");
    assert_eq!(world.ada(&["put", "trip", "private:"]).0, 0);
    assert_eq!(world.ada(&["cp", "private:trip/b.txt", "private:c.txt"]), (0, "trip/b.txt → c.txt\n".to_owned()));
    let (code, text) = world.ada(&["cp", "private:trip/b.txt", "private:c.txt"]);
    assert!(code == 0 && text.contains("there already"), "the same content is there: {text}");
    let (code, text) = world.ada(&["cp", "private:trip/day 1/a.txt", "private:c.txt"]);
    assert!(code == 6 && text.contains("something of this name"), "{text}");
    let (code, text) = world.ada(&["cp", "private:trip/day 1/a.txt", "private:c.txt", "--if-exists", "keep-both"]);
    assert_eq!((code, text.as_str()), (0, "trip/day 1/a.txt → c (2).txt\n"), "it says under which name");
    let (code, text) = world.ada(&["cp", "private:c.txt", "public:"]);
    assert!(code == 2 && text.contains("--yes"), "more people would see it: {text}");
    assert_eq!(world.ada(&["cp", "private:c.txt", "public:", "--yes"]).0, 0);
    assert_eq!(world.ada(&["mv", "private:trip", "private:trip/inside/"]).0, 2, "not into itself");
    let (code, text) = world.ada(&["mv", "private:trip", "private:2026/harbour"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(world.ada(&["get", "private:2026/harbour", "back"]).0, 0);
    assert_eq!(read(world.dir.path().join("back/harbour/day 1/a.txt")), b"one");
    assert_eq!(world.ada(&["ls", "private:trip"]).0, 4, "and the old one is gone");
    assert_eq!(world.ada(&["cp", "private:none", "private:x"]).0, 4);
}

#[test]
fn a_link_opens_the_file_without_a_sign_in() {
    let world = World::connected();
    world.file("a.txt", b"for everybody who has the link");
    world.ada(&["put", "a.txt", "private:"]);
    let (code, link) = world.ada(&["share", "private:a.txt", "--seconds", "60"]);
    assert_eq!(code, 0);
    let rest = link.trim().strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("for everybody who has the link"), "{answer}");
    assert_eq!(world.ada(&["share", "private:none.txt"]).0, 4);
}

#[test]
fn a_server_that_is_gone_and_a_holder_that_does_not_answer_are_told_apart() {
    let mut world = World::connected();
    world.file("data/amphora.lock", b"");
    let lock = std::fs::File::open(world.dir.path().join("data/amphora.lock")).unwrap();
    lock.lock().unwrap();
    let (code, text) = world.ada(&["status"]);
    assert!(code == 8 && text.contains("already running"), "{text}");
    drop(lock);
    let sandbox = world.sandbox.take().unwrap();
    world.runtime.block_on(sandbox.stop());
    assert_eq!(world.ada(&["ls", "private:"]).0, 7);
}

#[test]
fn completions_are_printed_without_any_storage() {
    let world = World::new();
    let (code, text) = told(&world.run(&["completions", "bash"], None, ""));
    assert!(code == 0 && text.contains("complete -F"), "{text}");
}

#[cfg(feature = "opendal")]
#[test]
fn a_folder_of_this_computer_is_a_place_where_that_is_said() {
    let world = World::new();
    let archive = world.dir.path().join("archive");
    std::fs::create_dir(&archive).unwrap();
    let exports = std::fs::read_to_string(world.dir.path().join("aws-exports.json")).unwrap();
    let mut exports: serde_json::Value = serde_json::from_str(&exports).unwrap();
    exports["amphora"]["places"] =
        serde_json::json!([{ "name": "Archive", "service": "fs", "options": { "root": archive } }]);
    world.file("with-archive.json", exports.to_string().as_bytes());
    world.file("notes.txt", b"kept");

    let (code, text) = told(&world.run(&["connect", "with-archive.json"], None, ""));
    assert!(code == 0 && text.contains("is not opened. Add --folders"), "{text}");
    let (code, text) = world.ada(&["put", "notes.txt", "Archive:", "--yes"]);
    assert!(code == 2 && text.contains("There is no place `Archive`"), "{text}");

    let (code, text) = told(&world.run(&["connect", "with-archive.json", "--folders"], None, ""));
    assert!(code == 0 && text.contains("Archive:"), "{text}");
    let (code, text) = world.ada(&["put", "notes.txt", "Archive:2026", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(read(archive.join("2026/notes.txt")), b"kept");
    let (code, text) = world.ada(&["ls", "Archive:2026/", "--json"]);
    assert!(code == 0 && text.contains("notes.txt"), "{text}");
    let (code, text) = world.ada(&["get", "Archive:2026", "back"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(read(world.dir.path().join("back/2026/notes.txt")), b"kept");
    let (code, text) = world.ada(&["share", "Archive:2026/notes.txt"]);
    assert!(code == 5 && text.contains("this place can't do that"), "{text}");
    let (code, text) = world.ada(&["rm", "Archive:2026/notes.txt", "--yes"]);
    assert_eq!(code, 0, "{text}");
    assert!(!archive.join("2026/notes.txt").exists());
}
