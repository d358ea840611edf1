/* One block: its run, its editor, what the reader has changed. */
import { Output, spoken } from "./output.js";
import { LoadError, Python } from "./python.js";
import { packed, unpacked } from "./share.js";
import { drawn } from "./timeline.js";

const pythons = new Map(); // by where their files are; a page has one
let running = null; // the block whose program runs, or is about to

const make = (tag, kind, text = "", attributes = {}) => {
  const element = document.createElement(tag);
  element.className = kind;
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
const megabytes = bytes => (bytes / 1e6).toFixed(1);

async function text(address) {
  const response = await fetch(address);
  if (!response.ok) throw new LoadError(`${new URL(address).pathname.split("/").at(-1)}: the server says ${response.status}`);
  return response.text();
}

export class Block {
  #figure;
  #bar;
  #go;
  #edit;
  #status;
  #python;
  #base;
  #name;
  #slug;
  #code; // the elements that show the program
  #recorded; // those that show what it did when it was recorded
  #own = null; // what it did here
  #versions = null;
  #state = "idle"; // or "loading", "running", "stopping"
  #cancel = () => {};
  #source = null; // a promise of the guide's program
  #text = null; // the reader's; null where it is the guide's
  #editor = null;
  #tries = 0;
  #fromLink = false;
  #pace;
  #reset;
  #share;
  #about; // what there is to say that is more than a word

  constructor({ figure, base, bar, go, edit, pace, status }) {
    [this.#figure, this.#base, this.#bar] = [figure, base, bar];
    [this.#go, this.#edit, this.#pace, this.#status] = [go, edit, pace, status];
    if (!pythons.has(base)) pythons.set(base, new Python(base));
    this.#python = pythons.get(base);
    this.#slug = figure.dataset.run;
    this.#name = figure.querySelector(".program-file").textContent;
    const parts = [...figure.children];
    const first = parts.findIndex(part => part.matches(".program-bar")) + 1;
    this.#code = parts.slice(first, parts.indexOf(bar)).filter(part => !part.matches(".program-note"));
    this.#recorded = parts.slice(parts.indexOf(bar) + 1);
    this.#reset = make("button", "run-button run-reset", "Reset", { type: "button" });
    this.#share = make("button", "run-button run-share", "Share", { type: "button" });
    this.#reset.hidden = this.#share.hidden = true;
    this.#reset.addEventListener("click", () => this.#toReset());
    this.#share.addEventListener("click", () => this.#toShare());
    this.#about = make("div", "run-about");
    edit.after(this.#reset, this.#share);
    bar.after(this.#about);
  }

  get isConnected() {
    return this.#figure.isConnected;
  }

  // --- Run and Stop ---------------------------------------------------------------------------------------------

  /** What the button does that is now Run, Cancel or Stop. */
  async go() {
    if (this.#state === "loading") this.#cancel();
    else if (this.#state === "running" || this.#state === "stopping") await this.stop();
    else if (this.#state === "idle") await this.#run();
  }

  async stop() {
    if (this.#state === "loading") this.#cancel();
    if (this.#state !== "running" && this.#state !== "stopping") return;
    this.#to("stopping", "Stopping …");
    await this.#python.stop();
  }

  async #run() {
    this.#tell();
    if (running && running !== this) await running.stop();
    running = this;
    try {
      const request = await this.#loaded();
      if (request) await this.#execute(request);
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      this.#to("idle", "");
      this.#forget();
      this.#tellRetry(`Python could not be loaded: ${error.message}. The recorded run below needs none.`, () => this.go());
    } finally {
      if (running === this) running = null;
    }
  }

  /** What the worker is asked for, once it can be; null where the reader has had enough of waiting. */
  async #loaded() {
    this.#to("loading", "Loading Python …");
    const bar = make("progress", "run-progress", "", { "aria-label": "Loading Python" });
    let cancelled = false;
    const cancel = new Promise(kept => {
      this.#cancel = () => {
        cancelled = true;
        this.#python.cancel();
        kept();
      };
    });
    const progress = ({ loaded, total }) => {
      if (this.#state !== "loading") return;
      if (!bar.isConnected) this.#status.before(bar);
      if (total) bar.value = Math.min(1, loaded / total);
      else bar.removeAttribute("value");
      this.#figures(`${megabytes(loaded)}${total ? ` of ${megabytes(total)}` : ""} MB`);
    };
    try {
      const work = Promise.all([this.#python.ready(progress), this.#program(), this.#files()]);
      work.catch(() => {}); // heard below, unless it was cancelled
      await Promise.race([work, cancel]);
      if (cancelled) {
        this.#to("idle", "Cancelled.");
        return null;
      }
      const [, source, files] = await work;
      return {
        name: this.#slug,
        ident: `${this.#figure.id}-run`,
        place: `snippets/${this.#slug}.py`,
        source: this.#text ?? source,
        files,
        fast: this.#pace.value === "fast",
      };
    } catch (error) {
      throw error instanceof LoadError ? error : new LoadError(error.message);
    } finally {
      bar.remove();
      this.#figures("");
    }
  }

  async #execute(request) {
    const changed = this.#text !== null;
    const output = new Output(`Output of your run of ${this.#name}`);
    const provenance = make("span", "program-provenance", "your run, in this browser …");
    const part = make("div", "program-result");
    const bar = make("div", "program-bar");
    bar.append(make("span", "program-label", "Output"), provenance);
    part.append(bar, output.element);
    this.#show(part);
    this.#to("running", "Running …");
    const began = performance.now();
    const end = await this.#python.run(request, message => {
      if (message.kind === "wrote") output.write(Number(message.second), message.stream === "err" ? "err" : "out", String(message.text));
    });
    const seconds = end.kind === "ended" ? Number(end.seconds) : (performance.now() - began) / 1000;
    if (end.kind === "ended") output.end(Number(end.exit), seconds);
    provenance.textContent =
      `your run, ${end.kind === "ended" ? end.interpreter : "CPython"} in this browser, ${spoken(seconds)}` +
      `${request.fast ? " on the fast clock" : ""}${changed ? ", with your changes" : ""}`;
    const notes = String(end.note || "").split("\n").filter(Boolean);
    if (output.hidden) notes.push(`${output.hidden.toLocaleString("en")} more lines are not shown.`);
    if (output.empty && !notes.length) notes.push("This program prints nothing.");
    part.append(...notes.map(note => make("p", "program-note run-said", note)));
    if (end.timeline) this.#draw(part, String(end.timeline));
    this.#to("idle", end.kind === "ended" && Number(end.exit) !== -2 ? `Ended after ${spoken(seconds)}.` : "Stopped.");
    this.#announce(notes);
  }

  #draw(part, html) {
    const timeline = make("div", "program-timeline");
    const bar = make("div", "program-bar");
    bar.append(make("span", "program-label", "Timeline"), make("span", "tl-extent"));
    timeline.append(bar, drawn(html));
    if (!timeline.querySelector(".tl")) return;
    part.before(timeline);
    timeline.dispatchEvent(new Event("timeline-drawn", { bubbles: true }));
  }

  /** Puts the reader's run where the recorded one was, which stays one click away. */
  #show(part) {
    this.#own?.remove();
    this.#figure.querySelectorAll(".program-here[data-own]").forEach(mark => mark.remove());
    this.#own = make("div", "run-own");
    this.#own.append(part);
    if (this.#recorded.length && !this.#versions) {
      this.#versions = make("div", "program-bar run-versions", "", { role: "group", "aria-label": "Which run is shown" });
      for (const [kind, name] of [["own", "Your run"], ["recorded", "Recorded run"]]) {
        const button = make("button", "run-version", name, { type: "button", "data-version": kind });
        button.addEventListener("click", () => this.#pick(kind));
        this.#versions.append(button);
      }
      this.#about.after(this.#versions);
    }
    (this.#versions || this.#about).after(this.#own);
    this.#pick("own");
  }

  /** Nothing ran: the recorded run is shown, and no other. */
  #forget() {
    this.#own?.remove();
    this.#versions?.remove();
    this.#own = this.#versions = null;
    for (const part of this.#recorded) part.hidden = false;
  }

  #pick(kind) {
    for (const part of this.#recorded) part.hidden = kind === "own";
    this.#own.hidden = kind !== "own";
    for (const button of this.#versions?.children || []) {
      button.setAttribute("aria-pressed", String(button.dataset.version === kind));
    }
  }

  #to(state, words) {
    this.#state = state;
    const name = { idle: "Run", loading: "Cancel", running: "Stop", stopping: "Stop" }[state];
    this.#go.textContent = name;
    this.#go.classList.toggle("run-busy", state !== "idle");
    this.#pace.disabled = state !== "idle";
    this.#figure.setAttribute("aria-busy", String(state === "loading" || state === "running"));
    this.#status.textContent = words;
  }

  /** What changes too often to be read aloud. */
  #figures(words) {
    let element = this.#bar.querySelector(".run-figures");
    if (!element) {
      element = make("span", "run-figures", "", { "aria-hidden": "true" });
      this.#status.after(element);
    }
    element.textContent = words;
  }

  #announce(notes) {
    if (notes.length) this.#status.append(make("span", "run-aloud", ` ${notes.join(" ")}`));
  }

  #tell(...parts) {
    this.#about.replaceChildren(...parts);
  }

  #tellRetry(words, again) {
    const note = make("p", "program-note run-wrong", words, { role: "alert" });
    const retry = make("button", "run-button run-retry", "Retry", { type: "button" });
    retry.addEventListener("click", () => {
      this.#go.focus();
      this.#tell();
      again();
    });
    note.append(" ", retry);
    this.#tell(note);
  }

  // --- The program ----------------------------------------------------------------------------------------------

  /** The guide's program. */
  #program() {
    if (!this.#source) {
      this.#source = text(this.#figure.querySelector(".program-download").href);
      this.#source.catch(() => (this.#source = null));
    }
    return this.#source;
  }

  async #files() {
    const links = [...this.#figure.querySelectorAll(".program-part")];
    return Object.fromEntries(await Promise.all(links.map(async link => [link.textContent, await text(link.href)])));
  }

  // --- Edit -----------------------------------------------------------------------------------------------------

  async toggleEditor() {
    if (this.#editor) {
      this.#close();
      return;
    }
    if (await this.#open()) this.#editor.focus();
  }

  /** The reader has changed the program before: shows it as it was left. */
  async openKept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key));
      if (typeof kept.text !== "string") return;
      this.#text = kept.text;
      if (!(await this.#open())) return;
      const moved = kept.digest !== this.#figure.dataset.digest;
      this.#tellQuietly(
        `You have changed this program.${moved ? " The guide's has changed since, too." : ""} “Reset” shows the guide's.`,
      );
    } catch (error) {
      console.warn(error);
    }
  }

  /** A link has brought a program. It is shown, and runs when the reader says so. */
  async openShared(letters) {
    try {
      this.#text = await unpacked(letters);
    } catch {
      this.#tellQuietly("The link to this page was to bring a program, but it is damaged. This is the guide's.");
      return;
    }
    this.#fromLink = true;
    this.#figure.scrollIntoView({ block: "start" });
    if (await this.#open()) {
      this.#tellQuietly("The link to this page brought this program. It is not the guide's: read it before you run it.");
    }
  }

  get #key() {
    return `run:${this.#slug}`;
  }

  #tellQuietly(words) {
    this.#tell(make("p", "program-note run-hint", words));
  }

  async #open() {
    this.#edit.setAttribute("aria-disabled", "true");
    this.#status.textContent = "Loading the editor …";
    try {
      this.#tries += 1;
      const retried = this.#tries > 1 ? `?${this.#tries}` : ""; // a browser remembers what failed
      const [{ create }, source] = await Promise.all([import(`${this.#base}editor.js${retried}`), this.#program()]);
      this.#tries = 0;
      const place = make("div", "run-editor");
      this.#bar.before(place);
      for (const part of this.#code) part.hidden = true;
      this.#editor = {
        place,
        ...create(place, {
          doc: this.#text ?? source,
          label: `Editor of ${this.#name}`,
          onChange: () => this.#changed(source),
          onRun: () => this.go(),
          onEscape: () => (this.#status.textContent = "Tab leaves the editor."),
        }),
      };
      this.#edit.textContent = "Close";
      this.#edit.setAttribute("aria-expanded", "true");
      this.#reset.hidden = this.#share.hidden = false;
      this.#reset.disabled = this.#text === null;
      this.#status.textContent = "";
      return true;
    } catch (error) {
      console.warn(error);
      this.#status.textContent = "";
      this.#tellRetry("The editor could not be loaded.", () => this.toggleEditor());
      return false;
    } finally {
      this.#edit.removeAttribute("aria-disabled");
    }
  }

  #close() {
    this.#editor.destroy();
    this.#editor.place.remove();
    this.#editor = null;
    for (const part of this.#code) part.hidden = false;
    this.#edit.textContent = "Edit";
    this.#edit.setAttribute("aria-expanded", "false");
    this.#reset.hidden = this.#text === null;
    this.#share.hidden = true;
    if (this.#text !== null) {
      this.#tellQuietly("Run runs your version of this program; the code above is the guide's. “Edit” shows yours, “Reset” drops it.");
    }
  }

  #changed(source) {
    const text = this.#editor.get();
    this.#text = text === source ? null : text;
    this.#reset.disabled = this.#text === null;
    if (this.#fromLink) {
      // From now on it is the reader's, and is kept as such.
      this.#fromLink = false;
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    this.#tell();
    try {
      if (this.#text === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify({ digest: this.#figure.dataset.digest, text }));
    } catch {
      this.#tellQuietly("This browser keeps nothing for this page: your changes are lost when you leave it.");
    }
  }

  async #toReset() {
    const source = await this.#program();
    const before = this.#text;
    this.#text = null;
    this.#fromLink = false;
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // then nothing is kept
    }
    if (this.#editor) this.#editor.set(source);
    this.#text = null;
    this.#reset.disabled = true;
    this.#reset.hidden = !this.#editor;
    const note = make("p", "program-note run-hint", "This is the guide's program again. ", { role: "status" });
    const undo = make("button", "run-button run-undo", "Undo", { type: "button" });
    undo.addEventListener("click", async () => {
      this.#text = before;
      if (!this.#editor) await this.#open();
      this.#editor.set(before);
      this.#changed(source);
      this.#editor.focus();
    });
    if (before !== null) note.append(undo);
    this.#tell(note);
    if (this.#editor) this.#editor.focus();
    else this.#edit.focus();
  }

  async #toShare() {
    const text = this.#text ?? (await this.#program());
    const address = new URL(location.href);
    address.hash = new URLSearchParams({ run: this.#figure.id, program: await packed(text) });
    const note = make("p", "program-note run-hint");
    const field = make("input", "run-link", "", { type: "text", readonly: "", "aria-label": "Link to this program" });
    field.value = address.href;
    note.append("A link to this page with the program as it is here. ", field);
    this.#tell(note);
    try {
      await navigator.clipboard.writeText(address.href);
      this.#status.textContent = "The link is in the clipboard.";
    } catch {
      this.#status.textContent = "Copy the link.";
      field.focus();
      field.select();
    }
  }
}

// A program ends with its page, also where pages are replaced without being reloaded.
const left = () => {
  if (running && !running.isConnected) running.stop();
};
if (window.document$) window.document$.subscribe(left);
