import subprocess
import sys

LINES = [
    'tea = asyncio.create_task(asyncio.sleep(0.6, "tea is ready"))',
    "tea.done()",
    'await asyncio.sleep(0.3, "toast is ready")',
    "await tea",
]


def shown_until_prompt(repl):
    shown = ""
    while not shown.endswith(">>> "):
        shown += repl.stdout.read(1)
    return shown.removesuffix(">>> ")


repl = subprocess.Popen(
    [sys.executable, "-u", "-m", "asyncio"],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    stderr=subprocess.DEVNULL,
    text=True,
)
with repl:
    shown_until_prompt(repl)
    for line in LINES:
        print(">>>", line)
        print(line, file=repl.stdin, flush=True)
        print(shown_until_prompt(repl), end="")
    repl.stdin.close()
