// Runs a Python file in Pyodide: node pyodide.mjs PYODIDE FOLDER FILE, where FOLDER is mounted at /project.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, folder, file] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
globalThis.sleepSync = (seconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
const python = await loadPyodide({ stdout: console.log, stderr: console.error });
python.FS.mkdir("/project");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/project");
python.runPython(readFileSync(file, "utf-8"), { filename: file });
