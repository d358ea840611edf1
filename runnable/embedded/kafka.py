"""librdkafka's mock broker, which speaks Kafka's protocol over TCP, from the wheel of confluent-kafka."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

PACKAGE = "confluent_kafka"
DISTRIBUTION = "confluent-kafka"
PYTHON = "<3.15"

_PRODUCER = 0
_BROKERS = 1


def main() -> int:
    """Runs it on a free port of 127.0.0.1."""
    library = _library()
    for function in ("rd_kafka_conf_new", "rd_kafka_new", "rd_kafka_mock_cluster_new"):
        getattr(library, function).restype = ctypes.c_void_p
    library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p

    settings = ctypes.c_void_p(library.rd_kafka_conf_new())
    # Or it says on stderr that it is a mock.
    library.rd_kafka_conf_set(settings, b"log_level", b"0", None, ctypes.c_size_t(0))
    # The broker lives as long as the client it belongs to: until this process ends.
    client = ctypes.c_void_p(library.rd_kafka_new(_PRODUCER, settings, None, ctypes.c_size_t(0)))
    cluster = ctypes.c_void_p(library.rd_kafka_mock_cluster_new(client, _BROKERS))
    # A new group would wait for three seconds for more members. Only the C interface can change that.
    library.rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, ctypes.c_int32(0))
    print(library.rd_kafka_mock_cluster_bootstraps(cluster).decode(), flush=True)
    sys.stdin.buffer.read()
    return 0


def _library() -> ctypes.CDLL:
    """librdkafka itself, which the wheel brings along."""
    from confluent_kafka import cimpl  # noqa: PLC0415 - PACKAGE is to be had without it

    if sys.platform != "win32":
        return ctypes.CDLL(cimpl.__file__)  # looks in what the module is linked with, too
    folder = Path(cimpl.__file__).parents[1] / "confluent_kafka.libs"
    return ctypes.CDLL(str(next(folder.glob("*rdkafka*.dll"))))


if __name__ == "__main__":
    sys.exit(main())
