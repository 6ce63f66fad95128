//! Amazon's own SDK as the client, over HTTP.

use amphora_sandbox::cognito::Cognito;
use aws_cognito_srp::{SrpClient, User};
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_sdk_cognitoidentityprovider::error::ProvideErrorMetadata;
use aws_sdk_cognitoidentityprovider::types::{AttributeType, AuthFlowType, ChallengeNameType};
use http_body_util::BodyExt;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use crate::support::{PASSWORD, pools};

/// Serves the pools on a free port of loopback, for as long as the test runs.
async fn serve(cognito: Cognito) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let cognito = cognito.clone();
            let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
                let cognito = cognito.clone();
                async move {
                    let target = request.headers()["x-amz-target"].to_str().unwrap().to_owned();
                    let body = request.into_body().collect().await?.to_bytes();
                    Ok::<_, hyper::Error>(cognito.handle(&target, body).await)
                }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    endpoint
}

#[tokio::test(flavor = "multi_thread")]
async fn amazons_sdk_signs_up_confirms_signs_in_and_out() {
    let pools = pools();
    let endpoint = serve(pools.cognito.clone()).await;
    let config = aws_sdk_cognitoidentityprovider::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .allow_no_auth()
        .build();
    let (client, id) = (Client::from_conf(config), pools.cognito.client_id());

    let email = AttributeType::builder().name("email").value("sdk@example.com").build().unwrap();
    let weak = client.sign_up().client_id(id).username("sdk").password("weak").send().await.unwrap_err();
    assert!(weak.as_service_error().unwrap().is_invalid_password_exception(), "{weak:?}");
    let sign_up = client.sign_up().client_id(id).username("sdk").password(PASSWORD).user_attributes(email);
    assert!(!sign_up.send().await.unwrap().user_confirmed());
    let confirm = client.confirm_sign_up().client_id(id).username("sdk");
    let wrong = confirm.clone().confirmation_code("000").send().await.unwrap_err();
    assert_eq!(wrong.code(), Some("CodeMismatchException"));
    confirm.confirmation_code(pools.code("sdk@example.com")).send().await.unwrap();

    let srp = SrpClient::new(User::new(pools.cognito.user_pool_id(), "sdk", PASSWORD), id, None);
    let asked = client
        .initiate_auth()
        .client_id(id)
        .auth_flow(AuthFlowType::UserSrpAuth)
        .auth_parameters("USERNAME", "sdk")
        .auth_parameters("SRP_A", srp.get_auth_parameters().a)
        .send()
        .await
        .unwrap();
    let given = |name: &str| asked.challenge_parameters().unwrap()[name].as_str();
    let proof = srp.verify(given("SECRET_BLOCK"), given("USER_ID_FOR_SRP"), given("SALT"), given("SRP_B")).unwrap();
    let done = client
        .respond_to_auth_challenge()
        .client_id(id)
        .challenge_name(ChallengeNameType::PasswordVerifier)
        .challenge_responses("USERNAME", given("USER_ID_FOR_SRP"))
        .challenge_responses("PASSWORD_CLAIM_SECRET_BLOCK", proof.password_claim_secret_block)
        .challenge_responses("PASSWORD_CLAIM_SIGNATURE", proof.password_claim_signature)
        .challenge_responses("TIMESTAMP", proof.timestamp)
        .send()
        .await
        .unwrap();
    let tokens = done.authentication_result().unwrap();
    assert_eq!(tokens.expires_in(), 3600);

    let access = tokens.access_token().unwrap();
    assert_eq!(client.get_user().access_token(access).send().await.unwrap().username(), "sdk");
    client.revoke_token().client_id(id).token(tokens.refresh_token().unwrap()).send().await.unwrap();
    let ended = client.get_user().access_token(access).send().await.unwrap_err();
    assert!(ended.as_service_error().unwrap().is_not_authorized_exception(), "{ended:?}");
}
