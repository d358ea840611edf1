/* The output of a run as it comes: the same elements as runnable/output.py makes of a recording. */

const MOST_LINES = 1000; // shown; a program may write hundreds of thousands
const MOST_LETTERS = 10_000; // of one line
const PAUSES = [0.1, 0.3, 0.75, 1.5]; // seconds before a line from which on a pause is drawn, and drawn wider
const SIGNALS = { 2: "SIGINT", 6: "SIGABRT", 9: "SIGKILL", 11: "SIGSEGV", 15: "SIGTERM" };

export const spoken = second => `${second.toFixed(2)}\u00a0s`;

const span = (kind, text = "") => {
  const element = document.createElement("span");
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
};

export class Output {
  #samp;
  #open = {}; // by stream: the line of which more may come
  #before = null; // the second of the last line
  #stream = "out";
  #lines = 0;
  #hidden = 0;
  #wide = 0;

  constructor(name) {
    this.element = document.createElement("pre");
    this.element.className = "program-output run-output";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "log");
    this.element.setAttribute("aria-label", name);
    this.#samp = document.createElement("samp");
    this.element.append(this.#samp);
  }

  get empty() {
    return this.#lines === 0;
  }

  /** Lines that were written and are not shown. */
  get hidden() {
    return this.#hidden;
  }

  write(second, stream, text) {
    const pre = this.element;
    const follows = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 4;
    // What follows a carriage return is drawn over what came before it: a line of its own here.
    for (const piece of text.match(/[^\r\n]*(?:\r?\n|\r)|[^\r\n]+/g) || []) {
      let line = this.#open[stream];
      delete this.#open[stream];
      if (line && line.over) {
        if (piece === "\n") {
          this.#drawOver(line, false);
          continue;
        }
        line = null;
      }
      line ??= this.#begin(second, stream);
      this.#add(line, piece.replace(/[\r\n]+$/, ""));
      if (piece.endsWith("\r")) this.#drawOver(line, true);
      if (!piece.endsWith("\n")) this.#open[stream] = line;
    }
    if (follows) pre.scrollTop = pre.scrollHeight;
  }

  #begin(second, stream) {
    this.#lines += 1;
    if (this.#lines > MOST_LINES) {
      this.#hidden += 1;
      return { over: false, text: null };
    }
    const element = span(`program-line${stream === "err" ? " program-err" : ""}${this.#pause(second)}`);
    if (stream !== this.#stream) element.append(span("program-stream", `std${stream}`));
    this.#stream = stream;
    element.append(this.#time(second));
    const text = document.createTextNode("");
    element.append(text, "\n");
    this.#samp.append(element);
    this.#before = second;
    return { element, text, over: false };
  }

  #add(line, text) {
    if (!line.text || line.text.length >= MOST_LETTERS) return;
    line.text.appendData(text.slice(0, MOST_LETTERS));
    if (line.text.length + text.length > MOST_LETTERS) line.text.appendData("…");
  }

  #drawOver(line, over) {
    line.over = over;
    if (!line.element) return;
    line.element.classList.toggle("program-over", over);
    if (over && line.text.length === 0) line.element.remove(); // to draw over nothing changes nothing
    else if (over) line.text.after(Object.assign(span("program-sign", "↵"), { title: "drawn over" }));
    else line.element.querySelector(".program-sign")?.remove();
  }

  #pause(second) {
    const width = PAUSES.filter(least => second - (this.#before || 0) >= least).length;
    if (width) return ` program-pause-${width}`;
    return this.#before !== null && spoken(second) === spoken(this.#before) ? " program-same" : "";
  }

  #time(second) {
    const time = document.createElement("time");
    time.dateTime = `PT${second.toFixed(3)}S`;
    time.textContent = spoken(second);
    if (time.textContent.length > Math.max(6, this.#wide)) {
      this.#wide = time.textContent.length;
      this.element.style.setProperty("--program-time", `${this.#wide}ch`);
    }
    return time;
  }

  /** Says how it ended, where that was not exit status 0. */
  end(exit, second) {
    if (exit === 0) return;
    const how = exit > 0 ? `exit status ${exit}` : `ended by ${SIGNALS[-exit] || `signal ${-exit}`}`;
    const line = span(`program-line program-end${this.#pause(second)}`);
    line.append(this.#time(second), span("", how));
    this.element.append(line);
  }
}
