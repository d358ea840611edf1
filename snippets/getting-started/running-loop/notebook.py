import ast
import asyncio

CELL_1 = """
async def fetch_price(item):
    await asyncio.sleep(0.5)
    return 4
"""
CELL_2 = "print('tea costs', asyncio.run(fetch_price('tea')))"
CELL_3 = "print('tea costs', await fetch_price('tea'))"


async def notebook(cells):
    names = {"asyncio": asyncio}
    for number, cell in enumerate(cells, 1):
        print(f"cell {number}")
        code = compile(cell, f"cell {number}", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        try:
            waiting = eval(code, names)
            if waiting is not None:
                await waiting
        except RuntimeError as error:
            print(error)


asyncio.run(notebook([CELL_1, CELL_2, CELL_3]))
