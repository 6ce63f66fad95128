//! From what was typed to what the engine is asked. Paths become whole here: whoever does the work runs in another folder.

use crate::arguments::{Arguments, IfExists, QueueAct, Taken, What, Which};
use amphora_app::script::{self, AsWhom, End, LocalPath, Request, Verb};
use amphora_app::wire::{ConflictAnswer, Id};
use std::path::Path;

/// What the engine is asked; none for what changes who and where this is, and needs the data folder for itself.
pub fn request_of(arguments: &Arguments) -> Result<Option<Request>, End> {
    let verb = match &arguments.what {
        What::Connect { .. } | What::Login { .. } | What::Logout | What::Completions { .. } => return Ok(None),
        What::Status => Verb::Status,
        What::Ls { address } => Verb::List { address: address.clone() },
        What::Put { files, to, if_exists } => {
            let files = files.iter().map(|file| local(file)).collect::<Result<_, _>>()?;
            Verb::Put { files, to: to.clone(), answer: answer(*if_exists) }
        }
        What::Get { address, to } => Verb::Get { address: address.clone(), to: local(to)? },
        What::Cp { from, to, if_exists } => Verb::Copy { from: from.clone(), to: to.clone(), taken: taken(*if_exists) },
        What::Mv { from, to, if_exists } => Verb::Move { from: from.clone(), to: to.clone(), taken: taken(*if_exists) },
        What::Rm { address } => Verb::Remove { address: address.clone() },
        What::Share { address, seconds } => Verb::Share { address: address.clone(), seconds: *seconds },
        What::Queue { act } => Verb::Queue(queue_act(act.as_ref())),
    };
    let common = &arguments.common;
    let name = common.request.clone().unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    Ok(Some(Request { name, yes: common.yes, verb }))
}

/// As whom this is meant.
pub fn as_whom(arguments: &Arguments) -> Result<AsWhom, End> {
    let common = &arguments.common;
    Ok(AsWhom { backend: common.backend.as_deref().map(local).transpose()?, user: common.user.clone() })
}

fn local(path: &Path) -> Result<LocalPath, End> {
    LocalPath::from_here(path).map_err(|error| End::Usage(format!("{}: {error}", path.display())))
}

fn answer(if_exists: IfExists) -> Option<ConflictAnswer> {
    match if_exists {
        IfExists::Ask => None,
        IfExists::Skip => Some(ConflictAnswer::Skip),
        IfExists::Replace => Some(ConflictAnswer::Replace),
        IfExists::KeepBoth => Some(ConflictAnswer::KeepBoth),
    }
}

fn taken(taken: Taken) -> script::Taken {
    match taken {
        Taken::Fail => script::Taken::Fail,
        Taken::Replace => script::Taken::Replace,
        Taken::KeepBoth => script::Taken::KeepBoth,
    }
}

fn queue_act(act: Option<&QueueAct>) -> script::QueueAct {
    match act {
        None => script::QueueAct::Finish,
        Some(QueueAct::List) => script::QueueAct::List,
        Some(QueueAct::Pause(which)) => script::QueueAct::Pause(ids(which)),
        Some(QueueAct::Resume(which)) => script::QueueAct::Resume(ids(which)),
        Some(QueueAct::Cancel(which)) => script::QueueAct::Cancel(ids(which)),
        Some(QueueAct::Retry(which)) => script::QueueAct::Retry(ids(which)),
        Some(QueueAct::Clear(which)) => script::QueueAct::Clear(ids(which)),
    }
}

fn ids(which: &Which) -> Option<Vec<Id>> {
    (!which.all).then(|| which.ids.iter().copied().map(Id).collect())
}
