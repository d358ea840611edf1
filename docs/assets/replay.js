/* Plays a recording again: a cursor crosses the timeline, lines of output appear at their recorded seconds.
 *
 * All it knows it reads from the page: spans of the timeline have data-s and data-e (seconds) and data-l (the line of the
 * program), marks of output have data-o (which lines), lines of output have <time>. Without this script all of it is
 * shown at once. Who draws a timeline later sends it the event `timeline-drawn`, which bubbles.
 */
(() => {
  "use strict";

  const SPEEDS = [[1, "real time"], [0.5, "½ speed"], [0.25, "¼ speed"], [0.1, "⅒ speed"], [0.01, "1⁄100 speed"], [0.001, "1⁄1000 speed"]];
  const NEAR = 6; // pixels within which a mark that is thinner than a finger counts as meant
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const bound = new WeakSet();

  const make = (tag, kind, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    element.className = kind;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };
  const draw = (tag, kind, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    element.setAttribute("class", kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const seconds = value => `${value.toFixed(2)}\u00a0s`;

  function bind(part) {
    const block = part.closest(".program");
    // Where the reader has run the program, that run is in a part of the block of its own.
    const figure = part.closest(".run-own") || block;
    const picture = part.querySelector(".tl-picture");
    const svg = picture && picture.querySelector(".tl");
    if (!figure || !svg || bound.has(part)) return;
    bound.add(part);

    const begin = Number(picture.dataset.start) || 0;
    const axis = Number(picture.dataset.axis) || 1;
    const end = Number(picture.dataset.end) || axis;
    const number = (element, name) => Number(element.dataset[name]);

    // The titles become ours to tell: a browser's own would cover the picture.
    const told = new Map();
    for (const title of svg.querySelectorAll("title")) {
      if (title.parentNode !== svg) {
        told.set(title.parentNode, title.textContent);
        title.remove();
      }
    }
    const heading = svg.querySelector("title");
    if (heading) {
      svg.setAttribute("aria-label", heading.textContent);
      svg.removeAttribute("aria-labelledby");
      heading.remove();
    }

    const lanes = [...svg.querySelectorAll(".tl-lane")].map(element => ({
      element,
      label: element.querySelector(".tl-label"),
      s: number(element, "s"),
      e: number(element, "e"),
      spans: [...element.querySelectorAll("[data-e]")]
        .map(span => ({ element: span, s: number(span, "s"), e: number(span, "e") }))
        .sort((a, b) => a.s - b.s || a.e - b.e),
    }));
    const laneOf = new Map(lanes.flatMap(lane => lane.spans.map(span => [span.element, lane])));
    const marks = [...svg.querySelectorAll(".tl-said")].map(element => ({
      element,
      t: number(element, "s"),
      lines: (element.dataset.o || "").split(" ").filter(Boolean).map(Number),
    }));
    const lines = [...figure.querySelectorAll(".program-result .program-line")].map(element => {
      const time = element.querySelector("time");
      const found = time && /PT([\d.]+)S/.exec(time.dateTime);
      return { element, t: found ? Number(found[1]) : 0, mark: null };
    });
    for (const mark of marks) {
      for (const line of mark.lines) if (lines[line]) lines[line].mark = mark;
    }

    // What one steps through: each turn, each job, and each line that no turn printed.
    const spans = lanes.flatMap(lane => lane.spans);
    const turns = spans.filter(span => span.element.matches("[data-turn], .tl-job"));
    const events = turns.map(span => ({ t: span.e, s: span.s, span }));
    for (const line of lines) {
      if (!turns.some(span => span.s - 0.002 <= line.t && line.t <= span.e + 0.002)) {
        events.push({ t: line.t, s: line.t, line });
      }
    }
    events.sort((a, b) => a.s - b.s || a.t - b.t);

    // The controls.
    const bar = part.querySelector(".program-bar");
    const controls = make("div", "replay-controls", { role: "group", "aria-label": "Replay" });
    const button = (kind, name, sign) => {
      const element = make("button", `replay-button ${kind}`, { type: "button", "aria-label": name, title: name });
      element.append(make("span", "", { "aria-hidden": "true" }, sign));
      controls.append(element);
      return element;
    };
    const back = button("replay-back", "Previous event", "❮");
    const play = make("button", "replay-button replay-play", { type: "button" });
    const playName = make("span", "", {}, "Replay");
    play.append(make("span", "replay-sign", { "aria-hidden": "true" }), playName);
    controls.append(play);
    const forth = button("replay-forth", "Next event", "❯");
    const speed = make("select", "replay-speed", { "aria-label": "Speed" });
    for (const [factor, name] of SPEEDS) speed.append(new Option(name, factor));
    // A run that is over before one has looked is played slower, and says so.
    const long = end - begin;
    speed.value = long >= 0.4 ? 1 : long >= 0.1 ? 0.25 : long >= 0.02 ? 0.1 : long >= 0.002 ? 0.01 : 0.001;
    controls.append(speed);
    bar.append(controls);

    const track = make("div", "replay-track");
    const range = make("input", "replay-range", {
      type: "range", min: begin, max: axis, step: "any", "aria-label": "Moment of the run",
    });
    range.value = begin;
    track.append(range);
    picture.before(track);
    const detail = make("p", "replay-detail", { "aria-live": "polite", "data-search-exclude": "" });
    picture.after(detail);
    const hint = matchMedia("(hover: none)").matches
      ? "Tap the picture to read what each part is."
      : "Point at the picture, or press an arrow key in it, to read what each part is.";

    const tall = `${parseFloat(svg.getAttribute("height")) - 1.6}em`;
    const veil = draw("rect", "replay-veil", { y: "1.6em", height: tall, x: "0", width: "0" });
    const cursor = draw("line", "replay-cursor", { y1: "1.6em", y2: "100%" });
    const hair = draw("line", "replay-hair", { y1: "1.6em", y2: "100%" });
    svg.append(veil, hair, cursor);
    // What is yet to come is veiled, but not the names.
    for (const { element, label } of lanes) {
      if (label) {
        label.setAttribute("y", element.getAttribute("y"));
        svg.insertBefore(label, hair);
      }
    }

    // Marks on the program's own lines.
    const listings = [...block.querySelectorAll(".program-lines[data-lines]")].map(element => {
      const numbers = element.dataset.lines.split(" ").flatMap(part => {
        const [first, last = first] = part.split("-").map(Number);
        return Array.from({ length: last - first + 1 }, (_, place) => first + place);
      });
      const here = make("span", "program-here", { "aria-hidden": "true" });
      here.hidden = true;
      if (figure !== block) here.dataset.own = "";
      element.append(here);
      return { numbers, here };
    });
    const stand = line => {
      for (const { numbers, here } of listings) {
        const place = line === undefined ? -1 : numbers.indexOf(Number(line));
        here.hidden = place < 0;
        if (place >= 0) here.style.top = `${place}lh`;
      }
    };

    let now = null; // the second that is shown; null: all of it
    let step = -1; // the last event that is shown
    let playing = false;
    let last = 0;
    let marked = [];
    const at = second => `${Math.min(100, Math.max(0, (100 * (second - begin)) / (axis - begin))).toFixed(3)}%`;
    const say = (text, aloud) => {
      detail.setAttribute("aria-live", aloud ? "polite" : "off");
      detail.classList.toggle("replay-hint", text === hint);
      if (detail.textContent !== text) detail.textContent = text;
    };
    const mark = (element, kind) => {
      element.classList.add(kind);
      marked.push([element, kind]);
    };
    const unmark = () => {
      for (const [element, kind] of marked) element.classList.remove(kind);
      marked = [];
      hair.classList.remove("replay-on");
      stand();
    };

    /** Marks a span or a mark of output, what it printed, and the line where the task stands. */
    const pick = (element, aloud) => {
      unmark();
      mark(element, "tl-picked");
      const lane = laneOf.get(element);
      say(told.get(element) || "", aloud);
      stand(element.dataset.l);
      const [s, e] = [number(element, "s"), number(element, "e")];
      const meant = element.matches(".tl-said")
        ? marks.filter(one => one.element === element)
        : lane && !element.matches(".tl-wait, .tl-ready")
          ? marks.filter(one => lane.element.contains(one.element) && one.t >= s - 1e-3 && one.t <= e + 1e-3)
          : [];
      for (const one of meant) {
        mark(one.element, "tl-picked");
        for (const line of one.lines) if (lines[line]) mark(lines[line].element, "replay-meant");
      }
    };
    const pickLine = (line, aloud) => {
      unmark();
      mark(line.element, "replay-meant");
      const second = line.mark ? line.mark.t : line.t;
      hair.setAttribute("x1", at(second));
      hair.setAttribute("x2", at(second));
      hair.classList.add("replay-on");
      const lane = line.mark && lanes.find(one => one.element.contains(line.mark.element));
      if (line.mark) mark(line.mark.element, "tl-picked");
      const turn = lane && lane.spans.find(
        span => span.element.matches("[data-turn]") && span.s - 1e-3 <= second && second <= span.e + 1e-3);
      if (turn) {
        mark(turn.element, "tl-picked");
        stand(turn.element.dataset.l);
      }
      const name = lane && lane.label && lane.label.querySelector(".tl-name");
      say(`${second.toFixed(3)}\u00a0s: ${name ? `${name.textContent} prints this line` : "this line is printed"}`, aloud);
    };

    /** Shows the run as it was at `now`; all of it where that is null. */
    const show = () => {
      const idle = now === null;
      figure.classList.toggle("replay-active", !idle);
      for (const lane of lanes) {
        const live = !idle && lane.s <= now && now <= lane.e;
        if (lane.label) {
          lane.label.classList.toggle("tl-live", live);
          lane.label.classList.toggle("tl-before", !idle && now < lane.e);
        }
        let current = null;
        if (live) for (const span of lane.spans) if (span.s <= now) current = span;
        if (lane.current !== current) {
          if (lane.current) lane.current.element.classList.remove("tl-now");
          if (current) current.element.classList.add("tl-now");
          lane.current = current;
        }
      }
      let newest = null;
      for (const line of lines) {
        const ahead = !idle && (line.mark ? line.mark.t : line.t - 6e-4) > now;
        line.element.classList.toggle("replay-ahead", ahead);
        line.element.classList.remove("replay-new");
        if (!ahead && !idle) newest = line;
      }
      if (newest) newest.element.classList.add("replay-new");
      const second = idle ? begin : now;
      for (const name of ["x1", "x2"]) cursor.setAttribute(name, at(second));
      veil.setAttribute("x", at(second));
      veil.setAttribute("width", at(axis - second + begin));
      range.value = second;
      const doing = step >= 0 && events[step] && events[step].span ? told.get(events[step].span.element) : "";
      range.setAttribute("aria-valuetext", idle ? "not started" : `${seconds(second)}${doing ? `: ${doing}` : ""}`);
    };
    const label = () => {
      play.classList.toggle("replay-playing", playing);
      playName.textContent = playing ? "Pause" : now === null ? "Replay" : now >= end ? "Again" : "Play";
    };
    /** The last event that is over at `second`. */
    const passed = second => {
      let found = -1;
      events.forEach((event, place) => {
        if (event.t <= second + 1e-9) found = Math.max(found, place);
      });
      return found;
    };
    const tell = aloud => {
      const event = events[step];
      if (!event) {
        unmark();
        say(now === null ? hint : "The program has begun; no task has run yet.", aloud);
      } else if (event.span) {
        pick(event.span.element, aloud);
      } else {
        pickLine(event.line, aloud);
      }
    };
    const go = second => {
      now = Math.min(end, Math.max(begin, second));
      step = passed(now);
      show();
      tell(false);
      label();
    };
    const move = by => {
      pause();
      const next = now === null ? (by > 0 ? 0 : -1) : Math.min(events.length, Math.max(-1, step + by));
      step = next;
      if (next >= events.length) now = end;
      else now = next < 0 ? begin : Math.max(events[next].t, next ? Math.min(events[next - 1].t, end) : 0);
      show();
      if (next >= events.length) {
        unmark();
        say(`The program ended at ${seconds(end)}.`, true);
      } else {
        tell(document.activeElement !== range);
      }
      label();
    };
    const pause = () => {
      playing = false;
      label();
    };
    const frame = time => {
      if (!playing || !part.isConnected) return;
      const passing = Math.min(0.1, (time - last) / 1000) * Number(speed.value);
      last = time;
      now = Math.min(end, now + passing);
      const reached = passed(now);
      if (!calm.matches || reached !== step || now >= end) {
        const fresh = reached !== step;
        step = reached;
        show();
        if (fresh) tell(false);
      }
      if (now >= end) {
        pause();
        unmark();
        say(`The program ended at ${seconds(end)}.`, true);
      } else {
        requestAnimationFrame(frame);
      }
    };
    const toggle = () => {
      if (playing) {
        pause();
        return;
      }
      if (now === null || now >= end) {
        now = begin;
        step = passed(begin);
        show();
        tell(false);
      }
      playing = true;
      label();
      requestAnimationFrame(time => {
        last = time;
        frame(time);
      });
    };
    const stop = () => {
      playing = false;
      now = null;
      step = -1;
      show();
      tell(false);
      label();
    };

    play.addEventListener("click", toggle);
    back.addEventListener("click", () => move(-1));
    forth.addEventListener("click", () => move(1));
    range.addEventListener("input", () => {
      pause();
      go(Number(range.value));
    });
    controls.addEventListener("keydown", event => {
      if (event.key === "Escape") stop();
    });
    range.addEventListener("keydown", event => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (by) move(by);
      else if (event.key === " ") toggle();
      else if (event.key === "Escape") stop();
      else return;
      event.preventDefault();
    });

    // The picture under a pointer, and under the keys.
    const laneAt = event => {
      const y = (event.clientY - svg.getBoundingClientRect().top) / parseFloat(getComputedStyle(svg).fontSize);
      return lanes.findLast(one => parseFloat(one.element.getAttribute("y")) <= y);
    };
    const under = event => {
      const direct = event.target.closest(".tl-said, .tl-cross, .tl-barred, .tl-open");
      if (direct) return direct;
      const box = svg.getBoundingClientRect();
      const second = begin + ((event.clientX - box.left) / box.width) * (axis - begin);
      const near = (NEAR / box.width) * (axis - begin);
      const lane = laneAt(event);
      if (!lane) return null;
      const distance = span => Math.max(0, span.s - second, second - span.e);
      const found = lane.spans
        .filter(span => distance(span) <= near)
        .sort((a, b) => a.e - a.s - (b.e - b.s) || distance(a) - distance(b))[0];
      return found ? found.element : event.target.closest("[class^='tl-tie'], .tl-label");
    };
    svg.addEventListener("pointermove", event => {
      if (event.pointerType !== "mouse" || playing) return;
      const element = under(event);
      if (element && told.has(element)) pick(element, false);
      else tell(false);
    });
    svg.addEventListener("pointerleave", event => {
      if (event.pointerType === "mouse" && !playing) tell(false);
    });
    svg.addEventListener("click", event => {
      const lane = laneAt(event);
      if (lane && lane.element.matches(".tl-fold")) {
        const place = lanes.filter(one => one.element.matches(".tl-fold")).indexOf(lane);
        const fold = part.querySelectorAll(".tl-unfolded")[place];
        if (fold) fold.open = !fold.open;
      }
      if (now !== null) {
        const box = svg.getBoundingClientRect();
        pause();
        go(begin + ((event.clientX - box.left) / box.width) * (axis - begin));
      }
      const element = under(event);
      if (element && told.has(element)) pick(element, true);
    });
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-roledescription", "timeline");
    let place = [0, -1];
    svg.addEventListener("keydown", event => {
      const turn = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (event.key === "Escape") stop();
      if (!turn || !lanes.length) return;
      event.preventDefault();
      pause();
      const [lane, span] = place;
      const row = Math.min(lanes.length - 1, Math.max(0, lane + turn[0]));
      let column = span + turn[1];
      if (row !== lane) {
        const second = (lanes[lane].spans[Math.max(0, span)] || lanes[row]).s;
        column = lanes[row].spans.findLastIndex(one => one.s <= second);
      }
      column = Math.min(lanes[row].spans.length - 1, Math.max(0, column));
      place = [row, column];
      const found = lanes[row].spans[column];
      if (found) pick(found.element, true);
    });
    svg.addEventListener("blur", () => tell(false));

    // The output: hovered, or gone through by arrow keys once it has the focus.
    const output = line => lines.find(one => one.element.contains(line));
    for (const region of figure.querySelectorAll(".program-result .program-output")) {
      region.addEventListener("pointerover", event => {
        const line = output(event.target);
        if (line && !playing) pickLine(line, false);
      });
      region.addEventListener("pointerleave", () => {
        if (!playing) tell(false);
      });
      region.addEventListener("keydown", event => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by) return;
        const own = lines.filter(line => region.contains(line.element));
        const next = own[own.findIndex(line => line.element === document.activeElement) + by];
        if (!next) return;
        event.preventDefault();
        next.element.tabIndex = -1;
        next.element.focus();
      });
      region.addEventListener("focusin", event => {
        const line = output(event.target);
        if (line && !playing) pickLine(line, true);
      });
      region.addEventListener("focusout", () => {
        if (!playing) tell(false);
      });
    }

    part.classList.add("replay-ready");
    label();
    show();
    tell(false);
  }

  const start = () => document.querySelectorAll(".program-timeline").forEach(bind);
  document.addEventListener("timeline-drawn", event => bind(event.target));
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
