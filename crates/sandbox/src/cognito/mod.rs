//! Amazon Cognito: the user pool and the identity pool of the sandbox.
