//! Every dependency that we ship or build with has a licence that we may use.

use std::fs;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::{Problem, workspace};

/// Permissive licences; anything else is refused, whole-program copyleft above all.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "IJG",
    "ISC",
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

/// Copyleft by file only, and shipped unchanged: we use these crates as they are published.
const BY_FILE: &[&str] = &["cssparser", "cssparser-macros", "dtoa-short", "option-ext", "selectors", "webdriver"];

/// Checks the crates of every platform and the npm packages that reach the window.
pub(crate) fn check() -> Result<(), Problem> {
    let mut refused = crates(&workspace::metadata(&["--locked"])?);
    let ui = workspace::ui();
    if ui.join("package-lock.json").is_file() {
        let lock = fs::read(ui.join("package-lock.json"))
            .map_err(|error| format!("Couldn't read ui/package-lock.json: {error}."))?;
        refused
            .extend(npm(&serde_json::from_slice(&lock)
                .map_err(|error| format!("Couldn't read ui/package-lock.json: {error}."))?));
    }
    if refused.is_empty() { Ok(()) } else { Err(format!("Licences that we may not use:\n  {}", refused.join("\n  "))) }
}

fn crates(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let foreign = packages.iter().filter(|package| !package["source"].is_null());
    foreign
        .filter_map(|package| {
            let (name, licence) =
                (package["name"].as_str().unwrap_or_default(), package["license"].as_str().unwrap_or("none named"));
            let fits = fits(licence, BY_FILE.contains(&name));
            (!fits).then(|| format!("{name} {}: {licence}", package["version"].as_str().unwrap_or_default()))
        })
        .collect()
}

fn npm(lock: &Value) -> Vec<String> {
    let packages = lock["packages"].as_object().cloned().unwrap_or_default();
    let shipped = packages.iter().filter(|(path, package)| !path.is_empty() && package["dev"].as_bool() != Some(true));
    shipped
        .filter_map(|(path, package)| {
            let licence = package["license"].as_str().unwrap_or("none named");
            (!fits(licence, false)).then(|| format!("{path}: {licence}"))
        })
        .collect()
}

/// Whether the expression can be met by allowed licences alone.
fn fits(licence: &str, by_file: bool) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|requirement| {
            requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name) || (by_file && id.name == "MPL-2.0"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_fits_when_one_side_is_permissive() {
        assert!(fits("MIT/Apache-2.0", false), "the old way to write a choice");
        assert!(fits("LGPL-2.1-or-later OR MIT", false), "we take the MIT side");
        assert!(!fits("MIT AND GPL-3.0-only", false), "both sides bind");
        assert!(!fits("AGPL-3.0", true), "copyleft of whole programs is refused everywhere");
        assert!(!fits("none named", false), "no licence is no permission");
    }

    #[test]
    fn copyleft_by_file_fits_only_named_crates() {
        assert!(fits("MPL-2.0", true));
        assert!(!fits("MPL-2.0", false));
    }
}
