//! Is Node there, and new enough for the window's build tools?

use std::process::Command;

use crate::Problem;

/// The oldest Node that the build tools take.
const OLDEST: (u32, u32) = (20, 19);

const HOW: &str =
    "Get it from https://nodejs.org (LTS), from https://github.com/nodesource/distributions, or by `nvm install 22`.";

/// Says plainly what is missing when Node is absent or too old.
pub(crate) fn check() -> Result<(), Problem> {
    let (major, minor) = OLDEST;
    let Ok(output) = Command::new("node").arg("--version").output() else {
        return Err(format!("Node is not installed; Amphora's window needs {major}.{minor} or newer. {HOW}"));
    };
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match version(&text) {
        Some(found) if found >= OLDEST => Ok(()),
        _ => Err(format!("Node {text} is too old; Amphora's window needs {major}.{minor} or newer. {HOW}")),
    }
}

/// `v20.19.3` → (20, 19).
fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(version("v18.20.4").unwrap() < OLDEST, "Debian 12's own Node is too old");
        assert!(version("v20.9.0").unwrap() < OLDEST, "9 is less than 19");
        assert!(version("v22.0.0").unwrap() >= OLDEST, "a newer major is fine");
        assert_eq!(version("20.19"), None, "node prints a leading v");
    }
}
