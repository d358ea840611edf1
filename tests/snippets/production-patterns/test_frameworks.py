"""Real servers on loopback: who is served, who waits, and what becomes of requests whose services or clients fail."""

import json


def test_a_blocking_call_in_async_def_stalls_the_other_visitor(recording):
    run = recording("stalls_everyone")
    assert run.out == [
        "/report: asked",
        "/tea: asked",
        "/report: here is the report",
        "/tea: here is your tea",
        "/tea: asked",
        "/tea: here is your tea",
    ]


def test_a_def_route_blocks_only_its_own_thread(recording):
    run = recording("in_a_thread")
    assert run.out == [
        "/report: asked",
        "/tea: asked",
        "/tea: here is your tea",
        "/tea: asked",
        "/tea: here is your tea",
        "/report: here is the report",
    ]


def test_nobody_is_served_while_async_def_blocks_and_others_are_otherwise(recording):
    rows = [json.loads(line) for line in recording("meanwhile").out]
    assert [row["round"] for row in rows] == [1, 1, 1, 2, 2, 2, 3, 3, 3]

    def served(route, call):
        return [row["meanwhile"] for row in rows if (row["route"], row["call"]) == (route, call)]

    assert served("async def", "time.sleep") == [0, 0, 0]
    for kind in (("def", "time.sleep"), ("async def", "await asyncio.sleep")):
        assert len(served(*kind)) == 3
        assert sum(served(*kind)) > 0


def test_one_def_route_too_many_waits_for_a_thread_and_async_def_does_not(recording):
    run = recording("threads_are_full")
    assert run.out[0] == "threads for def routes: 40, now 2"
    answered = [line for line in run.out if line.endswith("answered")]
    # With a thread of its own, the short one would have been answered before the long ones.
    assert answered == ["/async-def: answered", "/long: answered", "/long: answered", "/short: answered"]


def test_services_are_asked_at_once(recording):
    run = recording("several_fastapi")
    # Asked one after another, the price would have come first.
    assert run.out == [
        "asking for the product",
        "stock: answers",
        "price: answers",
        "reviews: answers",
        "200 {'price': 4.5, 'stock': 12, 'reviews': ['Strong.']}",
    ]


def test_what_can_be_done_without_is_left_out(recording):
    run = recording("several_aiohttp")
    assert run.out == [
        "asking for the product",
        "stock: left out, ClientResponseError",
        "reviews: left out, TimeoutError",
        "200 {'price': 4.5, 'stock': None, 'reviews': None}",
    ]
    assert run.err == []


def test_without_what_is_needed_the_rest_is_called_off(recording):
    run = recording("one_is_needed")
    assert run.out == [
        "asking for the product",
        "stock: called off",
        "product: ['503 Service Unavailable']",
        "502 no price today",
    ]
    assert run.err == []


def test_an_http_exception_does_not_leave_a_group_unwrapped(recording):
    run = recording("wrapped_in_a_group")
    assert run.out == ["/in-a-group: 500 Internal Server Error", '/unwrapped: 503 {"detail":"no price today"}']


def test_every_failure_of_a_service_becomes_an_answer(recording):
    run = recording("services_fail")
    raised = dict(line.split(": ") for line in run.out if "visitor" not in line)
    answered = [line for line in run.out if "visitor" in line]
    assert raised == {
        "is_down": "ClientConnectorError",
        "is_slow": "TimeoutError",
        "fails": "ClientResponseError",
        "hangs_up": "ServerDisconnectedError",
        "sends_html": "ContentTypeError",
        "sends_half": "JSONDecodeError",
        "sends_other": "KeyError",
    }
    assert answered == [
        "works: the visitor gets 200 4.5",
        *(
            f'{kind}: the visitor gets {status} {{"detail":"no price today"}}'
            for kind, status in {
                "is_down": 503,
                "is_slow": 504,
                "fails": 502,
                "hangs_up": 502,
                "sends_html": 502,
                "sends_half": 502,
                "sends_other": 502,
            }.items()
        ),
    ]
    assert run.err == []


STREAMED = [
    "client: status 200",
    "server: sends chapter 1",
    "client: has read chapter 1",
    "server: sends chapter 2",
    "client: has read chapter 2",
    "server: sends chapter 3",
    "client: has read chapter 3",
]


def test_fastapi_sends_a_chapter_when_it_is_there(recording):
    assert recording("stream_fastapi").out == STREAMED


def test_aiohttp_sends_a_chapter_when_it_is_there(recording):
    assert recording("stream_aiohttp").out == STREAMED


def test_a_stream_waits_for_a_client_that_does_not_read(recording):
    assert recording("slow_reader").out == [
        "all sent before the client reads: False",
        "megabytes received: 30",
    ]


LEFT = [
    "server: sends chapter 1",
    "client: has read chapter 1",
    "server: sends chapter 2",
    "client: has read chapter 2",
    "client: leaves",
]


def test_fastapi_cancels_a_stream_that_nobody_reads(recording):
    run = recording("client_leaves_fastapi")
    assert run.out == [*LEFT, "server: nobody reads any more", "server: closes the book"]


def test_aiohttp_tells_at_the_next_write_that_nobody_reads(recording):
    run = recording("client_leaves_aiohttp")
    assert run.out == [
        *LEFT,
        "server: sends chapter 3",
        "server: ClientConnectionResetError: Cannot write to closing transport",
        "server: closes the book",
    ]
    assert run.err == []


def test_a_fastapi_route_runs_on_for_nobody_unless_it_looks(recording):
    assert recording("runs_on_fastapi").out == [
        "client: waits no longer for /count",
        "server: counted, for nobody",
        "client: waits no longer for /count-and-look",
        "server: counting called off",
    ]


def test_an_aiohttp_handler_runs_on_for_nobody_unless_told_otherwise(recording):
    assert recording("runs_on_aiohttp").out == [
        "handler_cancellation = False",
        "client: waits no longer",
        "server: counted, for nobody",
        "handler_cancellation = True",
        "client: waits no longer",
        "server: counting called off",
    ]
