/* The Python of this page: one worker, one program at a time. */
import { confined } from "./cell.js";

const OURS = new URL("./", import.meta.url).href;
const PATIENCE = 1000; // milliseconds after Stop in which a program must have ended

/** What went wrong before the program could begin. */
export class LoadError extends Error {}

export class Python {
  #base;
  #attempt = null; // to load it; another one makes what comes of this one void
  #worker = null;
  #loading = null; // a promise, while and after it is loaded
  #hear = () => {};
  #progress = () => {};
  #waits = false;
  #heavy = false;
  #compiled = null; // what the first worker has compiled, for those that come after it
  #run = null; // { ended, kept, broken, timer; stopped and heard, once Stop was pressed and has come to it }

  constructor(base) {
    this.#base = base;
  }

  /** Begins to load what is not there yet. Rejects with LoadError. */
  ready(progress = () => {}) {
    this.#progress = progress;
    this.#loading ??= new Promise((kept, broken) => {
      const attempt = (this.#attempt = {});
      const fail = what => {
        if (this.#attempt !== attempt) return;
        this.#drop();
        broken(new LoadError(what));
      };
      this.#abandon = () => fail("cancelled");
      confined(`${OURS}worker.js`, [OURS, this.#base], "Python").then(
        worker => {
          if (this.#attempt === attempt) this.#listen(worker, kept, fail);
          else worker.terminate();
        },
        error => fail(error.message),
      );
    });
    return this.#loading;
  }

  #listen(worker, kept, fail) {
    this.#worker = worker;
    worker.onerror = event => {
      event.preventDefault();
      if (this.#run) this.#crashed(event.message);
      else fail(event.message || "its worker could not be started");
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker) return;
      const message = typeof data === "string" ? JSON.parse(data) : data;
      if (message.kind === "loading") this.#progress(message);
      else if (message.kind === "compiled") this.#keep(message.compiled);
      else if (message.kind === "failed") fail(message.what);
      else if (message.kind === "ready") {
        this.#waits = message.waits;
        kept();
      } else if (message.kind === "heavy") this.#heavy = true;
      else if (message.kind === "heard") this.#heard();
      else if (message.kind === "missing") this.#missing(message.what);
      else if (message.kind === "crashed") this.#crashed(message.what);
      else if (message.kind === "ended") this.#ended(message);
      else this.#hear(message);
    };
    const jspi = typeof WebAssembly.Suspending === "function";
    worker.postMessage({ kind: "load", base: this.#base, jspi, compiled: this.#compiled });
  }

  #abandon = () => {};

  #keep(compiled) {
    // A program can send no more than text. Whose window the worker's messages come to is not asked.
    if (Object.prototype.toString.call(compiled) === "[object WebAssembly.Module]") this.#compiled = compiled;
  }

  /** Gives up loading. */
  cancel() {
    this.#abandon();
  }

  /** Runs a program; `hear` gets each message. Resolves with the last: "ended", or { kind: "killed", note }.
   *  Rejects with LoadError where what it imports could not be loaded. */
  run(request, hear) {
    this.#hear = hear;
    const run = {};
    run.ended = new Promise((kept, broken) => Object.assign(run, { kept, broken }));
    this.#run = run;
    this.#worker.postMessage({ kind: "run", request });
    return run.ended;
  }

  /** Ends the program that runs: by KeyboardInterrupt where it can be told and ends within a second; else, or at once
   *  when asked again, with all of Python. */
  stop() {
    const run = this.#run;
    if (!run) return Promise.resolve();
    if (!this.#waits) {
      this.#kill(run, "You stopped it. In this browser a program cannot be told, so all of Python was ended: no finally block ran.");
    } else if (run.stopped) {
      this.#kill(run, "You stopped it twice, so all of Python was ended: what was left to do was not done.");
    } else {
      run.stopped = true;
      this.#worker.postMessage({ kind: "stop" });
      run.timer = setTimeout(() => {
        const why = run.heard
          ? "It went on after KeyboardInterrupt, and had not ended a second later, so all of Python was ended."
          : "It was too busy to be told within a second, so all of Python was ended: no finally block ran.";
        this.#kill(run, `You stopped it. ${why}`);
      }, PATIENCE);
    }
    return run.ended;
  }

  #heard() {
    if (this.#run) this.#run.heard = true;
  }

  #kill(run, note) {
    if (this.#run === run) this.#end({ kind: "killed", note }, true);
  }

  #crashed(what) {
    this.#end({ kind: "killed", note: `The program broke Python itself, and a new one was started: ${what}` }, true);
  }

  #missing(what) {
    const run = this.#run;
    this.#run = null;
    clearTimeout(run?.timer);
    run?.broken(new LoadError(what));
  }

  #ended(message) {
    // A moment for what is said after the end.
    setTimeout(() => {
      if (this.#heavy && !this.#run) this.#again();
    }, 50);
    this.#end(message, false);
  }

  #end(message, again) {
    const run = this.#run;
    this.#run = null;
    this.#hear = () => {};
    if (again) this.#again();
    if (run) {
      clearTimeout(run.timer);
      run.kept(message);
    }
  }

  /** Ends the worker, and loads the next while the reader reads. */
  #again() {
    this.#drop();
    this.ready().catch(() => {});
  }

  #drop() {
    if (this.#worker) this.#worker.terminate();
    this.#attempt = this.#worker = null;
    this.#loading = null;
    this.#heavy = false;
  }
}
