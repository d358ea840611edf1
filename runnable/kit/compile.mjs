// Compiles Python for the page, with the page's own Python, and packs it into archives.
//
//     node compile.mjs PYODIDE FOLDER
//
// PYODIDE is the folder of the package. FOLDER holds `jobs.json`, a list of {"columns": true or false, "call": …,
// "keywords": {…}}: functions of `compiler.py` and what they take; paths in it are relative to FOLDER, and `compiler.py`
// is run there. Where "columns" is false, the code does not know in which columns of a line an expression stands.
// Prints what the last call returned, as JSON.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [pyodide, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const compiler = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "compiler.py"), "utf-8");

async function start(columns) {
  const env = { HOME: "/", PYTHONHASHSEED: "0", ...(columns ? {} : { PYTHONNODEBUGRANGES: "1" }) };
  const python = await loadPyodide({ env, stdout: console.error, stderr: console.error });
  python.FS.mkdir("/work");
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/work");
  python.FS.chdir("/work");
  python.runPython(compiler, { filename: "compiler.py" });
  return python;
}

const pythons = new Map();
let result = "null";
for (const { columns, call, keywords } of JSON.parse(readFileSync(join(folder, "jobs.json"), "utf-8"))) {
  if (!pythons.has(columns)) pythons.set(columns, await start(columns));
  result = pythons.get(columns).globals.get("call")(call, JSON.stringify(keywords));
}
console.log(result);
