"""Serves ministack, an independent S3 and Cognito, provisioned as a team's backend.

Reads its one JSON line of settings from standard input: port, data (a folder), bucket, policies, users, guests. Prints one JSON
line when it is ready: endpoint, region, bucket, userPoolId, userPoolClientId, identityPoolId. Ends when standard input ends, so
that it never outlives the suite; then by SIGTERM, after three seconds by SIGKILL.

ministack does not substitute policy variables. Here the one that the documented policies use is put in its place.
"""

import dataclasses
import json
import os
import signal
import sys
import threading
import time
import urllib.request

REGION = "us-east-1"
VARIABLE = "${cognito-identity.amazonaws.com:sub}"


def main():
    settings = json.loads(sys.stdin.readline())
    data = settings["data"]
    os.environ.update(
        AUTH="true",
        BIND_HOST="127.0.0.1",
        GATEWAY_PORT=str(settings["port"]),
        PERSIST_STATE="1",
        STATE_DIR=os.path.join(data, "state"),
        S3_PERSIST="1",
        S3_DATA_DIR=os.path.join(data, "s3"),
        SERVICES="s3,sts,iam,cognito-idp,cognito-identity",
        MINISTACK_REGION=REGION,
        # What stands here goes to nobody's account.
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION=REGION,
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        NO_PROXY="127.0.0.1",
    )
    # The ready line goes to the suite alone; what ministack prints goes with its log.
    ready = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    threading.Thread(target=end_with_the_suite, daemon=True).start()
    threading.Thread(target=provision, args=(settings, ready), daemon=True).start()
    substitute_the_variable()
    sys.argv = ["ministack"]
    from ministack.app import main as serve

    serve()


def end_with_the_suite():
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(3)
    os.kill(os.getpid(), signal.SIGKILL)


def substitute_the_variable():
    from ministack.core import iam_evaluator as evaluator
    from ministack.services import sts

    resolve = evaluator.resolve_principal

    def resolve_and_substitute(access_key_id, *arguments, **named):
        principal = resolve(access_key_id, *arguments, **named)
        identity = (sts._sessions.get(access_key_id) or {}).get("_identity_id")
        policies = getattr(principal, "policies", None)
        if not identity or not policies:
            return principal

        def filled(value):
            if isinstance(value, str):
                return value.replace(VARIABLE, identity)
            if isinstance(value, list):
                return [filled(one) for one in value]
            if isinstance(value, dict):
                return {key: filled(one) for key, one in value.items()}
            return value

        def statement(one):
            resources = {"resources": filled(one.resources), "not_resources": filled(one.not_resources)}
            return dataclasses.replace(one, conditions=filled(one.conditions), **resources)

        return dataclasses.replace(principal, policies=[[statement(one) for one in policy] for policy in policies])

    evaluator.resolve_principal = resolve_and_substitute


def provision(settings, ready):
    endpoint = f"http://127.0.0.1:{settings['port']}"
    wait_for(endpoint + "/_ministack/health")
    try:
        ready.write(json.dumps(provisioned(settings, endpoint)) + "\n")
        ready.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        os.kill(os.getpid(), signal.SIGKILL)


def wait_for(url):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(600):
        try:
            return direct.open(url, timeout=5).read()
        except OSError:
            time.sleep(0.1)
    raise SystemExit("ministack did not answer within a minute")


def provisioned(settings, endpoint):
    import boto3

    def client(name):
        return boto3.client(name, endpoint_url=endpoint, region_name=REGION)

    bucket = settings["bucket"]
    client("s3").create_bucket(Bucket=bucket)

    pools = client("cognito-idp")
    pool = pools.create_user_pool(
        PoolName="contract",
        AutoVerifiedAttributes=["email"],
        Policies={"PasswordPolicy": {"MinimumLength": 8, "RequireUppercase": True, "RequireNumbers": True}},
    )["UserPool"]["Id"]
    app = pools.create_user_pool_client(
        UserPoolId=pool,
        ClientName="contract",
        GenerateSecret=False,
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        EnableTokenRevocation=True,
        PreventUserExistenceErrors="ENABLED",
    )["UserPoolClient"]["ClientId"]
    for user in settings["users"]:
        attributes = [{"Name": "email", "Value": user["email"]}, {"Name": "email_verified", "Value": "true"}]
        pools.admin_create_user(
            UserPoolId=pool,
            Username=user["name"],
            UserAttributes=attributes,
            TemporaryPassword=user["password"],
            MessageAction="SUPPRESS",
        )
        if not user["temporary"]:
            pools.admin_set_user_password(
                UserPoolId=pool, Username=user["name"], Password=user["password"], Permanent=True
            )

    identities = client("cognito-identity")
    identity_pool = identities.create_identity_pool(
        IdentityPoolName="contract",
        AllowUnauthenticatedIdentities=settings["guests"],
        CognitoIdentityProviders=[{"ProviderName": f"cognito-idp.{REGION}.amazonaws.com/{pool}", "ClientId": app}],
    )["IdentityPoolId"]
    roles = {who: role(client("iam"), who, identity_pool, policy) for who, policy in settings["policies"].items()}
    identities.set_identity_pool_roles(IdentityPoolId=identity_pool, Roles=roles)
    return {
        "endpoint": endpoint,
        "region": REGION,
        "bucket": bucket,
        "userPoolId": pool,
        "userPoolClientId": app,
        "identityPoolId": identity_pool,
    }


def role(iam, who, identity_pool, policy):
    provider = "cognito-identity.amazonaws.com"
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": provider},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {
                    "StringEquals": {f"{provider}:aud": identity_pool},
                    "ForAnyValue:StringLike": {f"{provider}:amr": who},
                },
            }
        ],
    }
    made = iam.create_role(RoleName=f"contract-{who}", AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName=f"contract-{who}", PolicyName="amplify", PolicyDocument=json.dumps(policy))
    return made["Role"]["Arn"]


if __name__ == "__main__":
    main()
