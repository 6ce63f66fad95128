//! Tracked calls in a Kinesis data stream, read back by an independent client.

use crate::case::Case;
use crate::child::python;
use crate::servers::{Moto, STREAM};
use amphora_storage::{Event, EventKind};
use amphora_tracking::{Delivery, Kinesis, KinesisConfig, Recorded};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};

pub fn cases() -> Vec<Case> {
    vec![
        Case::of_moto("events arrive in a stream in their order", |moto| async move {
            let kinesis = kinesis(&moto, STREAM);
            let batch: Vec<_> = (0..600).map(recorded).collect();
            kinesis.deliver(&batch).await.expect("more than one request takes");
            let seen = read(&moto);
            let expected: Vec<_> = batch.iter().map(Recorded::to_json).collect();
            assert_eq!(seen.len(), 600);
            assert!(seen == expected, "every event, in its order");
        }),
        Case::of_moto("a stream that is not there is an error that names Kinesis", |moto| async move {
            let failed = kinesis(&moto, "nowhere").deliver(&[recorded(1)]).await.expect_err("there is no such stream");
            assert_eq!(failed.to, "Kinesis");
        }),
    ]
}

fn kinesis(moto: &Moto, stream: &str) -> Kinesis {
    let config = KinesisConfig {
        stream: stream.to_owned(),
        region: moto.region.clone(),
        endpoint: Some(moto.endpoint.clone()),
        partition_key: "us-east-1:me".to_owned(),
    };
    Kinesis::new(config, moto.credentials())
}

fn recorded(number: u64) -> Recorded {
    let message = format!("Download success for {number}.txt");
    let event = Event {
        kind: EventKind::Download,
        key: format!("{number}.txt"),
        succeeded: true,
        file_size: Some(number),
        message,
    };
    Recorded { at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + number), event }
}

fn read(moto: &Moto) -> Vec<Value> {
    let reader = crate::child::Program::start(python("kinesis_reader.py").expect("a Python"), "kinesis_reader");
    let settings = json!({ "endpoint": moto.endpoint, "region": moto.region, "stream": STREAM });
    let answer = reader.expect("a reader").finish(&settings, Duration::from_secs(60)).expect("records");
    answer.as_array().expect("a list").clone()
}
