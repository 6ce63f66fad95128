//! The life of an account, from sign-up to deletion.

use amphora_sandbox::cognito::PasswordKind;
use serde_json::json;
use time::Duration;

use crate::support::{PASSWORD, claims, kind, pools};

#[tokio::test(flavor = "multi_thread")]
async fn an_account_lives_from_sign_up_to_deletion() {
    let pools = pools();
    let mut news = pools.cognito.subscribe_outbox();
    let signed_up = pools.sign_up("bea").await.unwrap();
    assert_eq!(signed_up["UserConfirmed"], false);
    assert_eq!(signed_up["CodeDeliveryDetails"]["Destination"], "b***@e***");
    let mail = news.recv().await.unwrap();
    assert_eq!((mail.to.as_str(), mail.code.len()), ("bea@example.com", 6), "the code is announced");
    assert!(!format!("{mail:?}").contains(&mail.code), "a log of the mail does not show the code");

    assert_eq!(kind(pools.sign_up("Bea").await), "UsernameExistsException", "case does not make another user");
    assert_eq!(kind(pools.sign_in("bea", PASSWORD).await), "UserNotConfirmedException");
    assert_eq!(kind(pools.sign_in("bea", "Wrong-passw0rd").await), "NotAuthorizedException", "tells nothing more");
    assert_eq!(kind(pools.confirm("bea", "x").await), "CodeMismatchException");

    pools.clock.shift(Duration::hours(25));
    assert_eq!(kind(pools.confirm("bea", &mail.code).await), "ExpiredCodeException", "a code lives a day");
    pools.user_pool("ResendConfirmationCode", json!({ "Username": "bea" })).await.unwrap();
    pools.confirm("bea", &pools.code("bea@example.com")).await.unwrap();
    assert_eq!(kind(pools.confirm("bea", "123456").await), "NotAuthorizedException", "confirmed once is enough");

    let tokens = pools.tokens("bea@example.com").await;
    let (id, access) = (claims(&tokens["IdToken"]), claims(&tokens["AccessToken"]));
    assert_eq!(id["sub"], signed_up["UserSub"]);
    assert_eq!((&id["cognito:username"], &id["email_verified"]), (&json!("bea"), &json!(true)));
    assert_eq!((&access["username"], &access["token_use"]), (&json!("bea"), &json!("access")));
    let length = tokens["RefreshToken"].as_str().unwrap().len();
    assert!((1_700..1_900).contains(&length), "as long as Cognito's: {length}");

    let me = pools.as_user("GetUser", &tokens, json!({})).await.unwrap();
    assert_eq!(me["Username"], "bea");
    pools.as_user("DeleteUser", &tokens, json!({})).await.unwrap();
    assert_eq!(kind(pools.as_user("GetUser", &tokens, json!({})).await), "NotAuthorizedException");
    assert_eq!(kind(pools.sign_in("bea", PASSWORD).await), "NotAuthorizedException");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_gives_new_tokens_until_it_is_revoked() {
    let pools = pools();
    let tokens = pools.person("cleo").await;
    let other = pools.tokens("cleo").await;
    pools.clock.shift(Duration::minutes(61));
    let expired = pools.as_user("GetUser", &tokens, json!({})).await.unwrap_err();
    assert_eq!(expired.message, "Access Token has expired");
    let fresh = pools.refresh(&tokens).await.unwrap();
    assert!(fresh.get("RefreshToken").is_none(), "the refresh token stays the same");
    assert!(pools.as_user("GetUser", &fresh, json!({})).await.is_ok());
    let modern = pools.user_pool("GetTokensFromRefreshToken", json!({ "RefreshToken": tokens["RefreshToken"] })).await;
    assert!(modern.unwrap()["AuthenticationResult"]["AccessToken"].is_string());

    pools.user_pool("RevokeToken", json!({ "Token": tokens["RefreshToken"] })).await.unwrap();
    assert_eq!(pools.refresh(&tokens).await.unwrap_err().message, "Refresh Token has been revoked");
    assert_eq!(kind(pools.as_user("GetUser", &fresh, json!({})).await), "NotAuthorizedException", "its tokens as well");
    let going_on = pools.refresh(&other).await.unwrap();
    assert!(pools.as_user("GetUser", &going_on, json!({})).await.is_ok(), "another sign-in goes on");
    pools.as_user("GlobalSignOut", &going_on, json!({})).await.unwrap();
    assert_eq!(kind(pools.refresh(&other).await), "NotAuthorizedException", "nothing goes on after GlobalSignOut");
    assert_eq!(
        kind(pools.user_pool("RevokeToken", json!({ "Token": going_on["AccessToken"] })).await),
        "UnsupportedTokenTypeException"
    );
    let last = pools.tokens("cleo").await;
    pools.clock.shift(Duration::days(31));
    assert_eq!(pools.refresh(&last).await.unwrap_err().message, "Refresh Token has expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_a_code() {
    let pools = pools();
    pools.person("dora").await;
    let sent = pools.user_pool("ForgotPassword", json!({ "Username": "dora" })).await.unwrap();
    let pretended = pools.user_pool("ForgotPassword", json!({ "Username": "nobody" })).await.unwrap();
    assert_eq!(sent["CodeDeliveryDetails"]["DeliveryMedium"], pretended["CodeDeliveryDetails"]["DeliveryMedium"]);
    let reset = async |name: &str, code: &str, password: &str| {
        let input = json!({ "Username": name, "ConfirmationCode": code, "Password": password });
        pools.user_pool("ConfirmForgotPassword", input).await
    };
    let code = pools.code("dora@example.com");
    let weak = reset("dora", &code, "short1A").await.unwrap_err();
    assert_eq!(weak.message, "Password did not conform with policy: Password not long enough");
    assert_eq!(kind(reset("dora", "nonsense", "New-passw0rd").await), "CodeMismatchException");
    assert_eq!(kind(reset("nobody", "123456", "New-passw0rd").await), "CodeMismatchException");
    reset("dora", &code, "New-passw0rd").await.unwrap();
    assert_eq!(kind(pools.sign_in("dora", PASSWORD).await), "NotAuthorizedException", "the old password is void");
    assert!(pools.sign_in("dora", "New-passw0rd").await.is_ok());
    assert_eq!(kind(reset("dora", &code, "Newer-passw0rd").await), "ExpiredCodeException", "a code is good once");

    pools.user_pool("ForgotPassword", json!({ "Username": "dora" })).await.unwrap();
    pools.clock.shift(Duration::minutes(61));
    let late = reset("dora", &pools.code("dora@example.com"), "Newer-passw0rd").await;
    assert_eq!(kind(late), "ExpiredCodeException", "this code lives an hour");
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_a_code_is_stopped() {
    let pools = pools();
    pools.sign_up("eve").await.unwrap();
    for _ in 0..5 {
        assert_eq!(kind(pools.confirm("eve", "wrong").await), "CodeMismatchException");
    }
    let right = pools.code("eve@example.com");
    assert_eq!(kind(pools.confirm("eve", &right).await), "LimitExceededException", "even the right one must wait");
    pools.clock.shift(Duration::minutes(16));
    assert!(pools.confirm("eve", &right).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_in_cognitos_words() {
    let pools = pools();
    let sign_up = async |name: &str, password: &str, email: &str| {
        let attributes = json!([{ "Name": "email", "Value": email }]);
        let input = json!({ "Username": name, "Password": password, "UserAttributes": attributes });
        pools.user_pool("SignUp", input).await
    };
    assert_eq!(kind(sign_up("a b", PASSWORD, "a@b.c").await), "InvalidParameterException");
    assert_eq!(kind(sign_up("ab", PASSWORD, "nonsense").await), "InvalidParameterException");
    assert_eq!(kind(sign_up("ab", "weakling1", "a@b.c").await), "InvalidPasswordException");
    let nowhere = json!({ "Username": "ab", "Password": PASSWORD });
    assert_eq!(kind(pools.user_pool("SignUp", nowhere).await), "InvalidParameterException", "nowhere to send to");
    assert_eq!(kind(pools.user_pool("SignUp", json!({ "Username": 7 })).await), "InvalidParameterException");
    assert_eq!(kind(pools.user_pool("AdminDeleteUser", json!({})).await), "UnknownOperationException");
    let answer = pools.cognito.handle("AWSCognitoIdentityProviderService.SignUp", "{nonsense".into()).await;
    assert_eq!(answer.headers()["x-amzn-errortype"], "SerializationException");
    let stranger = r#"{"ClientId":"other","AuthFlow":"USER_SRP_AUTH"}"#;
    let answer = pools.cognito.handle("AWSCognitoIdentityProviderService.InitiateAuth", stranger.into()).await;
    assert_eq!(answer.headers()["x-amzn-errortype"], "ResourceNotFoundException");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_address_as_user_name_becomes_the_alias_of_a_sub() {
    let pools = pools();
    let input = json!({ "Username": "Fay@Example.com", "Password": PASSWORD });
    let signed_up = pools.user_pool("SignUp", input.clone()).await.unwrap();
    assert_eq!(kind(pools.user_pool("SignUp", input).await), "UsernameExistsException");
    pools.confirm("fay@example.com", &pools.code("Fay@Example.com")).await.unwrap();
    let tokens = pools.tokens("fay@example.com").await;
    assert_eq!(claims(&tokens["IdToken"])["cognito:username"], signed_up["UserSub"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_do_not_share_an_email_address() {
    let pools = pools();
    pools.person("gina").await;
    let email = json!([{ "Name": "email", "Value": "Gina@example.com" }]);
    let input = json!({ "Username": "gina2", "Password": PASSWORD, "UserAttributes": email });
    pools.user_pool("SignUp", input).await.unwrap();
    let code = pools.code("Gina@example.com");
    assert_eq!(kind(pools.confirm("gina2", &code).await), "AliasExistsException");
    let forced = json!({ "Username": "gina2", "ConfirmationCode": code, "ForceAliasCreation": true });
    pools.user_pool("ConfirmSignUp", forced).await.unwrap();
    let who = claims(&pools.tokens("gina@example.com").await["IdToken"]);
    assert_eq!(who["cognito:username"], "gina2", "the alias moved");
    assert!(pools.sign_in("gina", PASSWORD).await.is_ok(), "the first account keeps its user name");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_counts_once_it_is_verified() {
    let pools = pools();
    let tokens = pools.person("hal").await;
    let wanted = json!([{ "Name": "email", "Value": "new@example.com" }, { "Name": "name", "Value": "Hal Ü" }]);
    pools.as_user("UpdateUserAttributes", &tokens, json!({ "UserAttributes": wanted })).await.unwrap();
    assert!(pools.sign_in("hal@example.com", PASSWORD).await.is_ok(), "the old address still signs in");
    assert_eq!(kind(pools.sign_in("new@example.com", PASSWORD).await), "NotAuthorizedException");
    let input = json!({ "AttributeName": "email", "Code": pools.code("new@example.com") });
    pools.as_user("VerifyUserAttribute", &tokens, input).await.unwrap();
    assert!(pools.sign_in("new@example.com", PASSWORD).await.is_ok());
    assert_eq!(kind(pools.sign_in("hal@example.com", PASSWORD).await), "NotAuthorizedException");
    let id = claims(&pools.tokens("hal").await["IdToken"]);
    assert_eq!((&id["name"], &id["email"]), (&json!("Hal Ü"), &json!("new@example.com")));
    let lie = json!({ "UserAttributes": [{ "Name": "email_verified", "Value": "true" }] });
    assert_eq!(kind(pools.as_user("UpdateUserAttributes", &tokens, lie).await), "NotAuthorizedException");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_who_knows_the_old_one() {
    let pools = pools();
    let tokens = pools.person("ida").await;
    let change = async |old: &str, new: &str| {
        let input = json!({ "PreviousPassword": old, "ProposedPassword": new });
        pools.as_user("ChangePassword", &tokens, input).await
    };
    assert_eq!(kind(change("Wrong-passw0rd", "New-passw0rd").await), "NotAuthorizedException");
    assert_eq!(kind(change(PASSWORD, "new").await), "InvalidPasswordException");
    change(PASSWORD, "New-passw0rd").await.unwrap();
    assert!(pools.sign_in("ida", "New-passw0rd").await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_that_is_ensured_twice_keeps_its_sign_ins_unless_the_password_differs() {
    let pools = pools();
    let tokens = pools.person("jo").await;
    pools.cognito.ensure_user("jo", "jo@example.com", PASSWORD, PasswordKind::Permanent).unwrap();
    assert!(pools.refresh(&tokens).await.is_ok(), "the same password changes nothing");
    pools.cognito.ensure_user("jo", "jo@example.com", "Other-passw0rd", PasswordKind::Permanent).unwrap();
    assert!(pools.refresh(&tokens).await.is_err(), "another password ends every sign-in");
    assert!(pools.sign_in("jo", "Other-passw0rd").await.is_ok());
    let tokens = pools.sign_in("jo", "Other-passw0rd").await.unwrap()["AuthenticationResult"].clone();
    pools.cognito.revoke("jo").unwrap();
    assert!(pools.refresh(&tokens).await.is_err());
    let weak = pools.cognito.ensure_user("kim", "kim@example.com", "weak", PasswordKind::Permanent).unwrap_err();
    assert_eq!(weak.to_string(), "Password did not conform with policy: Password not long enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_wanted_by_several_at_once_is_made_once_and_refused_to_nobody() {
    let pools = pools();
    for round in 0..8 {
        let name = format!("wanted{round}");
        let wanting = (0..4).map(|_| {
            let (cognito, name) = (pools.cognito.clone(), name.clone());
            tokio::task::spawn_blocking(move || {
                cognito.ensure_user(&name, &format!("{name}@example.com"), PASSWORD, PasswordKind::Permanent)
            })
        });
        for made in futures::future::join_all(wanting).await {
            made.expect("it runs").unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
