def test_rabbitmq_hands_each_message_on_once_and_forgets_what_is_acknowledged(recording):
    run = recording("rabbitmq")
    drinks = ["tea", "coffee", "cocoa"]
    assert [line for line in run.out if line.startswith("sent")] == [f"sent: {drink}" for drink in drinks]
    assert [line for line in run.out if line.startswith("made")] == [f"made: {drink}" for drink in drinks]
    assert run.out[-1] == "left: 0"
    assert (run.err, run.exit) == ([], 0)


def test_kafka_keeps_messages_for_every_reader(recording):
    run = recording("kafka")
    drinks = ["tea", "coffee", "cocoa"]
    assert run.out == [
        *(f"sent: {drink}, now at offset {offset}" for offset, drink in enumerate(drinks)),
        *(f"kitchen: {drink}" for drink in drinks),
        *(f"accounts: {drink}" for drink in drinks),
    ]
    assert (run.err, run.exit) == ([], 0)
