"""Serves moto: a second, unrelated S3, and Kinesis. Its accounts and policies are not used: it lets everybody in.

Reads its one JSON line of settings from standard input: port, bucket, versioned, stream. Prints one JSON line when it is ready: endpoint,
region. Ends when standard input ends, so that it never outlives the suite.
"""

import json
import os
import sys

REGION = "us-east-1"


def main():
    settings = json.loads(sys.stdin.readline())
    # What stands here goes to nobody's account.
    os.environ.update(
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION=REGION,
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        NO_PROXY="127.0.0.1",
    )
    # The ready line goes to the suite alone; what moto prints goes with its log.
    ready = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=settings["port"], verbose=False)
    server.start()
    endpoint = f"http://127.0.0.1:{settings['port']}"
    s3 = boto3.client("s3", endpoint_url=endpoint)
    s3.create_bucket(Bucket=settings["bucket"])
    s3.create_bucket(Bucket=settings["versioned"])
    s3.put_bucket_versioning(Bucket=settings["versioned"], VersioningConfiguration={"Status": "Enabled"})
    boto3.client("kinesis", endpoint_url=endpoint).create_stream(StreamName=settings["stream"], ShardCount=1)
    ready.write(json.dumps({"endpoint": endpoint, "region": REGION}) + "\n")
    ready.flush()
    sys.stdin.read()
    os._exit(0)


main()
