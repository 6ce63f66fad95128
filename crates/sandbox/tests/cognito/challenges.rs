//! What is asked after the password.

use amphora_sandbox::cognito::{Guests, PasswordKind, SecondFactor};
use serde_json::json;
use time::Duration;

use crate::support::{PASSWORD, kind, pools, pools_with, totp};

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_password_is_replaced_and_then_a_second_factor_set_up() {
    let pools = pools_with(SecondFactor::Required, Guests::Allowed);
    pools.cognito.ensure_user("ann", "ann@example.com", PASSWORD, PasswordKind::Temporary).unwrap();

    let asked = pools.sign_in("ann", PASSWORD).await.unwrap();
    assert_eq!(asked["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    assert_eq!(kind(pools.answer(&asked, json!({ "NEW_PASSWORD": "weak" })).await), "InvalidPasswordException");
    let answer = json!({ "NEW_PASSWORD": "New-passw0rd", "userAttributes.name": "Ann" });
    let set_up = pools.answer(&asked, answer.clone()).await.unwrap();
    assert_eq!(kind(pools.answer(&asked, answer).await), "NotAuthorizedException", "a session is answered once");

    assert_eq!(set_up["ChallengeName"], "MFA_SETUP");
    assert!(pools.answer(&set_up, json!({})).await.is_err(), "nothing is set up yet");
    let given = pools.user_pool("AssociateSoftwareToken", json!({ "Session": set_up["Session"] })).await.unwrap();
    let verify = async |code: String| {
        let input = json!({ "Session": given["Session"], "UserCode": code, "FriendlyDeviceName": "phone" });
        pools.user_pool("VerifySoftwareToken", input).await
    };
    assert_eq!(kind(verify("000".into()).await), "EnableSoftwareTokenMFAException");
    let verified = verify(totp(&given["SecretCode"], pools.clock.now())).await.unwrap();
    assert_eq!(verified["Status"], "SUCCESS");
    let asked = json!({ "ChallengeName": "MFA_SETUP", "Session": verified["Session"] });
    assert!(pools.answer(&asked, json!({})).await.unwrap()["AuthenticationResult"]["IdToken"].is_string());

    let asked = pools.sign_in("ann", "New-passw0rd").await.unwrap();
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(asked["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"], "phone");
    let code = json!({ "SOFTWARE_TOKEN_MFA_CODE": totp(&given["SecretCode"], pools.clock.now()) });
    assert_eq!(kind(pools.answer(&asked, code).await), "ExpiredCodeException", "the set-up used this code");
    pools.clock.shift(Duration::seconds(60));
    let code = json!({ "SOFTWARE_TOKEN_MFA_CODE": totp(&given["SecretCode"], pools.clock.now()) });
    assert!(pools.answer(&asked, code).await.is_ok());

    pools.cognito.ensure_user("ann", "ann@example.com", PASSWORD, PasswordKind::Temporary).unwrap();
    assert!(pools.sign_in("ann", "New-passw0rd").await.is_ok(), "a replaced temporary password does not come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_the_users_choice() {
    let pools = pools();
    let tokens = pools.person("ben").await;
    let prefer = async |input| pools.as_user("SetUserMFAPreference", &tokens, input).await;
    let app = json!({ "SoftwareTokenMfaSettings": { "Enabled": true } });
    assert_eq!(kind(prefer(app.clone()).await), "InvalidParameterException", "no app is set up");
    assert_eq!(
        kind(prefer(json!({ "SMSMfaSettings": { "Enabled": true } })).await),
        "InvalidParameterException",
        "no telephone number"
    );

    let secret = pools.as_user("AssociateSoftwareToken", &tokens, json!({})).await.unwrap()["SecretCode"].clone();
    let code = totp(&secret, pools.clock.now());
    pools.as_user("VerifySoftwareToken", &tokens, json!({ "UserCode": code })).await.unwrap();
    assert!(pools.sign_in("ben", PASSWORD).await.unwrap()["AuthenticationResult"].is_object(), "not turned on yet");
    prefer(app).await.unwrap();
    assert_eq!(pools.sign_in("ben", PASSWORD).await.unwrap()["ChallengeName"], "SOFTWARE_TOKEN_MFA");

    let number = json!({ "UserAttributes": [{ "Name": "phone_number", "Value": "+491701234567" }] });
    pools.as_user("UpdateUserAttributes", &tokens, number).await.unwrap();
    let code = json!({ "AttributeName": "phone_number", "Code": pools.code("+491701234567") });
    pools.as_user("VerifyUserAttribute", &tokens, code).await.unwrap();
    prefer(json!({ "SMSMfaSettings": { "Enabled": true } })).await.unwrap();
    let asked = pools.sign_in("ben", PASSWORD).await.unwrap();
    assert_eq!(asked["ChallengeName"], "SELECT_MFA_TYPE");
    let asked = pools.answer(&asked, json!({ "ANSWER": "SMS_MFA" })).await.unwrap();
    assert_eq!(asked["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"], "+*******4567");
    assert_eq!(kind(pools.answer(&asked, json!({ "SMS_MFA_CODE": "nonsense" })).await), "CodeMismatchException");
    let code = json!({ "SMS_MFA_CODE": pools.code("+491701234567") });
    assert!(pools.answer(&asked, code).await.unwrap()["AuthenticationResult"].is_object());

    prefer(json!({ "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true } })).await.unwrap();
    assert_eq!(pools.sign_in("ben", PASSWORD).await.unwrap()["ChallengeName"], "SMS_MFA");
    let me = pools.as_user("GetUser", &tokens, json!({})).await.unwrap();
    assert_eq!(me["PreferredMfaSetting"], "SMS_MFA");
    assert_eq!(me["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA", "SMS_MFA"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_cannot_be_skipped_or_guessed() {
    let pools = pools();
    let tokens = pools.person("cora").await;
    let secret = pools.as_user("AssociateSoftwareToken", &tokens, json!({})).await.unwrap()["SecretCode"].clone();
    let code = totp(&secret, pools.clock.now());
    pools.as_user("VerifySoftwareToken", &tokens, json!({ "UserCode": code })).await.unwrap();
    let on = json!({ "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    pools.as_user("SetUserMFAPreference", &tokens, on).await.unwrap();

    let asked = pools.sign_in("cora", PASSWORD).await.unwrap();
    for other in ["NEW_PASSWORD_REQUIRED", "SMS_MFA", "MFA_SETUP", "SELECT_MFA_TYPE"] {
        let twisted = json!({ "ChallengeName": other, "Session": asked["Session"] });
        let answer = json!({ "NEW_PASSWORD": "New-passw0rd", "SMS_MFA_CODE": "", "ANSWER": "SMS_MFA" });
        assert_eq!(kind(pools.answer(&twisted, answer).await), "NotAuthorizedException", "{other} was not asked");
    }
    for _ in 0..5 {
        let wrong = json!({ "SOFTWARE_TOKEN_MFA_CODE": "nonsense" });
        assert_eq!(kind(pools.answer(&asked, wrong).await), "CodeMismatchException");
    }
    pools.clock.shift(Duration::seconds(60));
    let right = json!({ "SOFTWARE_TOKEN_MFA_CODE": totp(&secret, pools.clock.now()) });
    assert_eq!(kind(pools.answer(&asked, right).await), "LimitExceededException");
    pools.clock.shift(Duration::minutes(16));
    let right = json!({ "SOFTWARE_TOKEN_MFA_CODE": totp(&secret, pools.clock.now()) });
    assert_eq!(kind(pools.answer(&asked, right).await), "NotAuthorizedException", "a session lives three minutes");
}
