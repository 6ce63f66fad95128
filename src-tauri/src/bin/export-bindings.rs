//! Writes the TypeScript side of the commands and events to the file named on the command line.

fn main() {
    let path = std::env::args().nth(1).expect("name the file to write");
    amphora_window::export_bindings(std::path::Path::new(&path));
}
