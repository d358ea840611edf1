"""One round of the event loop

Three steps follow one another in a circle. First, wait: until a timer is due or the system has news, and not at all
if a call is ready. Second, queue: the calls that have news and the timers that are due go to the back of the queue.
Third, call: those that are in the queue now, one after the other. What they add joins the queue behind, for the
next round. Then the loop waits again.
"""


def draw(board):
    step(board, 4, "1  Wait", "until a timer is due, or a socket\nhas news. Not if a call is ready.")
    board.arrow([(138, 74), (138, 98)])
    step(board, 98, "2  Queue", "first what has news,\nthen the timers that are due")
    board.arrow([(60, 168), (60, 208)], role="accent")
    board.text(68, 188, "to the back", small=True, role="accent", align="left")

    for number in range(5):
        new = number < 2
        board.box(38 + 40 * number, 210, 40, 30, role="accent" if new else "ink", fill="surface", radius=0)
        board.text(58 + 40 * number, 225, "call", small=True, role="accent" if new else "ink", code=True)
    board.text(20, 225, "back", small=True, role="quiet")
    board.text(257, 225, "front", small=True, role="quiet")

    board.arrow([(218, 242), (218, 282)])
    board.text(226, 264, "from the front", small=True, align="left")
    step(board, 282, "3  Call", "those that are in the queue now,\none after the other")

    board.arrow([(20, 317), (10, 317), (10, 264), (58, 264), (58, 242)], role="mark", dashed=True)
    board.text(66, 264, "what they add", small=True, role="mark", align="left")
    board.arrow([(256, 317), (312, 317), (312, 39), (256, 39)])
    board.text(306, 140, "next", small=True, align="right")
    board.text(306, 156, "round", small=True, align="right")


def step(board, y, name, words):
    board.box(20, y, 236, 70)
    board.text(138, y + 17, name, bold=True)
    board.text(138, y + 37, words, small=True)
