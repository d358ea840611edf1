def test_the_loop_goes_on_beside_a_thread(recording):
    run = recording("beside_the_loop")
    reading = "kitchen: 21 degrees, read in asyncio_0"
    assert [line for line in run.out if line != reading] == ["tick 1", "tick 2", "tick 3", "tick 4"]
    assert run.out.index("tick 2") < run.out.index(reading)


def test_a_cancelled_await_does_not_stop_its_thread_and_run_waits_for_it(recording):
    run = recording("thread_goes_on")
    assert run.out == [
        "  copied file 1",
        "main: the time is up, returns",
        "  copied file 2",
        "  copied file 3",
        "asyncio.run: returns",
    ]


def test_an_event_tells_the_thread_to_stop(recording):
    run = recording("told_to_stop")
    assert run.out == [
        "  copied file 1",
        "main: the time is up, returns",
        "  copied file 2",
        "  stopped before file 3",
        "asyncio.run: returns",
    ]


def test_what_still_waits_for_a_thread_never_begins_when_cancelled(recording):
    run = recording("never_began")
    assert run.out == ["photos begins", "both are cancelled: True", "photos ends"]


def test_a_full_pool_makes_everybody_wait(recording):
    run = recording("pool_is_full")
    assert run.out == ["looking up Ana", "report 1 is made", "Ana is found", "report 2 is made"]


def test_slow_calls_in_a_pool_of_their_own_hinder_nobody(recording):
    run = recording("pool_of_its_own")
    assert run.out == ["looking up Ana", "Ana is found", "report 1 is made", "report 2 is made"]


def primes(below):
    """By another method than the programs'."""
    sieve = bytearray([1]) * below
    sieve[:2] = b"\0\0"
    for number in range(2, below):
        sieve[number * number :: number] = bytes(len(sieve[number * number :: number]))
    return sum(sieve)


def test_a_pool_of_processes_calculates_elsewhere(recording):
    run = recording("in_processes")
    assert run.out == [
        f"{primes(10_000)} primes, counted here: False",
        f"{primes(20_000)} primes, counted here: False",
    ]


def test_without_a_main_guard_the_process_of_the_pool_dies(recording):
    run = recording("no_main_guard")
    assert run.out == ["the process of the pool has died"]
    assert run.err == [
        "An attempt has been made to start a new process "
        "before the current process has finished its bootstrapping phase"
    ]


def test_a_process_can_be_stopped_by_force(recording):
    run = recording("stopped_by_force")
    assert run.out == ["the time is up", "the process is gone"]
    assert run.exit == 0


def test_interpreters_calculate_in_this_process(recording):
    run = recording("in_interpreters")
    assert run.out == [
        f"{primes(10_000)} primes, in this process: True",
        f"{primes(20_000)} primes, in this process: True",
    ]


def test_interpreters_share_no_globals(recording):
    run = recording("nothing_shared")
    assert run.out == [
        "by a thread: there ['Ana'], here ['Ana']",
        "by an interpreter: there ['Ben'], here ['Ana']",
    ]
