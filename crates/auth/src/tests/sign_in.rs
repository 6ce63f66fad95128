//! Creating accounts, signing in, and what a pool asks in between.

use super::{Bench, ada, sign_in};
use crate::fake_cognito::{challenge, tokens};
use crate::{Answer, AuthErrorKind, Channel, CodeDelivery, Password, SignInStep};
use serde_json::json;

#[tokio::test]
async fn the_password_is_proven_and_not_sent() {
    let bench = Bench::new().await;
    assert_eq!(sign_in(&bench.auth()).await.unwrap(), SignInStep::Done(ada("eu-central-1:person")));
    let opened = bench.fake.calls("InitiateAuth").remove(0);
    assert_eq!(opened["AuthFlow"], "USER_SRP_AUTH");
    let proof = bench.fake.calls("RespondToAuthChallenge").remove(0);
    assert!(proof["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"].is_string());
    assert!(!format!("{opened}{proof}").contains("Correct-Horse-1"));
}

#[tokio::test]
async fn an_account_is_created_confirmed_and_told_where_its_code_went() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    let step = auth.sign_up("ada", "ada@example.org", Password::new("Correct-Horse-1")).await.unwrap();
    let delivery = CodeDelivery { medium: "EMAIL".into(), destination: "a***@e***".into() };
    assert_eq!((step.confirmed, step.delivery), (false, Some(delivery)));
    let sent = json!([{ "Name": "email", "Value": "ada@example.org" }]);
    assert_eq!(bench.fake.calls("SignUp")[0]["UserAttributes"], sent);
    auth.confirm_sign_up("ada", "123456").await.unwrap();
    assert_eq!(bench.fake.calls("ConfirmSignUp")[0]["ConfirmationCode"], "123456");
}

#[tokio::test]
async fn refusals_before_a_sign_in_are_told_apart() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    bench.fake.on("SignUp", |_| Err("UsernameExistsException"));
    let taken = auth.sign_up("ada", "a@b.c", Password::new("x")).await.unwrap_err();
    assert_eq!(taken.kind(), AuthErrorKind::AccountExists);
    bench.fake.on("SignUp", |_| Err("InvalidPasswordException"));
    let weak = auth.sign_up("ada", "a@b.c", Password::new("x")).await.unwrap_err();
    assert_eq!(weak.kind(), AuthErrorKind::PasswordTooWeak);
    bench.fake.on("ConfirmSignUp", |_| Err("CodeMismatchException"));
    assert_eq!(auth.confirm_sign_up("ada", "1").await.unwrap_err().kind(), AuthErrorKind::WrongCode);
    bench.fake.on("ConfirmSignUp", |_| Err("ExpiredCodeException"));
    assert_eq!(auth.confirm_sign_up("ada", "1").await.unwrap_err().kind(), AuthErrorKind::CodeExpired);
    bench.fake.on("ResendConfirmationCode", |_| Err("LimitExceededException"));
    assert_eq!(auth.resend_code("ada").await.unwrap_err().kind(), AuthErrorKind::Throttled);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_the_same() {
    let bench = Bench::new().await;
    bench.fake.on("RespondToAuthChallenge", |_| Err("NotAuthorizedException"));
    let wrong = sign_in(&bench.auth()).await.unwrap_err();
    assert_eq!(wrong.kind(), AuthErrorKind::WrongPassword);
    assert_eq!(wrong.detail(), "NotAuthorizedException, HTTP 400");
    bench.fake.on("InitiateAuth", |_| Err("UserNotFoundException"));
    assert_eq!(sign_in(&bench.auth()).await.unwrap_err().kind(), AuthErrorKind::WrongPassword);
}

#[tokio::test]
async fn an_empty_name_or_password_asks_nobody() {
    let bench = Bench::new().await;
    let empty = bench.auth().sign_in("", Password::new("x")).await.unwrap_err();
    assert_eq!(empty.kind(), AuthErrorKind::WrongPassword);
    assert!(bench.fake.calls("InitiateAuth").is_empty());
}

#[tokio::test]
async fn an_account_that_is_not_confirmed_is_asked_to_confirm() {
    let bench = Bench::new().await;
    bench.fake.on("RespondToAuthChallenge", |_| Err("UserNotConfirmedException"));
    assert_eq!(sign_in(&bench.auth()).await.unwrap(), SignInStep::ConfirmFirst);
}

#[tokio::test]
async fn a_temporary_password_is_replaced_then_a_code_is_asked() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    let mut steps = [challenge("NEW_PASSWORD_REQUIRED"), challenge("SMS_MFA"), tokens(Some("r"))].into_iter();
    bench.fake.on("RespondToAuthChallenge", move |_| Ok(steps.next().unwrap()));
    assert_eq!(sign_in(&auth).await.unwrap(), SignInStep::NewPassword);
    let asked = auth.answer(Answer::NewPassword(Password::new("Better-Horse-2"))).await.unwrap();
    assert_eq!(asked, SignInStep::Code { channel: Channel::Sms });
    let done = auth.answer(Answer::Code("123456".into())).await.unwrap();
    assert_eq!(done, SignInStep::Done(ada("eu-central-1:person")));
    let calls = bench.fake.calls("RespondToAuthChallenge");
    assert_eq!(calls[1]["ChallengeResponses"], json!({ "USERNAME": "ada", "NEW_PASSWORD": "Better-Horse-2" }));
    assert_eq!(calls[2]["ChallengeResponses"], json!({ "USERNAME": "ada", "SMS_MFA_CODE": "123456" }));
}

#[tokio::test]
async fn a_wrong_code_leaves_the_question_open() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    bench.fake.on("RespondToAuthChallenge", |body| match body["ChallengeName"].as_str() {
        Some("PASSWORD_VERIFIER") => Ok(challenge("SOFTWARE_TOKEN_MFA")),
        _ if body["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"] == "222222" => Ok(tokens(Some("r"))),
        _ => Err("CodeMismatchException"),
    });
    assert_eq!(sign_in(&auth).await.unwrap(), SignInStep::Code { channel: Channel::Totp });
    let wrong = auth.answer(Answer::Code("111111".into())).await.unwrap_err();
    assert_eq!(wrong.kind(), AuthErrorKind::WrongCode);
    assert!(matches!(auth.answer(Answer::Code("222222".into())).await.unwrap(), SignInStep::Done(_)));
    let over = auth.answer(Answer::Code("222222".into())).await.unwrap_err();
    assert_eq!(over.kind(), AuthErrorKind::SessionEnded, "a question is answered once");
}

#[tokio::test]
async fn a_pool_that_demands_an_app_gets_one_set_up() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    bench.fake.on("RespondToAuthChallenge", |body| match body["ChallengeName"].as_str() {
        Some("PASSWORD_VERIFIER") => Ok(challenge("MFA_SETUP")),
        _ if body["Session"] == "session-verified" => Ok(tokens(Some("r"))),
        _ => Err("NotAuthorizedException"),
    });
    let SignInStep::SetUpTotp { secret, uri } = sign_in(&auth).await.unwrap() else { panic!("no set-up") };
    assert_eq!(secret, "JBSWY3DP");
    assert!(uri.starts_with("otpauth://totp/Amphora:ada?secret=JBSWY3DP"), "{uri}");
    assert!(matches!(auth.answer(Answer::Code("123456".into())).await.unwrap(), SignInStep::Done(_)));
    assert_eq!(bench.fake.calls("VerifySoftwareToken")[0]["Session"], "session-totp");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_overtakes_a_sign_in() {
    let bench = Bench::new().await;
    let auth = bench.auth();
    let (reached, mut waiting) = tokio::sync::mpsc::unbounded_channel();
    let (go_on, held) = std::sync::mpsc::channel::<()>();
    bench.fake.on("RespondToAuthChallenge", move |_| {
        reached.send(()).unwrap();
        tokio::task::block_in_place(|| held.recv().unwrap());
        Ok(tokens(Some("r")))
    });
    let signing_in = tokio::spawn({
        let auth = auth.clone();
        async move { sign_in(&auth).await }
    });
    waiting.recv().await.unwrap();
    auth.sign_out().await.unwrap();
    go_on.send(()).unwrap();
    assert_eq!(signing_in.await.unwrap().unwrap_err().kind(), AuthErrorKind::Cancelled);
    assert_eq!(auth.identity(), None);
}
