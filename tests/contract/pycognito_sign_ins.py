"""Signs in many times with pycognito, an independent SRP client, and prints how many failed.

Reads one JSON line: endpoint, region, userPoolId, userPoolClientId, users (name and password), times. Each sign-in is a new
client with new random numbers; the users take turns, and every tenth sign-in has a wrong password and must be refused.
"""

import json
import os
import sys

os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, NO_PROXY="127.0.0.1")

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from pycognito import AWSSRP


def main():
    asked = json.loads(sys.stdin.readline())
    unsigned = Config(signature_version=UNSIGNED)
    client = boto3.client(
        "cognito-idp", endpoint_url=asked["endpoint"], region_name=asked["region"], config=unsigned
    )
    failed, right, wrong = [], 0, 0
    for count in range(asked["times"]):
        user = asked["users"][count % len(asked["users"])]
        try:
            sign_in(client, asked, user["name"], user["password"])
            right += 1
        except Exception as error:
            failed.append(f"{user['name']}: {error!r}")
        if count % 10 == 0:
            try:
                sign_in(client, asked, user["name"], user["password"] + "!")
                failed.append(f"{user['name']}: a wrong password was taken")
            except client.exceptions.NotAuthorizedException:
                wrong += 1
    print(json.dumps({"right": right, "wrong": wrong, "failed": failed}))


def sign_in(client, asked, name, password):
    srp = AWSSRP(
        username=name,
        password=password,
        pool_id=asked["userPoolId"],
        client_id=asked["userPoolClientId"],
        client=client,
    )
    tokens = srp.authenticate_user()["AuthenticationResult"]
    assert tokens["IdToken"] and tokens["RefreshToken"]


if __name__ == "__main__":
    main()
