//! Signing in and out, accounts, codes.

use amphora_app::wire::{AppState, ChallengeAnswer, CodeDelivery, Failure, Mail, SignInStep, SignUpStep};
use amphora_app::{App, Password};
use tauri::State;

/// Signs in.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(app: State<'_, App>, username: String, password: String) -> Result<SignInStep, Failure> {
    app.sign_in(&username, Password::new(password)).await
}

/// Answers a sign-in that asked for more.
#[tauri::command]
#[specta::specta]
pub async fn answer_challenge(app: State<'_, App>, answer: ChallengeAnswer) -> Result<SignInStep, Failure> {
    app.answer_challenge(answer).await
}

/// Creates an account.
#[tauri::command]
#[specta::specta]
pub async fn sign_up(
    app: State<'_, App>,
    username: String,
    email: String,
    password: String,
) -> Result<SignUpStep, Failure> {
    app.sign_up(&username, &email, Password::new(password)).await
}

/// Confirms a new account.
#[tauri::command]
#[specta::specta]
pub async fn confirm_sign_up(app: State<'_, App>, username: String, code: String) -> Result<(), Failure> {
    app.confirm_sign_up(&username, &code).await
}

/// Sends the code again.
#[tauri::command]
#[specta::specta]
pub async fn resend_code(app: State<'_, App>, username: String) -> Result<CodeDelivery, Failure> {
    app.resend_code(&username).await
}

/// Sends a code for choosing another password.
#[tauri::command]
#[specta::specta]
pub async fn forgot_password(app: State<'_, App>, username: String) -> Result<CodeDelivery, Failure> {
    app.forgot_password(&username).await
}

/// Chooses another password with that code.
#[tauri::command]
#[specta::specta]
pub async fn reset_password(
    app: State<'_, App>,
    username: String,
    code: String,
    password: String,
) -> Result<(), Failure> {
    app.reset_password(&username, &code, Password::new(password)).await
}

/// Signs out.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(app: State<'_, App>) -> Result<AppState, Failure> {
    app.sign_out().await
}

/// The letters that the practice storage "sent", newest first.
#[tauri::command]
#[specta::specta]
pub async fn practice_mail(app: State<'_, App>) -> Result<Vec<Mail>, Failure> {
    app.practice_mail().await
}

/// Signs in as the practice account.
#[tauri::command]
#[specta::specta]
pub async fn practice_sign_in(app: State<'_, App>) -> Result<AppState, Failure> {
    app.practice_sign_in().await
}
