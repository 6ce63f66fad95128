"""Reads every record of a Kinesis stream with boto3 and prints them as one JSON list.

Reads its one JSON line of settings from standard input: endpoint, region, stream.
"""

import json
import sys

import boto3


def main():
    settings = json.loads(sys.stdin.readline())
    client = boto3.client(
        "kinesis",
        endpoint_url=settings["endpoint"],
        region_name=settings["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    stream, records = settings["stream"], []
    for shard in client.list_shards(StreamName=stream)["Shards"]:
        at = client.get_shard_iterator(StreamName=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
        iterator = at["ShardIterator"]
        while iterator:
            page = client.get_records(ShardIterator=iterator)
            records += [json.loads(record["Data"]) for record in page["Records"]]
            iterator = page["NextShardIterator"] if page["MillisBehindLatest"] or page["Records"] else None
    print(json.dumps(records))


main()
