//! A private desktop: home, display, window manager, session bus, and a keychain if wanted.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::child::Running;
use crate::driver::application;
use crate::wait::until_now;

/// Whether this desktop has a keychain.
#[derive(Clone, Copy, PartialEq)]
pub enum KeychainService {
    /// Unlocked and empty.
    Unlocked,
    /// No secret service answers.
    None,
}

/// One desktop for one journey; dropping it ends everything that runs on it.
pub struct Desktop {
    name: String,
    environment: Vec<(String, String)>,
    // Dropped in this order: what needs the display goes before it, the folders last.
    _keychain: Option<Running>,
    _manager: Running,
    _bus: Running,
    _display: Running,
    folder: TempDir,
}

/// How web views draw on such a desktop, a variable and its value: without a graphics card, by the processor alone.
pub const COMPOSITING: (&str, &str) = ("WEBKIT_DISABLE_COMPOSITING_MODE", "1");

/// A session bus that starts nothing by itself, so that a service is there only when a journey wants it.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Desktop {
    /// Starts a desktop; `name` is that of the journey and of its screenshots.
    pub async fn start(name: &str, keychain: KeychainService) -> Self {
        let folder =
            tempfile::Builder::new().prefix("amphora-e2e-").tempdir().expect("the temporary folder can be written");
        let logs = folder.path().join("logs");
        let mut environment = surroundings(folder.path());
        fs::create_dir_all(&logs).expect("the folder is ours");

        let mut display = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1720x1000x24", "-nolisten", "tcp"])
                .stdout(Stdio::piped()),
            &logs,
        );
        environment.push(("DISPLAY".to_owned(), format!(":{}", first_line(&mut display))));

        let config = folder.path().join("bus.conf");
        fs::write(&config, BUS).expect("the folder is ours");
        let mut bus = Running::start(
            clean(&mut Command::new("dbus-daemon"), &environment)
                .arg(format!("--config-file={}", config.display()))
                .args(["--print-address=1", "--nofork"])
                .stdout(Stdio::piped()),
            &logs,
        );
        environment.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), first_line(&mut bus)));

        let manager = Running::start(clean(&mut Command::new("openbox"), &environment).stdout(Stdio::null()), &logs);
        let keychain = match keychain {
            KeychainService::None => None,
            KeychainService::Unlocked => Some(start_keychain(&environment, &logs).await),
        };
        Self {
            name: name.to_owned(),
            environment,
            _keychain: keychain,
            _manager: manager,
            _bus: bus,
            _display: display,
            folder,
        }
    }

    /// What the journey and its screenshots are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A folder of the person at this desktop, made when it is not there.
    pub fn folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join("home").join(name);
        fs::create_dir_all(&folder).expect("the folder is ours");
        folder
    }

    /// Where the application keeps its data on this desktop.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Runs a program of ours, built beside the application, to its end: the exit code and what it said.
    pub fn run(&self, program: &str, arguments: &[&str]) -> (i32, String) {
        self.run_with(&[], program, arguments)
    }

    /// The same, with these variables.
    pub fn run_with(&self, variables: &[(&str, &str)], program: &str, arguments: &[&str]) -> (i32, String) {
        let path = application().with_file_name(program);
        assert!(path.is_file(), "{} is not built: cargo build --bin {program}", path.display());
        let mut command = self.command(path.to_str().expect("cargo's target folder is a text"));
        let ended = command.args(arguments).envs(variables.iter().copied()).output().expect("it starts");
        let said = [ended.stdout, ended.stderr].concat();
        (ended.status.code().expect("it ends by itself"), String::from_utf8_lossy(&said).into_owned())
    }

    /// Where the programs of this desktop write what they have to say.
    pub(crate) fn logs(&self) -> PathBuf {
        self.folder.path().join("logs")
    }

    /// A program that will see this desktop and nothing of the one that runs the tests.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        clean(&mut command, &self.environment);
        command
    }
}

/// The variables of a fresh person without settings.
fn surroundings(folder: &Path) -> Vec<(String, String)> {
    let mut environment = vec![
        ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
        ("LC_ALL".to_owned(), "C.UTF-8".to_owned()),
        ("GSETTINGS_BACKEND".to_owned(), "memory".to_owned()),
        ("NO_AT_BRIDGE".to_owned(), "1".to_owned()),
        (COMPOSITING.0.to_owned(), COMPOSITING.1.to_owned()),
        ("AMPHORA_DATA_DIR".to_owned(), folder.join("data").display().to_string()),
    ];
    for (variable, name) in [
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DATA_HOME", "share"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(&path).expect("the folder is ours");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("the folder is ours");
        environment.push((variable.to_owned(), path.display().to_string()));
    }
    environment
}

async fn start_keychain(environment: &[(String, String)], logs: &Path) -> Running {
    let mut daemon = Command::new("gnome-keyring-daemon");
    clean(&mut daemon, environment)
        .args(["--foreground", "--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut daemon = Running::start(&mut daemon, logs);
    // It reads the password of the new keyring up to the end of its input.
    let mut input = daemon.child().stdin.take().expect("the input is a pipe");
    input.write_all(b"journey").expect("the keychain reads its password");
    drop(input);
    until_now("the keychain's name on the bus", || {
        let mut ask = Command::new("dbus-send");
        clean(&mut ask, environment).args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ]);
        let answer = ask.output().ok()?;
        String::from_utf8_lossy(&answer.stdout).contains("boolean true").then_some(())
    })
    .await;
    daemon
}

fn clean<'a>(command: &'a mut Command, environment: &[(String, String)]) -> &'a mut Command {
    command.env_clear().envs(environment.iter().cloned())
}

/// What a program prints once it is ready.
fn first_line(running: &mut Running) -> String {
    let output = running.child().stdout.take().expect("the output is a pipe");
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("the output can be read");
    assert!(!line.trim().is_empty(), "{} ended before it was ready", running.name());
    line.trim().to_owned()
}
