"""The states of a task

A new task is ready: its first step is in the loop's queue. When it is its turn, it runs, up to the next await that
has to wait. Then it waits, in no queue, for a future. When that future is done, or the task is cancelled, its next
step goes into the queue, and it is ready again. A task that is running ends in one of three ways, and is then done:
it returns and has a result, it raises and has an exception, or it lets a CancelledError out and is cancelled. Done
is for good.
"""

ENDS = [("return", "a result"), ("raise", "an exception"), ("CancelledError", "cancelled")]


def draw(board):
    board.text(144, 8, "create_task", code=True, small=True)
    board.arrow([(144, 18), (144, 42)])
    state(board, 64, 42, "ready", "its next step is\nin the loop's queue")

    board.arrow([(92, 106), (92, 168)])
    board.text(84, 138, "its turn", small=True, align="right")
    state(board, 4, 168, "running", "the one task that\nhas the thread", role="accent", width=136)

    board.arrow([(140, 200), (196, 200)])
    board.text(167, 190, "await", code=True, small=True)
    state(board, 198, 168, "waiting", "in no queue,\nfor a future", width=126)
    board.arrow([(246, 168), (246, 74), (224, 74)])
    board.text(254, 112, "the future\nis done, or\ncancel()", small=True, align="left")

    board.arrow([(72, 232), (72, 284)])
    board.text(80, 258, "the coroutine has ended", small=True, align="left")
    board.box(4, 284, 320, 104, fill="surface")
    board.text(16, 301, "done", bold=True, align="left")
    board.text(60, 301, "for good", small=True, role="quiet", align="left")
    for number, (how, what) in enumerate(ENDS):
        y = 326 + 22 * number
        board.text(16, y, how, code=True, small=True, align="left", role="mark" if number == 2 else "ink")
        board.arrow([(130, y), (166, y)], role="mark" if number == 2 else "ink")
        board.text(176, y, what, small=True, align="left", role="mark" if number == 2 else "ink")


def state(board, x, y, name, words, *, width=160, role="ink"):
    board.box(x, y, width, 64, role=role)
    board.text(x + width / 2, y + 16, name, bold=True, role=role)
    board.text(x + width / 2, y + 35, words, small=True)
