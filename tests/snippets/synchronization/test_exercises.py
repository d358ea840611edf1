def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_at_first_all_three_are_in_the_oven(virtual):
    run = virtual("one_oven")
    assert history(run) == [
        (0.0, "bread: into the oven"),
        (0.0, "cake: into the oven"),
        (0.0, "pizza: into the oven"),
        (0.3, "pizza: out of the oven"),
        (0.6, "bread: out of the oven"),
        (0.9, "cake: out of the oven"),
    ]


def test_with_the_lock_each_waits_for_the_one_before(virtual):
    run = virtual("one_oven_solution")
    assert history(run) == [
        (0.0, "bread: into the oven"),
        (0.6, "bread: out of the oven"),
        (0.6, "cake: into the oven"),
        (1.5, "cake: out of the oven"),
        (1.5, "pizza: into the oven"),
        (1.8, "pizza: out of the oven"),
    ]


def test_at_first_the_camera_is_done_before_the_first_print(virtual):
    run = virtual("slow_camera")
    assert history(run) == [
        (0.1, "camera: photo 1"),
        (0.2, "camera: photo 2"),
        (0.3, "camera: photo 3"),
        (0.4, "camera: photo 4"),
        (0.5, "printer: photo 1"),
        (0.9, "printer: photo 2"),
        (1.3, "printer: photo 3"),
        (1.7, "printer: photo 4"),
    ]


def test_with_a_bounded_queue_the_camera_keeps_one_ahead(virtual):
    run = virtual("slow_camera_solution")
    assert history(run) == [
        (0.1, "camera: photo 1"),
        (0.2, "camera: photo 2"),
        (0.5, "printer: photo 1"),
        (0.5, "camera: photo 3"),
        (0.9, "printer: photo 2"),
        (0.9, "camera: photo 4"),
        (1.3, "printer: photo 3"),
        (1.7, "printer: photo 4"),
    ]


def test_at_first_three_guests_go_hungry(virtual):
    run = virtual("last_orders")
    assert history(run) == [
        (0.2, "Ben: served salad"),
        (0.3, "Ada: served soup"),
        (0.6, "main: closes"),
    ]


def test_with_join_all_are_served_before_it_closes(virtual):
    run = virtual("last_orders_solution")
    assert history(run) == [
        (0.2, "Ben: served salad"),
        (0.3, "Ada: served soup"),
        (0.8, "Ben: served pasta"),
        (0.9, "Ben: served cake"),
        (1.1, "Ada: served fish"),
        (1.1, "main: closes"),
    ]
