//! Storage > customPrefix: other prefixes than the usual ones.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use amphora_storage::Body;
use amphora_storage::category::{ListCall, PutCall};
use serde_json::json;

fn main() {
    amphora_testbed::run(async |bed| {
        let storage = bed.category();
        storage.configure(&json!({ "customPrefix": { "public": "public/team/" } }))?;
        storage.put("plan.txt", Body::Bytes("Hello".into()), PutCall::default()).await?;
        println!("of the team: {:?}", storage.list("", ListCall::default()).await?.items);
        storage.configure(&json!({ "customPrefix": {} }))?;
        assert_eq!(storage.list("team/", ListCall::default()).await?.items[0].key, "team/plan.txt");
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
