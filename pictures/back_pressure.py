"""What back pressure does

Three moments of a queue with room for three items. First there is room: put returns at once, and the producer goes
on. Then the queue is full: put waits, and with it the producer. It produces nothing that nobody can take. Then the
consumer takes an item: there is a free place, the waiting put goes through, and the producer goes on, at the
consumer's pace.
"""


def draw(board):
    moment(board, 0, "room", 1, "put returns at once")
    moment(board, 118, "full", 3, "put waits, and the producer with it", waits=True)
    moment(board, 236, "taken", 2, "put goes on, at the consumer's pace", taken=True)


def moment(board, y, name, items, words, *, waits=False, taken=False):
    board.text(4, y + 10, name, bold=True, align="left", role="mark" if waits else "ink")
    board.text(324, y + 10, words, small=True, align="right", role="mark" if waits else "quiet")
    board.box(4, y + 26, 74, 44, role="mark" if waits else "ink", dashed=waits)
    board.text(41, y + 48, "producer", small=True, role="mark" if waits else "ink")
    for place in range(3):
        full = place >= 3 - items
        board.box(118 + 30 * place, y + 33, 30, 30, fill="surface", radius=0)
        if full:
            board.box(124 + 30 * place, y + 39, 18, 18, role="accent", fill="accent", radius=3)
    board.box(250, y + 26, 74, 44)
    board.text(287, y + 48, "consumer", small=True)
    board.arrow([(80, y + 48), (116, y + 48)], role="mark" if waits else "ink", dashed=waits)
    board.arrow([(210, y + 48), (248, y + 48)], role="accent" if taken else "ink")
    board.text(98, y + 38, "put", small=True, code=True, role="mark" if waits else "ink")
    board.text(229, y + 38, "get", small=True, code=True, role="accent" if taken else "ink")
