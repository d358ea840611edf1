class Pause:
    def __await__(self):
        yield "pause"


async def bake():
    print("bake: dough")
    await Pause()
    print("bake: done")
    return "bread"


async def breakfast():
    print("breakfast: begins")
    food = await bake()
    print(f"breakfast: {food} is on the table")


coroutine = breakfast()
print("* send gave:", coroutine.send(None))
print("* waits in:", coroutine.cr_await.__qualname__)
try:
    coroutine.send(None)
except StopIteration:
    print("* finished")
