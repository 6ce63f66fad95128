//! Builds the one S3 client of a storage: retries, time limits, addressing. Reads no environment and no profiles.

use std::time::Duration;

use aws_config::retry::{ErrorKind, RetryConfig};
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::{ClassifyRetry, RetryAction, RetryPartition, TokenBucket};
use aws_sdk_s3::config::{Builder, Intercept, SharedAsyncSleep, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef, InterceptorContext,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::pace::Pace;
use crate::storage::{Storage, StorageConfig};

/// Amplify Storage sends a request at most four times, waiting at most 100, 200 and 400 ms in between.
const ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(100);
const CONNECT: Duration = Duration::from_secs(5);
/// Until the head of an answer is there, for requests without a body to speak of.
const ANSWER: Duration = Duration::from_secs(30);
/// The slowest line that an upload may have and still go on; below it the attempt counts as lost.
const SLOWEST_BYTES_PER_SECOND: u64 = 1024;

/// How long an upload may stand still and still go on. What a slow line has to send waits in the system's buffers, some
/// megabytes for each connection, and these take more only when a good part of them is gone: with the SDK's 20 seconds,
/// several large files on 300 kB a second failed for nothing.
const STANDSTILL: Duration = Duration::from_secs(180);

/// A client without a line, for a storage that is another store: what nobody refused before it fails here, unsent.
pub(crate) fn without_line() -> (Client, SharedCredentialsProvider) {
    let nobody = SharedCredentialsProvider::new(Credentials::new("nobody", "nobody", None, None, "another store"));
    let shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("nowhere"))
        .credentials_provider(nobody.clone())
        .http_client(NoLine)
        .build();
    (Client::new(&shared), nobody)
}

/// Why a request of S3's was not sent.
#[derive(Debug, thiserror::Error)]
#[error("this store is not S3")]
pub(crate) struct NotS3;

#[derive(Debug, Clone)]
struct NoLine;

impl HttpClient for NoLine {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for NoLine {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(Err(ConnectorError::user(Box::new(NotS3))))
    }
}

pub(crate) fn client(config: &StorageConfig, credentials: SharedCredentialsProvider) -> Client {
    client_with_sleep(config, credentials, None)
}

/// The same with a sleep of the caller's in place of the clock's.
pub(crate) fn client_with_sleep(
    config: &StorageConfig,
    credentials: SharedCredentialsProvider,
    sleep: Option<SharedAsyncSleep>,
) -> Client {
    let mut shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .credentials_provider(credentials)
        .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(FIRST_WAIT))
        .timeout_config(limits(ANSWER));
    if let Some(sleep) = sleep {
        shared = shared.sleep_impl(sleep);
    }
    if let Some(endpoint) = &config.endpoint {
        shared = shared.endpoint_url(endpoint);
        if endpoint.starts_with("http://") {
            // Plain http is for this computer only, where a proxy from the environment has no business.
            shared = shared.http_client(aws_smithy_http_client::Builder::new().build_http());
        }
    }
    // The SDK's own quota, shared by all of a process, is spent after a hundred tries: then a bad line would have the rest
    // of a long queue fail at their first. How many requests there are at once is bounded elsewhere.
    let tries = RetryPartition::custom("amphora").token_bucket(TokenBucket::unlimited()).build();
    let s3 = Builder::from(&shared.build())
        .retry_partition(tries)
        .force_path_style(config.endpoint.is_some())
        .retry_classifier(UnreachableIsFinal)
        .retry_classifier(SetClockIsTriedAgain)
        .build();
    Client::from_conf(s3)
}

/// The settings of one request that carries `bytes`: more time, the more there is to send.
pub(crate) fn for_sending(bytes: u64, attempts: &Attempts) -> Builder {
    let limit = Duration::from_secs(60 + bytes / SLOWEST_BYTES_PER_SECOND);
    let standstill = StalledStreamProtectionConfig::enabled().grace_period(STANDSTILL).build();
    Builder::new().timeout_config(limits(limit)).stalled_stream_protection(standstill).interceptor(attempts.clone())
}

/// The settings of one request that fetches bytes.
pub(crate) fn for_fetching(attempts: &Attempts) -> Builder {
    Builder::new().interceptor(attempts.clone())
}

fn limits(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(attempt).build()
}

/// Counts how often a request was really sent, to tell a lost answer from somebody else's file; and tells the pace when
/// the server asks for a pause or does not answer in time.
#[derive(Clone, Debug)]
pub(crate) struct Attempts {
    sent: Arc<AtomicU32>,
    pace: Arc<Pace>,
}

impl Attempts {
    pub fn of(storage: &Storage) -> Self {
        Self { sent: Arc::default(), pace: storage.pace().clone() }
    }

    pub fn more_than_one(&self) -> bool {
        self.sent.load(Ordering::Relaxed) > 1
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_attempt(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let refused = context.response().is_some_and(|answer| matches!(answer.status().as_u16(), 429 | 503));
        let late = || matches!(context.output_or_error(), Some(Err(error)) if error.is_timeout_error());
        if refused || late() {
            self.pace.complained();
        }
        Ok(())
    }
}

/// A host that does not answer for five seconds will not at once; people are told now rather than after four times five.
#[derive(Debug)]
struct UnreachableIsFinal;

impl ClassifyRetry for UnreachableIsFinal {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let failed = context.output_or_error().and_then(Result::err);
        // Only connecting has a time limit of its own in the connector.
        match failed.and_then(|error| error.as_connector_error()) {
            Some(error) if error.is_timeout() => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "UnreachableIsFinal"
    }
}

/// The SDK learns from each answer how far this computer's clock is off, and tries again where it is. A request that it
/// signed with an offset that is over, because somebody has set the clock meanwhile, it would give up: the next try is
/// signed with what was just learnt.
#[derive(Debug)]
struct SetClockIsTriedAgain;

impl ClassifyRetry for SetClockIsTriedAgain {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let refused = context.response().filter(|answer| answer.status().as_u16() == 403);
        // Each operation has an error type of its own; the code is the same in the body of all of them.
        let body = refused.and_then(|answer| answer.body().bytes()).unwrap_or_default();
        let code = b"<Code>RequestTimeTooSkewed</Code>";
        if body.windows(code.len()).any(|window| window == code) {
            return RetryAction::retryable_error(ErrorKind::TransientError);
        }
        RetryAction::NoActionIndicated
    }

    fn name(&self) -> &'static str {
        "SetClockIsTriedAgain"
    }
}
