// Runs in a learning platform: shows a lesson of Podpath in a frame, and hands what it reports to the platform's SCORM API.
// A script without modules, for it is packed into a zip and opened by old pages too.
const root = document.documentElement;
const site = root.dataset.site;
const is2004 = root.dataset.scorm === "2004";
const note = document.getElementById("note");
const frame = document.getElementById("lesson");
const names = is2004
  ? {
      find: "API_1484_11",
      begin: "Initialize",
      end: "Terminate",
      get: "GetValue",
      set: "SetValue",
      commit: "Commit",
      code: "GetLastError",
      text: "GetErrorString",
    }
  : {
      find: "API",
      begin: "LMSInitialize",
      end: "LMSFinish",
      get: "LMSGetValue",
      set: "LMSSetValue",
      commit: "LMSCommit",
      code: "LMSGetLastError",
      text: "LMSGetErrorString",
    };
const began = Date.now();
let isOpen = false;
let isEnded = false;

function say(text) {
  note.textContent = text;
  note.hidden = text === "";
}

/** The platform's API is in a window above this one, or in the one that opened it; both may belong to someone else. */
function apiAbove(from) {
  let each = from;
  for (let level = 0; level < 20 && each; level++) {
    try {
      if (each[names.find]) return each[names.find];
    } catch (_foreign) {
      return null;
    }
    if (each.parent === each) return null;
    each = each.parent;
  }
  return null;
}

const api = apiAbove(window) || (window.opener ? apiAbove(window.opener) : null);

function call(method, ...values) {
  return String(api[names[method]](...values));
}

function complain(what) {
  const code = String(api[names.code]());
  say(`The learning platform refused ${what}: ${api[names.text](code)} (${code}).`);
}

function read(element) {
  return isOpen ? call("get", element) : "";
}

function write(element, value) {
  if (isOpen && call("set", element, String(value)) !== "true") complain(element);
}

const elements = is2004
  ? {
      status: "cmi.completion_status",
      location: "cmi.location",
      time: "cmi.session_time",
      exit: "cmi.exit",
      score: "cmi.score.",
    }
  : {
      status: "cmi.core.lesson_status",
      location: "cmi.core.lesson_location",
      time: "cmi.core.session_time",
      exit: "cmi.core.exit",
      score: "cmi.core.score.",
    };

function begin() {
  if (!api) {
    say("No learning platform was found. The lesson works, but nothing is recorded.");
    return;
  }
  if (call("begin", "") === "true") isOpen = true;
  else complain("to begin");
}

/** What was kept by the platform; nothing in it is trusted. */
function kept() {
  const places = (list) =>
    Array.isArray(list) ? list.filter((each) => Number.isInteger(each) && each >= 0 && each < 100) : [];
  try {
    const raw = JSON.parse(read("cmi.suspend_data") || "{}");
    const answered = Array.isArray(raw.answered) ? raw.answered : [];
    return {
      step: Number.isInteger(raw.step) && raw.step >= 0 && raw.step < 100 ? raw.step : 0,
      met: places(raw.met),
      solved: places(raw.solved),
      answered: new Map(
        answered
          .filter((each) => Array.isArray(each) && places([each[0]]).length === 1)
          .map(([at, right]) => [at, right === true]),
      ),
      hints: Number.isInteger(raw.hints) && raw.hints >= 0 ? raw.hints : 0,
      done: raw.done === true,
    };
  } catch (_broken) {
    return { step: 0, met: [], solved: [], answered: new Map(), hints: 0, done: false };
  }
}

begin();
const before = kept();
let now = { ...before, steps: 0, predictions: 0 };

/** What was reached in earlier sessions stays; the first answer of a prediction counts. */
function merge(state) {
  const answered = new Map([...(state.answered || []), ...before.answered]);
  now = {
    step: state.step,
    steps: state.steps,
    predictions: state.predictions,
    met: [...new Set([...before.met, ...state.met])],
    solved: [...new Set([...before.solved, ...state.solved])],
    answered,
    hints: before.hints + state.hints,
    done: before.done || state.done === true,
  };
}

function score() {
  const right = [...now.answered.values()].filter(Boolean).length;
  const own = now.met.filter((step) => !now.solved.includes(step)).length;
  const of = now.steps + now.predictions;
  return of === 0 ? 0 : Math.min(100, Math.round((100 * (own + right)) / of));
}

function record() {
  const points = score();
  const passed = now.done && now.solved.length === 0;
  write(`${elements.score}min`, 0);
  write(`${elements.score}max`, 100);
  write(`${elements.score}raw`, points);
  if (is2004) {
    write("cmi.score.scaled", points / 100);
    write("cmi.completion_status", now.done ? "completed" : "incomplete");
    if (now.done) write("cmi.success_status", passed ? "passed" : "unknown");
    if (now.steps > 0) write("cmi.progress_measure", Math.min(1, now.met.length / now.steps).toFixed(2));
  } else write(elements.status, passed ? "passed" : now.done ? "completed" : "incomplete");
  write(elements.location, now.step + 1);
  const { step, met, solved, answered, hints, done } = now;
  write("cmi.suspend_data", JSON.stringify({ step, met, solved, answered: [...answered], hints, done }));
  save();
}

function save() {
  if (isOpen && call("commit", "") !== "true") complain("to save");
}

function time() {
  const seconds = Math.round((Date.now() - began) / 1000);
  const two = (part) => String(Math.floor(part)).padStart(2, "0");
  if (is2004) return `PT${seconds}S`;
  return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

function end() {
  if (!isOpen || isEnded) return;
  isEnded = true;
  write(elements.time, time());
  write(elements.exit, now.done ? (is2004 ? "normal" : "") : "suspend");
  save();
  call("end", "");
  isOpen = false;
}

const count = (value) => Number.isInteger(value) && value >= 0 && value <= 100;
const isState = (state) =>
  typeof state === "object" &&
  state !== null &&
  count(state.step) &&
  count(state.steps) &&
  count(state.predictions) &&
  Array.isArray(state.met) &&
  Array.isArray(state.solved) &&
  Array.isArray(state.answered) &&
  Number.isInteger(state.hints);

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || typeof event.data !== "object" || event.data === null) return;
  if (event.data.type !== "podpath:statement" || !isState(event.data.state)) return;
  merge(event.data.state);
  record();
});
window.addEventListener("pagehide", end);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload(); // the session ended when the page was left
});

const lesson = new URLSearchParams(window.location.search).get("lesson") || root.dataset.lesson;
const earlier = read(elements.status);
if (isOpen && /^(?:not attempted|unknown|)$/.test(earlier)) {
  write(elements.status, "incomplete");
  save();
}
const query = new URLSearchParams({ embed: "", lesson });
if (before.step > 0 && !before.done) query.set("step", String(before.step + 1));
frame.src = `${site}?${query}`;
