//! The queue by its numbers, while another process runs it.

use amphora_faults::{Fault, FaultProxy, Rule};
use serde_json::Value;

use crate::around::{World, told, until};

struct Busy {
    world: World,
    proxy: FaultProxy,
    app: amphora_app::App,
}

/// A window that has sent one file and is stuck with another.
fn busy() -> Busy {
    let proxy = FaultProxy::start().unwrap();
    let world = World::that_counts(Some(proxy.port()));
    proxy.forward_to(world.sandbox.as_ref().unwrap().address());
    let world = world.connect();
    let app = world.holder();
    world.file("a.txt", b"a");
    world.file("b.txt", b"b");
    assert_eq!(told(&world.run(&["put", "a.txt", "public:", "--yes"], None, "")).0, 0);
    proxy.add(Rule::new(Fault::Hold).on("PUT", "b.txt"));
    let mut put = world.command(&["put", "b.txt", "public:", "--yes"], None, "").spawn().unwrap();
    let busy = Busy { world, proxy, app };
    until("it is under way", || busy.list().len() == 2 && busy.list()[1]["state"] == "running");
    put.kill().unwrap();
    put.wait().unwrap();
    busy
}

impl Busy {
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        told(&self.world.run(arguments, None, ""))
    }

    fn list(&self) -> Vec<Value> {
        let (code, text) = self.run(&["queue", "list", "--json"]);
        assert_eq!(code, 0, "{text}");
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn state(&self, at: usize) -> String {
        self.list()[at]["state"].as_str().unwrap().to_owned()
    }
}

#[test]
fn transfers_are_paused_resumed_stopped_and_cleared_by_their_numbers() {
    let busy = busy();
    let id = busy.list()[1]["id"].to_string();
    let (code, text) = busy.run(&["queue", "pause", &id]);
    assert!(code == 0 && text.contains("paused") && text.contains("public:b.txt"), "{text}");
    assert_eq!(busy.state(1), "paused");
    let (code, text) = busy.run(&["queue"]);
    assert!(code == 1 && text.contains("paused"), "what waits for a person is not done: {text}");
    assert_eq!(busy.run(&["queue", "resume", &id]).0, 0);
    until("it runs again", || busy.state(1) == "running");
    assert_eq!(busy.run(&["queue", "cancel", &id]).0, 0);
    assert_eq!(busy.state(1), "cancelled");
    busy.proxy.mend();
    assert_eq!(busy.run(&["queue", "retry", &id]).0, 0);
    let (code, text) = busy.run(&["queue"]);
    assert!(code == 0 && text.lines().count() == 2, "{text}");
    assert_eq!(busy.world.versions().get("b.txt"), Some(&1));
    assert_eq!(busy.run(&["queue", "clear", "--all"]).0, 0);
    assert!(busy.list().is_empty());
    busy.world.end(busy.app);
}

#[test]
fn what_is_meant_has_to_be_said_and_has_to_be_there() {
    let busy = busy();
    assert_eq!(busy.run(&["queue", "pause"]).0, 2, "neither numbers nor all");
    assert_eq!(busy.run(&["queue", "pause", "1", "--all"]).0, 2);
    let (code, text) = busy.run(&["queue", "cancel", "77"]);
    assert!(code == 4 && text.contains("There is no transfer 77"), "{text}");
    assert_eq!(busy.run(&["queue", "pause", "--all"]).0, 0);
    assert_eq!((busy.state(0), busy.state(1)), ("done".to_owned(), "paused".to_owned()), "what is over stays so");
    busy.world.end(busy.app);
}
