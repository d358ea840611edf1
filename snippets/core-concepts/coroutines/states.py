import inspect


class Pause:
    def __await__(self):
        yield


async def water(plant):
    print("running:", inspect.getcoroutinestate(coroutine))
    await Pause()
    print(f"{plant} is watered")


coroutine = water("the fern")
print("new:", inspect.getcoroutinestate(coroutine))
coroutine.send(None)
print("waiting:", inspect.getcoroutinestate(coroutine))
try:
    coroutine.send(None)
except StopIteration:
    print("finished:", inspect.getcoroutinestate(coroutine))
try:
    coroutine.send(None)
except RuntimeError as error:
    print("once more:", error)
