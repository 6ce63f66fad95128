//! cp and mv: on the server, one file after the other, each told.

use crate::End;
use crate::address::Address;
use crate::arguments::{Common, Taken};
use crate::commands::{Found, found, parse};
use crate::output::Output;
use amphora_app::wire::{Audience, PlaceRef, RowKind};
use amphora_app::{App, CopyHow, IfExists};
use serde_json::json;

pub async fn copy(
    app: &App,
    output: &Output,
    common: &Common,
    (from, to): (&str, &str),
    taken: Taken,
    moves: bool,
) -> Result<(), End> {
    let (source, target) = (parse(app, from)?, parse(app, to)?);
    if !common.yes && widens(app, &source, &target) {
        return Err(End::Usage("Others can read or change what is put there. Say --yes to agree.".to_owned()));
    }
    let Found::Row(_, row) = found(app, &source).await? else {
        return Err(End::Usage("Name a file or a folder; a whole place is not copied at once.".to_owned()));
    };
    let name = target.name.clone().unwrap_or_else(|| row.name.clone());
    let new_key = format!("{}{name}", target.place.folder);
    let if_exists = match taken {
        Taken::Fail => IfExists::Fail,
        Taken::Replace => IfExists::Replace,
        Taken::KeepBoth => IfExists::KeepBoth,
    };
    let how = CopyHow { if_exists, moves };
    let pairs = match row.kind {
        RowKind::File => vec![(row.key, new_key)],
        RowKind::Folder => {
            if target.place.space == source.place.space && format!("{new_key}/").starts_with(&row.key) {
                return Err(End::Usage("A folder cannot be put into itself.".to_owned()));
            }
            let folder = PlaceRef { space: source.place.space.clone(), folder: row.key.clone() };
            let below = app.keys_below(&folder).await?.into_iter();
            below.map(|key| (key.clone(), format!("{new_key}/{}", &key[row.key.len()..]))).collect()
        }
    };
    let (single, mut failed) = (pairs.len() == 1, false);
    for (key, new_key) in pairs {
        match app.copy_file((&source.place.space, &key), (&target.place.space, &new_key), how).await {
            Ok(stored) => output.line(&format!("{key} → {stored}"), &json!({ "from": key, "to": stored })),
            Err(failure) if single => return Err(failure.into()),
            Err(failure) => {
                failed = true;
                let value = json!({ "from": key, "error": failure.code, "message": failure.message });
                output.line(&format!("{key}: {}", failure.message), &value);
            }
        }
    }
    if failed { Err(End::Partly) } else { Ok(()) }
}

/// Whether more people will see it than before, as far as the places tell.
fn widens(app: &App, from: &Address, to: &Address) -> bool {
    if from.place.space == to.place.space {
        return false;
    }
    let places = app.state().places;
    let audience = places.iter().find(|info| info.space == to.place.space).map(|info| info.audience);
    audience != Some(Audience::OnlyYou)
}
