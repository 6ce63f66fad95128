//! The proxy as a process of its own, told what to do by lines.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use amphora_storage::{Body, Control, ErrorKind, IfExists, Key, PutOptions, Space};
use amphora_testbed::{PolicySet, Testbed};

struct Process {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Process {
    fn start(arguments: &[&str]) -> (Self, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fault-proxy"));
        let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut process = Self { child, input, output: BufReader::new(output).lines() };
        let first = process.read();
        (process, first)
    }

    fn read(&mut self) -> String {
        self.output.next().unwrap().unwrap()
    }

    fn say(&mut self, line: &str) -> String {
        writeln!(self.input, "{line}").unwrap();
        self.read()
    }

    /// The end of its input is its end.
    fn end(self) {
        let Self { mut child, input, .. } = self;
        drop(input);
        assert!(child.wait().unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_obeys_lines_and_says_what_passed() {
    // The sandbox has to know the proxy's port before there is one that it can forward to.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let testbed = Testbed::with(|options| {
        options.policy = PolicySet::Recommended;
        options.behind = Some(port);
    });
    let testbed = testbed.await.unwrap();
    let to = testbed.sandbox().address().to_string();
    let (mut process, first) = Process::start(&["--to", &to, "--port", &port.to_string()]);
    assert_eq!(first, format!(r#"{{"endpoint":"http://127.0.0.1:{port}"}}"#));

    let (storage, key) = (testbed.storage(), Key::parse("a.txt").unwrap());
    let put = async |text: &'static str| {
        let options = PutOptions::new(IfExists::Replace);
        storage.put(&Space::Private, &key, Body::Bytes(text.into()), options, &Control::default()).await
    };
    let rule = r#"{"add":{"fault":{"kind":"answer","status":403,"code":"AccessDenied"},"method":"PUT","times":1}}"#;
    assert_eq!(process.say(rule), r#"{"done":true}"#);
    assert_eq!(put("one").await.unwrap_err().kind(), ErrorKind::AccessDenied);
    put("two").await.unwrap();
    assert_eq!(process.say(r#""cut""#), r#"{"done":true}"#);
    assert_eq!(put("three").await.unwrap_err().kind(), ErrorKind::Offline);
    process.say(r#""mend""#);
    assert_eq!(storage.get(&Space::Private, &key, None, &Control::default()).await.unwrap().bytes, "two");
    let seen = process.say(r#""seen""#);
    assert_eq!(seen.matches(r#""method":"PUT""#).count(), 2, "what was cut never became a request: {seen}");
    assert!(process.say(r#"{"slowly":1}"#).contains("unknown variant"), "a mistyped command is told");
    process.end();
}
