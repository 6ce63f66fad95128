//! Amazon Kinesis Data Streams: every event a record, up to 500 a request; those that the stream throttled are sent again.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::PutRecordsRequestEntry;
use futures::future::BoxFuture;

use crate::delivery::{Delivery, DeliveryError, Recorded};

/// Records of one request at most (Kinesis API, PutRecords).
const A_REQUEST: usize = 500;
/// How often what a stream throttled is sent.
const TRIES: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// Which stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KinesisConfig {
    /// The stream's name.
    pub stream: String,
    /// Its region.
    pub region: String,
    /// A server in place of AWS's.
    pub endpoint: Option<String>,
    /// Events with one partition key stay in order; the identity's id is a good one.
    pub partition_key: String,
}

/// A data stream.
#[derive(Debug)]
pub struct Kinesis {
    client: Client,
    config: KinesisConfig,
}

impl Kinesis {
    /// A stream that is written with these credentials. Sends nothing yet.
    pub fn new(config: KinesisConfig, credentials: SharedCredentialsProvider) -> Self {
        let mut shared = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(config.region.clone()))
            .credentials_provider(credentials);
        shared.set_endpoint_url(config.endpoint.clone());
        Self { client: Client::new(&shared.build()), config }
    }

    async fn send(&self, batch: &[Recorded]) -> Result<(), DeliveryError> {
        let mut left: Vec<PutRecordsRequestEntry> = Vec::new();
        for recorded in batch {
            let data = Blob::new(recorded.to_json().to_string());
            let entry = PutRecordsRequestEntry::builder().data(data).partition_key(&self.config.partition_key).build();
            left.push(entry.map_err(|error| failed(error.to_string()))?);
        }
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(FIRST_WAIT * 2_u32.pow(attempt - 1)).await;
            }
            let request = self.client.put_records().stream_name(&self.config.stream);
            let answer = request.set_records(Some(left.clone())).send().await;
            let answer = answer.map_err(|error| failed(error.into_service_error().to_string()))?;
            // Answers come in the order of the records.
            let refused = answer.records().iter().map(|record| record.error_code().is_some());
            left = left.into_iter().zip(refused).filter_map(|(entry, refused)| refused.then_some(entry)).collect();
            if left.is_empty() {
                return Ok(());
            }
        }
        Err(failed(format!("the stream did not take {} of {} events", left.len(), batch.len())))
    }
}

fn failed(reason: String) -> DeliveryError {
    DeliveryError { to: "Kinesis", reason }
}

impl Delivery for Kinesis {
    fn name(&self) -> &'static str {
        "Kinesis"
    }

    fn deliver<'a>(&'a self, batch: &'a [Recorded]) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            for some in batch.chunks(A_REQUEST) {
                self.send(some).await?;
            }
            Ok(())
        })
    }
}
