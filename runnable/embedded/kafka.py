"""librdkafka's mock broker, which speaks Kafka's protocol over TCP, from the wheel of confluent-kafka."""

from __future__ import annotations

import sys

PACKAGE = "confluent_kafka"
DISTRIBUTION = "confluent-kafka"
PYTHON = "<3.15"

_SETTINGS = {
    "test.mock.num.brokers": 1,
    "bootstrap.servers": "the mock broker's own",  # replaced by librdkafka; it must be there
    "log_level": 4,  # or it says on stderr that it is a mock
}


def main() -> int:
    """Runs it on a free port of 127.0.0.1."""
    from confluent_kafka import Producer  # noqa: PLC0415 - PACKAGE is to be had without it

    # The broker lives as long as the client it belongs to.
    client = Producer(_SETTINGS)
    (broker,) = client.list_topics(timeout=30).brokers.values()
    print(f"{broker.host}:{broker.port}", flush=True)
    sys.stdin.buffer.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
