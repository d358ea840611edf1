def test_tasks_share_a_thread_and_threads_a_process(recording):
    assert recording("who_waits").out == [
        "three tasks: processes 1, threads 1",
        "three threads: processes 1, threads 3",
        "three processes: processes 3, threads 3",
    ]


def test_a_pool_of_threads_makes_the_calls_overlap_and_keeps_their_order(recording):
    assert recording("handful_of_calls").out == [
        "Lima: answered",
        "Cairo: answered",
        "Oslo: answered",
        "['Oslo: rain', 'Lima: rain', 'Cairo: rain']",
    ]


def test_the_loop_goes_on_while_another_process_computes(recording):
    assert recording("compute_elsewhere").out == [
        "9592 primes, counted in another process",
        "visitors were greeted meanwhile: yes",
    ]
