/* Runs programs as the reader's worker does, in Node: run_programs.mjs jspi|plain PYODIDE WHEELS ROOT REQUESTS MESSAGES
 *
 * The last two are files, as in run_programs.py: a pipe may be full, and Node does not wait until it is not. Here
 * "stop_after" counts from the first output: until a program begins, a busy machine takes as long as it likes.
 */
import fs from "node:fs";
import path from "node:path";

// Node would print the line of the error, and that is all of Pyodide.
process.on("uncaughtException", error => {
  process.stderr.write(`${String(error).slice(-2000)}\n`);
  process.exit(1);
});

const [mode, pyodide, wheels, root, requests, messages] = process.argv.slice(2);
const { loadPyodide } = await import(path.join(pyodide, "pyodide.mjs"));
const python = await loadPyodide({ env: { HOME: "/home/reader", TZ: "UTC", PYTHONHASHSEED: "0" } });
for (const wheel of fs.readdirSync(wheels)) {
  if (wheel.endsWith(".whl")) python.unpackArchive(new Uint8Array(fs.readFileSync(path.join(wheels, wheel))), "wheel");
}
python.FS.mkdirTree("/ours/runnable");
python.FS.mount(python.FS.filesystems.NODEFS, { root: path.join(root, "runnable") }, "/ours/runnable");
python.runPython("import sys; sys.path.append('/ours')");

let stops = 0;
let wake = () => {};
let press = () => {}; // Stop, a while later
const cell = new Int32Array(new SharedArrayBuffer(4));
const page = {
  post: text => {
    fs.appendFileSync(messages, text + "\n");
    if (JSON.parse(text).kind === "wrote") press();
  },
  stops: () => stops,
  pause: milliseconds => void Atomics.wait(cell, 0, 0, milliseconds),
  sleep: milliseconds =>
    new Promise(kept => {
      const timer = setTimeout(kept, milliseconds);
      wake = () => {
        clearTimeout(timer);
        kept();
      };
    }),
};
const run = python.pyimport("runnable.browser.host").run;
for (const line of fs.readFileSync(requests, "utf8").split("\n").filter(Boolean)) {
  stops = 0;
  const request = JSON.parse(line);
  let timer = null;
  press = () => {
    if (!request.stop_after) return;
    timer ??= setTimeout(() => {
      stops += 1;
      wake();
    }, request.stop_after * 1000);
  };
  if (mode === "jspi") await run.callPromising(line, page);
  else run(line, page);
  clearTimeout(timer);
}
process.exit(0);
