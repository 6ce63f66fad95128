//! System packages: which are missing, and installing them, asking where it must.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::{Problem, process};

/// What the packages are for; each purpose includes the ones before it.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(crate) enum Purpose {
    /// Building and opening the window.
    Window,
    /// Driving the window without a display.
    Tests,
    /// The tools that the benchmarks compare with.
    Benchmarks,
}

/// Whether a person may be asked before something is installed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Asking {
    /// Ask at a terminal; without one print the command and stop.
    Person,
    /// Never ask: install when that needs no password, else print the command and stop.
    Nobody,
}

const DEBIAN: &[(Purpose, &[&str])] = &[
    (Purpose::Window, &["build-essential", "pkg-config", "cmake", "nasm", "libwebkit2gtk-4.1-dev", "librsvg2-dev"]),
    (
        Purpose::Tests,
        &[
            "python3-venv",
            "webkit2gtk-driver",
            "xvfb",
            "xauth",
            "dbus",
            "dbus-x11",
            "xdotool",
            "x11-utils",
            "openbox",
            "gnome-keyring",
            "python3-gi",
            "gir1.2-gtk-3.0",
            "imagemagick",
            "procps",
            "fonts-dejavu-core",
        ],
    ),
    (Purpose::Benchmarks, &["rclone", "libvips-tools"]),
];
const FEDORA: &str = "sudo dnf install gcc gcc-c++ make pkgconf cmake nasm webkit2gtk4.1-devel librsvg2-devel";
const ARCH: &str = "sudo pacman -S --needed base-devel cmake nasm webkit2gtk-4.1 librsvg";

/// Installs what is missing for the purpose, or says what to install.
pub(crate) fn install(purpose: Purpose, asking: Asking) -> Result<(), Problem> {
    if cfg!(target_os = "macos") {
        return tools(
            "Amphora needs Xcode's command line tools (`xcode-select --install`) and `brew install cmake nasm`.",
        );
    }
    if cfg!(windows) {
        return tools(
            "Amphora needs the Visual Studio Build Tools (C++), CMake, NASM and the WebView2 runtime (part of Windows 11).",
        );
    }
    if there("dpkg-query", "--version") {
        debian(purpose, asking)
    } else if there("dnf", "--version") {
        by_pkg_config(FEDORA)
    } else if there("pacman", "--version") {
        by_pkg_config(ARCH)
    } else {
        by_pkg_config(
            "Install a C and C++ compiler, pkg-config, cmake, nasm and WebKitGTK 4.1 with its development files.",
        )
    }
}

fn debian(purpose: Purpose, asking: Asking) -> Result<(), Problem> {
    let wanted =
        DEBIAN.iter().filter(|(needed_for, _)| *needed_for <= purpose).flat_map(|(_, names)| names.iter().copied());
    let missing = missing(wanted.collect());
    if missing.is_empty() {
        return Ok(());
    }
    let root = is_root();
    let line =
        format!("{}apt-get install -y --no-install-recommends {}", if root { "" } else { "sudo " }, missing.join(" "));
    match asking {
        Asking::Person if !std::io::stdin().is_terminal() => {
            return Err(format!("System packages are missing. Install them with:\n  {line}"));
        }
        Asking::Person => ask(&line)?,
        Asking::Nobody if !root && !there("sudo", "-n") => {
            return Err(format!("System packages are missing. Install them with:\n  {line}"));
        }
        Asking::Nobody => println!("Installing system packages: {}", missing.join(" ")),
    }
    apt_get(root, asking, &["update", "-qq"])?;
    let mut install = vec!["install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&missing);
    apt_get(root, asking, &install)
}

/// The names among these that dpkg does not know as installed.
fn missing(wanted: Vec<&'static str>) -> Vec<&'static str> {
    let installed = Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Abbrev} ${Package}\n"])
        .args(&wanted)
        .stderr(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let has = |name: &str| {
        installed.lines().any(|line| line.starts_with("ii") && line.split_whitespace().last() == Some(name))
    };
    wanted.into_iter().filter(|name| !has(name)).collect()
}

fn apt_get(root: bool, asking: Asking, arguments: &[&str]) -> Result<(), Problem> {
    let mut command = Command::new(if root { "env" } else { "sudo" });
    if !root && asking == Asking::Nobody {
        command.arg("-n");
    }
    // The lock time-out waits for the system's own upgrade at first boot.
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]).args(arguments);
    process::shown(&mut command)
}

fn ask(line: &str) -> Result<(), Problem> {
    print!("Amphora needs a few system packages:\n  {line}\nInstall them now? [Y/n] ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| format!("Couldn't read the answer: {error}."))?;
    match answer.trim().to_ascii_lowercase().as_str() {
        "" | "y" | "yes" => Ok(()),
        _ => Err("Nothing was installed. Run the line above yourself, then start again.".to_owned()),
    }
}

/// Where we know no package names: are the libraries there at all?
fn by_pkg_config(sentence: &str) -> Result<(), Problem> {
    let library =
        Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]).status().is_ok_and(|status| status.success());
    if library && there("cmake", "--version") && there("nasm", "--version") {
        Ok(())
    } else {
        Err(format!("System packages are missing. {sentence}"))
    }
}

fn tools(sentence: &str) -> Result<(), Problem> {
    if there("cmake", "--version") && there("nasm", "--version") { Ok(()) } else { Err(sentence.to_owned()) }
}

fn there(program: &str, argument: &str) -> bool {
    let mut command = Command::new(program);
    command.arg(argument).stdout(Stdio::null()).stderr(Stdio::null());
    if program == "sudo" {
        command.arg("true");
    }
    command.status().is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
