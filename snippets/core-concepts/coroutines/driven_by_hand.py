class Ask:
    def __init__(self, question):
        self.question = question

    def __await__(self):
        return (yield self.question)


async def take_order():
    drink = await Ask("Which drink?")
    size = await Ask("Which size?")
    return f"one {size} {drink}"


coroutine = take_order()
print("created: no line of it has run")
print("suspended with", coroutine.send(None))
print("suspended with", coroutine.send("coffee"))
try:
    coroutine.send("large")
except StopIteration as end:
    print("returned", end.value)
