"""What the reader's browser needs to run and to edit programs: got from registries, made and published by the build.

It is made where a project says `browser = true` under [tool.runnable] in its pyproject.toml, once for what goes into
it, in `.cache/runnable/browser/`; nothing is fetched twice. On the site it lies at `assets/python/VERSION/`, and every
page says where that is: `<meta name="runnable-python" content="../assets/python/VERSION/">`. Where there is no such
element, no program can be run in the page. The version changes when anything in it does.

    pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm, pyodide-lock.json
                        CPython for WebAssembly. The lock offers no packages: there are none but the wheels below.
    python_stdlib.zip   its standard library, in part compiled (`runnable/kit/library.py` says which part)
    wheels.json         {"aiohttp": {"file": "aiohttp-….whl", "imports": ["aiohttp"], "needs": ["yarl", …]}, …}:
                        distributions, all that each needs, at any depth
    wheels/*.whl        compiled, without sources. To import from them as they are, from `sys.path`, is three times as
                        fast as to unpack them
    ours.zip            `runnable.browser.host` and what it imports, compiled, without sources
    editor.js           CodeMirror: an ES module, which exports `create` (see `editor.mjs`)
    licenses.txt        whose work it is, and under which terms
"""
