//! What can be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Files behind AWS Amplify and Cognito, from the command line: the same storage, sign-in and queue as the window's.
///
/// A file is named PLACE:FOLDER/NAME, with the places private:, protected:, public:, protected@ID: or those of the
/// storage's own rules.
#[derive(Debug, Parser)]
#[command(name = "amphora-cli", version)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub what: What,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Uses this configuration instead of the connected storage.
    #[arg(long, global = true, env = "AMPHORA_BACKEND", value_name = "FILE")]
    pub backend: Option<PathBuf>,
    /// Signs in with this name and AMPHORA_PASSWORD, for this command only.
    #[arg(long, global = true, env = "AMPHORA_USER", value_name = "NAME")]
    pub user: Option<String>,
    /// Opens the folders of this computer that a configuration file names as places, too.
    #[arg(long, global = true)]
    pub folders: bool,
    /// One JSON object a line, for programs.
    #[arg(long, global = true)]
    pub json: bool,
    /// Agrees to what would be asked: uploading where others can read, deleting for good.
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// Names this command: run again under its name it makes nothing twice, and goes on where it was.
    #[arg(long, global = true, value_name = "NAME")]
    pub request: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Connects a storage: a configuration file, or an invitation.
    Connect { source: String },
    /// Signs in; asks for the password, or takes it from AMPHORA_PASSWORD.
    Login { name: String },
    /// Signs out.
    Logout,
    /// Says which storage, who is signed in, and which places there are.
    Status,
    /// Lists a folder.
    Ls { address: String },
    /// Uploads files and folders into a folder.
    Put {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        to: String,
        /// What to do with a name that is taken.
        #[arg(long, value_enum, default_value_t = IfExists::Ask)]
        if_exists: IfExists,
    },
    /// Downloads a file or a folder.
    Get {
        address: String,
        #[arg(default_value = ".")]
        to: PathBuf,
    },
    /// Copies a file or a folder on the server. A target that ends with `/` or `:` is a folder, else the new name.
    Cp {
        from: String,
        to: String,
        /// What to do with a name that is taken.
        #[arg(long, value_enum, default_value_t = Taken::Fail)]
        if_exists: Taken,
    },
    /// Moves a file or a folder on the server; otherwise as cp.
    Mv {
        from: String,
        to: String,
        /// What to do with a name that is taken.
        #[arg(long, value_enum, default_value_t = Taken::Fail)]
        if_exists: Taken,
    },
    /// Deletes a file or a folder, for good.
    Rm { address: String },
    /// Makes a link that opens a file without signing in.
    Share {
        address: String,
        /// Seconds that it shall live, at most seven days; never longer than the sign-in's own credentials.
        #[arg(long, default_value_t = 900)]
        seconds: u64,
    },
    /// Goes on with what an earlier command, or the window, left in line, until all of it is done.
    Queue {
        #[command(subcommand)]
        act: Option<QueueAct>,
    },
    /// Prints the completions for a shell.
    Completions { shell: clap_complete::Shell },
}

#[derive(Debug, Subcommand)]
pub enum QueueAct {
    /// Shows what is on the list, each with its number.
    List,
    /// Has transfers wait until they are resumed.
    Pause(Which),
    /// Puts paused transfers in line again.
    Resume(Which),
    /// Stops transfers for good.
    Cancel(Which),
    /// Puts failed transfers in line again.
    Retry(Which),
    /// Takes transfers that are over off the list.
    Clear(Which),
}

/// Which transfers.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// Their numbers, as `queue list` shows them.
    #[arg(value_name = "ID")]
    pub ids: Vec<u64>,
    /// All that it can be done to.
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Taken {
    /// Copies nothing onto it.
    Fail,
    /// Takes its place.
    Replace,
    /// Gets another name.
    KeepBoth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum IfExists {
    /// Leaves the question open, for the window.
    Ask,
    /// Sends nothing.
    Skip,
    /// Takes its place.
    Replace,
    /// Gets another name.
    KeepBoth,
}
