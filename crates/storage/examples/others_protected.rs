//! Storage > List: the protected files of somebody else, by their identity id.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use amphora_storage::category::{CallOptions, Level, ListCall};
use amphora_storage::{Body, Control, IdentityId, IfExists, Key, Owner, PutOptions, Space};

fn main() {
    amphora_testbed::run(async |bed| {
        let (space, key) = (Space::Protected(Owner::Me), Key::parse("photos/boat.png")?);
        let body = Body::Bytes("theirs".into());
        bed.other().put(&space, &key, body, PutOptions::new(IfExists::Fail), &Control::default()).await?;

        let identity_id = Some(IdentityId::new(amphora_testbed::OTHER));
        let call = CallOptions { identity_id, ..CallOptions::at(Level::Protected) };
        let theirs = bed.category().list("photos/", ListCall { call, ..ListCall::default() }).await?;
        println!("theirs: {:?}", theirs.items);
        assert_eq!(theirs.items[0].key, "photos/boat.png");
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
