"""How a cancellation travels

Main calls cancel on a task. The request goes down through the coroutines that await one another, back_up and copy,
to the place where the task waits: the future of a sleep, which is cancelled. At the task's next turn CancelledError
is raised at that await, and goes up the same way. In copy it passes a finally block, in back_up an except block
that raises it again. It leaves the task, which is now cancelled. Whoever awaits the task gets a CancelledError too.
"""

LEVELS = [
    ("task", "it is cancelled() from then on"),
    ("back_up()", "except CancelledError: … raise"),
    ("copy()", "finally: closes its file"),
    ("await sleep(…)", "the await raises the error"),
]
LEFT, RIGHT = 44, 284


def draw(board):
    board.text(4, 10, "task.cancel()", code=True, small=True, role="accent", align="left")
    board.text(324, 10, "CancelledError", code=True, small=True, role="mark", align="right")
    board.text(324, 26, "for whoever awaits it", small=True, role="mark", align="right")
    for number, (name, words) in enumerate(LEVELS):
        top = 44 + 76 * number
        board.box(70, top, 188, 54)
        board.text(164, top + 17, name, bold=True, code=number > 0)
        board.text(164, top + 38, words, small=True)
        if number:
            board.text(164, top - 11, ("runs", "awaits", "stands at")[number - 1], small=True, role="quiet")
    bottom = 44 + 76 * 3 + 27
    board.arrow([(LEFT, 22), (LEFT, bottom), (70, bottom)], role="accent")
    board.arrow([(258, bottom), (RIGHT, bottom), (RIGHT, 38)], role="mark")
    board.text(LEFT - 8, 150, "1", bold=True, role="accent", align="right")
    board.text(LEFT - 8, 168, "down", small=True, role="accent", align="right")
    board.text(RIGHT + 8, 150, "2", bold=True, role="mark", align="left")
    board.text(RIGHT + 8, 168, "up", small=True, role="mark", align="left")
    board.text(164, 346, "between 1 and 2, cancel() has returned,", small=True, role="quiet")
    board.text(164, 362, "and the task waits for its next turn", small=True, role="quiet")
