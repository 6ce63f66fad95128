//! The window's program.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

/// As in the command line, whose engine is the same.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    amphora_window::run();
}
