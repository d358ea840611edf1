BODY = "async def load():\n    try:\n        await read()\n"

ENDINGS = {
    "return": "    except* OSError:\n        return None\n",
    "break": "    except* OSError:\n        break\n",
    "except beside except*": "    except* OSError:\n        pass\n    except ValueError:\n        pass\n",
    "except* without a class": "    except*:\n        pass\n",
}

for name, ending in ENDINGS.items():
    try:
        compile(BODY + ending, "load.py", "exec")
        print(f"{name}: is accepted")
    except SyntaxError as error:
        print(f"{name}: {error.msg}")

try:
    try:
        raise OSError("disk full")
    except* ExceptionGroup:
        print("except* ExceptionGroup: is accepted")
except TypeError as error:
    print("except* ExceptionGroup:", error)
