//! Storage > Put > progress: tells how far a large upload is.

#![expect(clippy::print_stdout, reason = "an example shows what it got")]

use std::sync::Arc;

use amphora_storage::Body;
use amphora_storage::category::{PutCall, PutProgress};

fn main() {
    amphora_testbed::run(async |bed| {
        let progress = |progress: PutProgress| {
            println!("{}: {} of {} bytes, part {}", progress.key, progress.loaded, progress.total, progress.part);
        };
        let options = PutCall { progress: Some(Arc::new(progress)), ..PutCall::default() };
        bed.category().put("film.bin", Body::Bytes(vec![7; 20 << 20].into()), options).await?;
        Ok(())
    });
}

#[test]
fn it_runs() {
    main();
}
