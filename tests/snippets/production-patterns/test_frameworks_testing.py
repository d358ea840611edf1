"""The tests that the page shows pass, each for what it claims, and what they stand on is real."""


def test_four_tests_of_an_aiohttp_application_pass(recording):
    run = recording("aiohttp_client")
    name = "PASSED aiohttp_client.py::test_it_"
    assert [line for line in run.out if line.startswith("PASSED")] == [
        f"{name}shows_the_price",
        f"{name}refuses_when_the_prices[fails-ClientResponseError]",
        f"{name}refuses_when_the_prices[is_slow-TimeoutError]",
        f"{name}refuses_when_the_prices[sends_garbage-KeyError]",
    ]
    assert run.out[-1].startswith("4 passed in ")
    assert run.err == []


def test_each_test_of_a_fastapi_application_has_a_server_with_a_lifespan_of_its_own(recording):
    run = recording("fastapi_server")
    assert [line for line in run.out if line.startswith("lifespan")] == ["lifespan: begins", "lifespan: ends"] * 2
    assert run.out[-1].startswith("2 passed in ")
    assert run.err == []


def test_calling_the_application_does_not_begin_its_lifespan(recording):
    assert recording("without_a_server").out == [
        '200 {"price":"unknown, the lifespan has not begun"}',
        "lifespan: begins",
        '200 {"price":4.5}',
        "lifespan: ends",
    ]
