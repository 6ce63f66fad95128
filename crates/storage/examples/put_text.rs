//! Storage > Put: stores a text, and reads it back.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use amphora_storage::Body;
use amphora_storage::category::{GetCall, Got, PutCall};

fn main() {
    amphora_testbed::run(async |bed| {
        let storage = bed.category();
        let put = storage.put("test.txt", Body::Bytes("Hello".into()), PutCall::default()).await?;
        println!("stored {}", put.key);
        let got = storage.get("test.txt", GetCall { download: true, ..GetCall::default() }).await?;
        if let Got::Object(object) = got {
            assert_eq!(object.bytes, "Hello");
        }
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
