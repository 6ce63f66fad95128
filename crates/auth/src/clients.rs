//! The two SDK clients of a backend. Their operations are unsigned: they need no credentials and look for none.

use crate::clock::{ReadServerDate, ServerClock};
use crate::config::AuthConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_smithy_types::retry::RetryConfig;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
const ONE_TRY: Duration = Duration::from_secs(15);
const ALL_TRIES: Duration = Duration::from_secs(25);

#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) people: aws_sdk_cognitoidentityprovider::Client,
    pub(crate) identities: aws_sdk_cognitoidentity::Client,
}

impl Clients {
    pub(crate) fn new(config: &AuthConfig, clock: &ServerClock) -> Self {
        let people_region = config.user_pool.as_ref().map_or(&config.identity_region, |pool| &pool.region);
        let people = sdk_config(people_region, config.cognito_endpoint.as_deref());
        let people = aws_sdk_cognitoidentityprovider::config::Builder::from(&people)
            .interceptor(ReadServerDate(clock.clone()))
            .build();
        let identities = sdk_config(&config.identity_region, config.identity_endpoint.as_deref());
        let identities = aws_sdk_cognitoidentity::config::Builder::from(&identities)
            .interceptor(ReadServerDate(clock.clone()))
            .build();
        Self {
            people: aws_sdk_cognitoidentityprovider::Client::from_conf(people),
            identities: aws_sdk_cognitoidentity::Client::from_conf(identities),
        }
    }
}

fn sdk_config(region: &str, endpoint: Option<&str>) -> SdkConfig {
    // Built by hand and not loaded: a user's AWS_* variables and profiles have no say in which pool they sign in to.
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .retry_config(RetryConfig::standard().with_max_attempts(2))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(CONNECT)
                .operation_attempt_timeout(ONE_TRY)
                .operation_timeout(ALL_TRIES)
                .build(),
        );
    config.set_endpoint_url(endpoint.map(str::to_owned));
    if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
        // Plain http is for this computer only, where a proxy from the environment has no business.
        config.set_http_client(Some(aws_smithy_http_client::Builder::new().build_http()));
    }
    config.build()
}
