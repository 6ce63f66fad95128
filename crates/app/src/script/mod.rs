//! What a script asks. A command is a value, so it is answered the same by the script's own process and, while a window
//! or another script holds the data folder, by that one: through its door.

mod address;
mod ask;
mod door;
mod door_name;
mod ends;
mod files;
mod knock;
mod line;
mod order;
mod read;
mod request;
mod told;

pub use address::name_of;
pub(crate) use door::Door;
pub use knock::Holder;
pub use request::{AsWhom, LocalPath, QueueAct, Request, Taken, Verb};
pub use told::{End, Tell, Told};
