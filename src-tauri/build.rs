//! Makes a permission of each of our commands, so that the capability file can name exactly these.

include!("src/commands/names.rs");

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capability file fit together");
    println!("cargo:rerun-if-changed=src/commands/names.rs");
}
