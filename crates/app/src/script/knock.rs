//! The other side of the door: a process that does not hold the data folder has the one that does do its work.

use super::door_name::known_name;
use super::order::{Answer, Greeting, Order, VERSION, written};
use super::request::{AsWhom, Request};
use super::told::{End, Tell};
use crate::wire::{Failure, FailureCode};
use interprocess::local_socket::tokio::{Stream, prelude::*};
use interprocess::local_socket::{GenericFilePath, ToFsName};
use std::io;
use std::path::Path;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// The process that holds a data folder, with its door open.
pub struct Holder(Stream);

impl Holder {
    /// Whoever holds this folder, if anybody does and answers.
    pub async fn of(folder: &Path) -> Option<Self> {
        let at = known_name(folder).ok()?;
        Stream::connect(at.to_fs_name::<GenericFilePath>().ok()?).await.ok().map(Self)
    }

    /// Has it do what a script asks. None: it went away before it began, so the script may turn to somebody else.
    ///
    /// # Errors
    /// As [`crate::App::ask`]; it is there for somebody else; or it ended before the work did.
    pub async fn ask(self, as_whom: &AsWhom, request: &Request, tell: Tell<'_>) -> Option<Result<(), End>> {
        let mut begun = false;
        match self.talk(as_whom, request, tell, &mut begun).await {
            Ok(end) => Some(end),
            Err(error) if begun => Some(Err(ended(&error).into())),
            Err(_) => None,
        }
    }

    async fn talk(
        &self,
        as_whom: &AsWhom,
        request: &Request,
        tell: Tell<'_>,
        begun: &mut bool,
    ) -> io::Result<Result<(), End>> {
        let mut order = written(&Greeting { version: VERSION.to_owned() })?;
        order.extend(written(&Order { as_whom: as_whom.clone(), request: request.clone() })?);
        (&mut &self.0).write_all(&order).await?;
        let mut lines = BufReader::new(&self.0).lines();
        while let Some(line) = lines.next_line().await? {
            match serde_json::from_str(&line)? {
                Answer::Begun => *begun = true,
                Answer::Told(told) => tell(told),
                Answer::End(end) => return Ok(end),
            }
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn ended(error: &io::Error) -> Failure {
    Failure::new(
        FailureCode::BusyElsewhere,
        "The Amphora that was doing this ended before it was done.",
        "What was in line stays there. Run the command again to go on.",
    )
    .detail(error.to_string())
}
