//! Where the window's memory comes from, and how soon what is free goes back to the system.

use tikv_jemalloc_ctl::{Access, AsName, Result, background_thread};

/// As in the command line, whose engine is the same.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Milliseconds that free memory is kept for the next picture: they come in bursts, and a window stands idle for hours.
const KEPT_MS: isize = 1_000;

/// Gives free memory back after a second, also while nothing is allocated. Where there are no threads for that (macOS), it
/// goes back with the first allocation after that second.
pub(crate) fn give_back_soon() {
    // Refused, memory goes back as the allocator sees fit: nobody has to know.
    let _ = set();
}

fn set() -> Result<()> {
    // For the arenas that are still to come, and for the one that is there.
    for name in [b"arenas.dirty_decay_ms\0".as_slice(), b"arena.0.dirty_decay_ms\0"] {
        name.name().write(KEPT_MS)?;
    }
    background_thread::write(true)
}

#[cfg(all(test, target_os = "linux", target_env = "gnu"))]
mod tests {
    use super::{KEPT_MS, set};
    use tikv_jemalloc_ctl::{Access, AsName, background_thread};

    #[test]
    fn free_memory_goes_back_after_a_second() {
        set().unwrap();
        let kept: isize = b"arenas.dirty_decay_ms\0".as_slice().name().read().unwrap();
        assert_eq!(kept, KEPT_MS);
        assert!(background_thread::read().unwrap());
    }
}
