//! Storage.vault: the same storage with Private as its usual level.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use amphora_storage::Body;
use amphora_storage::category::{ListCall, PutCall};

fn main() {
    amphora_testbed::run(async |bed| {
        let storage = bed.category();
        storage.vault().put("passport.txt", Body::Bytes("1234".into()), PutCall::default()).await?;
        let kept = storage.vault().list("", ListCall::default()).await?;
        println!("in the vault: {:?}", kept.items);
        assert_eq!(kept.items.len(), 1);
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
