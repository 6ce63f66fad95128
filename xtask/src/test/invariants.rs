//! Rules of the house that no compiler checks: arrows between crates, versions in one place, files that fit in the head.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Problem, workspace};

/// Past this a file needs a split; generated files are exempt.
const LONGEST: usize = 600;

/// A crate of ours, and what its whole tree must never hold.
const NEVER: &[(&str, &[&str])] = &[
    ("amphora-app", &["tauri", "amphora-sandbox"]),
    ("amphora-cli", &["tauri", "amphora-sandbox"]),
    ("amphora-storage", &["tauri", "amphora-auth", "amphora-sandbox"]),
    ("amphora-auth", &["tauri", "amphora-storage", "amphora-sandbox"]),
    ("amphora-config", &["tauri", "hyper", "reqwest", "amphora-storage", "amphora-auth"]),
    ("amphora-thumbs", &["tauri", "hyper", "reqwest", "amphora-storage", "amphora-auth"]),
    (
        "amphora-sandbox",
        &["tauri", "amphora-app", "amphora-storage", "amphora-auth", "amphora-config", "amphora-thumbs"],
    ),
    ("xtask", &["tauri", "tokio"]),
];

/// Checks them all and names every breach.
pub(crate) fn check() -> Result<(), Problem> {
    let metadata = workspace::metadata(&["--locked"])?;
    let mut breaches = arrows(&metadata);
    for manifest in manifests(&metadata) {
        let text = fs::read_to_string(&manifest).unwrap_or_default();
        breaches.extend(
            own_versions(&text)
                .into_iter()
                .map(|line| format!("{}: {line}: versions belong in the root Cargo.toml", manifest.display())),
        );
    }
    for folder in ["crates", "src-tauri", "xtask", "tests", "ui/src"] {
        files(&workspace::root().join(folder), &mut |path| breaches.extend(shape(path)));
    }
    if breaches.is_empty() { Ok(()) } else { Err(breaches.join("\n")) }
}

/// The house's arrows: no crate reaches what it must not know, however far down.
fn arrows(metadata: &Value) -> Vec<String> {
    let nodes = metadata["resolve"]["nodes"].as_array().cloned().unwrap_or_default();
    let name_of = |id: &str| {
        let packages = metadata["packages"].as_array().into_iter().flatten();
        packages
            .filter(|package| package["id"] == id)
            .find_map(|package| package["name"].as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let mut breaches = Vec::new();
    for (name, never) in NEVER {
        let Some(start) = nodes.iter().find_map(|node| node["id"].as_str().filter(|id| name_of(id) == *name)) else {
            continue;
        };
        let (mut open, mut seen) = (vec![start.to_owned()], Vec::new());
        while let Some(id) = open.pop() {
            let known = nodes.iter().find(|node| node["id"] == id.as_str()).and_then(|node| node["deps"].as_array());
            for next in
                known.into_iter().flatten().filter(|dep| is_needed_to_run(dep)).filter_map(|dep| dep["pkg"].as_str())
            {
                if !seen.iter().any(|old| old == next) {
                    seen.push(next.to_owned());
                    open.push(next.to_owned());
                }
            }
        }
        let reached: Vec<String> = seen.iter().map(|id| name_of(id)).collect();
        breaches.extend(
            never
                .iter()
                .filter(|bad| reached.iter().any(|name| name == *bad))
                .map(|bad| format!("{name} reaches {bad}")),
        );
    }
    breaches
}

/// Dependencies of tests and build scripts do not ship.
fn is_needed_to_run(dependency: &Value) -> bool {
    dependency["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null())
}

fn manifests(metadata: &Value) -> Vec<PathBuf> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter(|package| package["source"].is_null())
        .filter_map(|package| package["manifest_path"].as_str())
        .map(PathBuf::from)
        .collect()
}

/// Dependency lines that name a version, or a source, of their own.
fn own_versions(manifest: &str) -> Vec<&str> {
    let mut in_dependencies = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && !line.is_empty() && !line.starts_with('#') && !line.contains("workspace = true") {
            found.push(line);
        }
    }
    found
}

/// A source file opens with a sentence and is short enough to know.
fn shape(path: &Path) -> Vec<String> {
    let name = path.strip_prefix(workspace::root()).unwrap_or(path).display().to_string();
    let code = ["rs", "ts", "tsx", "css"].iter().any(|kind| path.extension().is_some_and(|found| found == *kind));
    if !code || name.ends_with("bindings.ts") {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut breaches = Vec::new();
    if text.lines().count() > LONGEST {
        breaches.push(format!("{name} has {} lines; split it ({LONGEST} at most)", text.lines().count()));
    }
    if name.ends_with(".rs") && !text.starts_with("//!") && !text.contains("include!") && !text.starts_with("// ") {
        breaches.push(format!("{name} opens without a sentence that says what it is for"));
    }
    if text.contains("@tauri-apps/") && !name.contains("/host/") && name.contains("ui/src") {
        breaches.push(format!("{name} names @tauri-apps; only ui/src/host may"));
    }
    breaches
}

fn files(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let generated =
            ["node_modules", "dist", "gen", "autogenerated", "shots"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !generated {
            files(&path, visit);
        } else if path.is_file() {
            visit(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_outside_the_root_is_found() {
        let manifest = "[package]\nversion = \"1\"\n[dependencies]\nserde.workspace = true\nrand = \"0.9\"\n# note\n\n[dev-dependencies]\nfoo = { version = \"1\" }\n[lints]\nworkspace = true\n";
        assert_eq!(own_versions(manifest), ["rand = \"0.9\"", "foo = { version = \"1\" }"]);
    }
}
