//! The window's program.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

#[cfg(not(target_env = "msvc"))]
mod allocator;

fn main() {
    #[cfg(not(target_env = "msvc"))]
    allocator::give_back_soon();
    amphora_window::run();
}
