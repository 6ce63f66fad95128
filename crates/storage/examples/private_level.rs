//! Storage > File access levels: what only the owner sees.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use amphora_storage::Body;
use amphora_storage::category::{CallOptions, Level, ListCall, PutCall};

fn main() {
    amphora_testbed::run(async |bed| {
        let storage = bed.category();
        let call = CallOptions::at(Level::Private);
        let options = PutCall { call: call.clone(), ..PutCall::default() };
        storage.put("diary.txt", Body::Bytes("Dear diary".into()), options).await?;
        let mine = storage.list("", ListCall { call, ..ListCall::default() }).await?;
        println!("private: {:?}", mine.items);
        assert!(storage.list("", ListCall::default()).await?.items.is_empty(), "not in Public");
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
