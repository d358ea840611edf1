class Pause:
    def __await__(self):
        yield


async def copy(name):
    print(f"{name}: open")
    try:
        await Pause()
        print(f"{name}: copied")
    except OSError as error:
        print(f"{name}: caught {error}")
    finally:
        print(f"{name}: closed")


failing = copy("photo.png")
failing.send(None)
try:
    failing.throw(OSError("disk full"))
except StopIteration:
    print("photo.png: coroutine finished")

dropped = copy("song.mp3")
dropped.send(None)
dropped.close()
print("song.mp3: coroutine closed")
