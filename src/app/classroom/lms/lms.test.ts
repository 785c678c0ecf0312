// Packages for learning platforms: their launcher before an API that behaves as Moodle's does, and the zip around it.
import zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { LESSONS, LessonRun, loadLesson } from "../../../lessons/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import { createRun } from "../../store/run.ts";
import type { LessonShown } from "../../store/state.ts";
import { type LessonState, scoreOf, statementsOf } from "../statements.ts";
import launcher from "./launcher.js?raw";
import { filesOf, packageOf } from "./package.ts";

/** The elements that a platform lets a lesson write, and what it takes for a value. */
const WRITABLE = {
  "1.2": {
    "cmi.core.lesson_status": /^(passed|completed|failed|incomplete|browsed)$/,
    "cmi.core.lesson_location": /^.{0,255}$/,
    "cmi.core.exit": /^(time-out|suspend|logout|)$/,
    "cmi.core.session_time": /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/,
    "cmi.core.score.raw": /^(100|\d{1,2})(\.\d+)?$/,
    "cmi.core.score.min": /^(100|\d{1,2})(\.\d+)?$/,
    "cmi.core.score.max": /^(100|\d{1,2})(\.\d+)?$/,
    "cmi.suspend_data": /^[\s\S]{0,4096}$/,
  },
  "2004": {
    "cmi.completion_status": /^(completed|incomplete|not attempted|unknown)$/,
    "cmi.success_status": /^(passed|failed|unknown)$/,
    "cmi.location": /^.{0,1000}$/,
    "cmi.exit": /^(time-out|suspend|logout|normal|)$/,
    "cmi.session_time": /^PT\d+S$/,
    "cmi.score.raw": /^\d+(\.\d+)?$/,
    "cmi.score.min": /^\d+(\.\d+)?$/,
    "cmi.score.max": /^\d+(\.\d+)?$/,
    "cmi.score.scaled": /^-?(0(\.\d+)?|1(\.0+)?)$/,
    "cmi.progress_measure": /^(0(\.\d+)?|1(\.0+)?)$/,
    "cmi.suspend_data": /^[\s\S]{0,4000}$/,
  },
} as const;

const CODES = {
  "1.2": { early: "301", unknown: "401", value: "405", again: "101" },
  "2004": { early: "132", unknown: "401", value: "406", again: "103" },
} as const;

const PREFIX = { "1.2": "LMS", "2004": "" } as const;
const END = { "1.2": "LMSFinish", "2004": "Terminate" } as const;
type Version = keyof typeof WRITABLE;

/** An API as Moodle has it: it answers texts, refuses what it does not know, and says why by a code. */
function moodle(version: Version, stored: Record<string, string> = {}) {
  const data = new Map(Object.entries(stored));
  const log: string[] = [];
  const errors: string[] = [];
  let state: "new" | "open" | "closed" = "new";
  let last = "0";
  const codes = CODES[version];
  const answer = (code: string, value = "true") => {
    last = code;
    if (code === "0") return value;
    errors.push(code);
    return value === "true" ? "false" : "";
  };
  const rules = new Map<string, RegExp>(Object.entries(WRITABLE[version]));
  const pre = PREFIX[version];
  const api: Record<string, (...values: string[]) => string> = {
    [`${pre}Initialize`]: (given) => {
      if (given !== "") return answer("201");
      if (state !== "new") return answer(codes.again);
      state = "open";
      return answer("0");
    },
    [END[version]]: () => {
      if (state !== "open") return answer(codes.early);
      state = "closed";
      return answer("0");
    },
    [`${pre}GetValue`]: (name = "") => {
      if (state !== "open") return answer(codes.early, "");
      if (!rules.has(name)) return answer(codes.unknown, "");
      const initial =
        name === "cmi.core.lesson_status" ? "not attempted" : name === "cmi.completion_status" ? "unknown" : "";
      return answer("0", data.get(name) ?? initial);
    },
    [`${pre}SetValue`]: (name = "", value = "") => {
      if (state !== "open") return answer(codes.early);
      const rule = rules.get(name);
      if (rule === undefined) return answer(codes.unknown);
      if (typeof value !== "string" || !rule.test(value)) return answer(codes.value);
      data.set(name, value);
      log.push(`${name}=${value}`);
      return answer("0");
    },
    [`${pre}Commit`]: () => (state === "open" ? answer("0") : answer(codes.early)),
    [`${pre}GetLastError`]: () => last,
    [`${pre}GetErrorString`]: (code = "") => (code === "0" ? "No error" : `Error ${code}`),
  };
  return { api, data, log, errors, state: () => state };
}

const API_NAME = { "1.2": "API", "2004": "API_1484_11" } as const;

/** The launcher in a window of a platform. */
function launch(version: Version, api: object | undefined, search = "?lesson=four-ports") {
  const listeners = new Map<string, (event: object) => void>();
  const contentWindow = {};
  const frame = { src: "", contentWindow };
  const note = { textContent: "", hidden: true };
  const elements: Record<string, object> = { note, lesson: frame };
  const document = {
    documentElement: { dataset: { site: "https://example.org/podpath/", scorm: version, lesson: "four-ports" } },
    getElementById: (id: string) => elements[id],
  };
  const top: Record<string, unknown> = {};
  top.parent = top;
  if (api !== undefined) top[API_NAME[version]] = api;
  const window = {
    parent: { parent: top },
    location: { search },
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
  };
  new Function("window", "document", launcher)(window, document);
  const hear = (data: unknown, source: object = contentWindow) => listeners.get("message")?.({ source, data });
  return { frame, note, hear, leave: () => listeners.get("pagehide")?.({}) };
}

const STATE: LessonState = {
  lesson: "four-ports",
  step: 1,
  steps: 3,
  predictions: 2,
  met: [0],
  solved: [],
  answered: [[1, true]],
  hints: 1,
  done: false,
};
const told = (state: object) => ({ type: "podpath:statement", statement: {}, state });
const DONE = {
  ...STATE,
  step: 2,
  met: [0, 1, 2],
  answered: [
    [1, true],
    [2, false],
  ],
  done: true,
};

describe.each(["1.2", "2004"] as const)("[LMS-2] SCORM %s", (version) => {
  const status = version === "1.2" ? "cmi.core.lesson_status" : "cmi.completion_status";
  const score = version === "1.2" ? "cmi.core.score.raw" : "cmi.score.raw";

  test("a lesson is begun, goes on, is passed, and ends once; the platform refuses nothing", () => {
    const { api, data, errors, state } = moodle(version);
    const { frame, note, hear, leave } = launch(version, api);
    expect(frame.src).toBe("https://example.org/podpath/?embed=&lesson=four-ports");
    expect(data.get(status)).toBe("incomplete");
    hear(told(STATE));
    expect([data.get(status), data.get(score)]).toEqual(["incomplete", "40"]);
    hear(told(DONE));
    expect(data.get(score)).toBe("80");
    expect(data.get(version === "1.2" ? status : "cmi.success_status")).toBe("passed");
    leave();
    leave();
    expect(state()).toBe("closed");
    expect(errors).toEqual([]);
    expect(note.textContent).toBe("");
  });

  test("with a solution shown it is completed and not passed", () => {
    const { api, data, errors } = moodle(version);
    launch(version, api).hear(told({ ...DONE, solved: [1] }));
    expect(data.get(status)).toBe("completed");
    expect(data.get(score)).toBe("60");
    expect(data.get("cmi.success_status") ?? "unknown").toBe("unknown");
    expect(errors).toEqual([]);
  });

  test("it is taken up at its step, and what was reached stays", () => {
    const first = moodle(version);
    const left = launch(version, first.api);
    left.hear(told({ ...STATE, step: 2, met: [0, 1], answered: [[1, false]] }));
    left.leave();
    expect(first.data.get(version === "1.2" ? "cmi.core.exit" : "cmi.exit")).toBe("suspend");
    const second = moodle(version, Object.fromEntries(first.data));
    const again = launch(version, second.api);
    expect(again.frame.src).toBe("https://example.org/podpath/?embed=&lesson=four-ports&step=3");
    again.hear(
      told({
        ...STATE,
        step: 2,
        met: [2],
        answered: [
          [1, true],
          [2, true],
        ],
        hints: 0,
        done: true,
      }),
    );
    expect(second.data.get(score)).toBe("80");
    expect(JSON.parse(second.data.get("cmi.suspend_data") ?? "")).toMatchObject({
      met: [0, 1, 2],
      answered: [
        [1, false],
        [2, true],
      ],
      hints: 1,
      done: true,
    });
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  test("what others say, and what is no report, is left alone", () => {
    const { api, log } = moodle(version);
    const { hear } = launch(version, api);
    const before = log.length;
    hear(told(DONE), {});
    for (const data of [
      null,
      "x",
      { type: "podpath:statement" },
      told({ ...DONE, met: "all" }),
      told({ ...DONE, steps: 1e9 }),
      { ...told(DONE), type: "other" },
    ])
      hear(data);
    expect(log.length).toBe(before);
  });

  test.each(["{", "[]", "null", '{"met":[1e9,"x"],"step":-1,"answered":[[1]],"hints":"many"}'])(
    "kept data that is broken is nothing: %s",
    (text) => {
      const { api, errors } = moodle(version, { "cmi.suspend_data": text });
      expect(launch(version, api).frame.src).toBe("https://example.org/podpath/?embed=&lesson=four-ports");
      expect(errors).toEqual([]);
    },
  );

  test("without a platform, or when it refuses, the lesson works and the page says so", () => {
    const alone = launch(version, undefined);
    expect(alone.note.textContent).toMatch(/^No learning platform was found/);
    expect(alone.frame.src).not.toBe("");
    alone.hear(told(DONE));
    alone.leave();
    const { api } = moodle(version);
    api[`${PREFIX[version]}Initialize`]?.("");
    const refused = launch(version, api);
    expect(refused.note.textContent).toContain(`(${CODES[version].again})`);
  });
});

describe("[LMS-1] statements", () => {
  const around = { page: "https://example.org/", now: 60_000 };

  async function shown(change: Partial<LessonShown> = {}): Promise<LessonShown> {
    const course = new LessonRun(await loadLesson("four-ports"), createRun(newScenario("")));
    const nothing = { met: new Set<number>(), answered: new Map<number, boolean>(), solved: new Set<number>() };
    return { course, at: 0, ...nothing, hints: 0, beganAt: 0, doneAt: undefined, ...change };
  }

  test("a step is experienced, a prediction answered, the lesson completed and passed, each once", async () => {
    const first = await shown();
    const verbs = (from: LessonShown | undefined, to: LessonShown) =>
      statementsOf(from, to, around).map(({ verb, object, result }) => [verb.display.en, object.id, result?.success]);
    expect(verbs(undefined, first)).toEqual([
      ["experienced", "https://example.org/?lesson=four-ports&step=1", undefined],
    ]);
    const second = { ...first, at: 1, met: new Set([0]), answered: new Map([[1, false]]) };
    expect(verbs(first, second)).toEqual([
      ["experienced", "https://example.org/?lesson=four-ports&step=2", undefined],
      ["answered", "https://example.org/?lesson=four-ports&step=2#prediction", false],
    ]);
    const third = { ...second, at: 1, met: new Set([0, 1, 2]), doneAt: 60_000 };
    expect(verbs(second, third).map(([verb]) => verb)).toEqual(["completed", "passed"]);
    expect(verbs(third, { ...third, hints: 1 })).toEqual([]);
    expect(verbs(second, { ...third, solved: new Set([2]) }).map(([verb]) => verb)).toEqual(["completed"]);
    const [completed] = statementsOf(second, third, around);
    expect(completed?.verb.id).toBe("http://adlnet.gov/expapi/verbs/completed");
    expect(completed?.result).toEqual({
      completion: true,
      success: true,
      score: { scaled: 0.6, raw: 60, min: 0, max: 100 },
      duration: "PT60S",
    });
    expect(completed?.timestamp).toBe("1970-01-01T00:01:00.000Z");
  });

  test("the score counts steps without their solution and predictions that were right", () => {
    expect(
      scoreOf({
        ...STATE,
        met: [0, 1, 2],
        answered: [
          [1, true],
          [2, true],
        ],
      }),
    ).toBe(100);
    expect(scoreOf({ ...STATE, met: [0, 1, 2], solved: [0, 1, 2], answered: [] })).toBe(0);
  });
});

describe("[LMS-3] a package", () => {
  const lessons = LESSONS.filter(({ course }) => course === "course");
  const wanted = { title: 'Ports & "more" <1>', lessons, version: "1.2", site: "https://example.org/?a&b" } as const;

  test("is a zip file, as its directory says and its checksums confirm", () => {
    const bytes = Buffer.from(packageOf(wanted));
    expect(bytes.length).toBeLessThan(100_000);
    const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006"));
    const [count, size, start] = [
      bytes.readUInt16LE(end + 10),
      bytes.readUInt32LE(end + 12),
      bytes.readUInt32LE(end + 16),
    ];
    expect(start + size).toBe(end);
    let at = start;
    const files = Array.from({ length: count }, () => {
      expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
      const [crc, length, name] = [
        bytes.readUInt32LE(at + 16),
        bytes.readUInt32LE(at + 24),
        bytes.readUInt16LE(at + 28),
      ];
      const local = bytes.readUInt32LE(at + 42);
      const from = local + 30 + bytes.readUInt16LE(local + 26);
      const content = bytes.subarray(from, from + length);
      expect([bytes.readUInt32LE(local), zlib.crc32(content)]).toEqual([0x04034b50, crc]);
      const path = bytes.toString("utf8", at + 46, at + 46 + name);
      at += 46 + name;
      return [path, content.toString("utf8")];
    });
    expect(files).toEqual(filesOf(wanted).map(({ name, text }) => [name, text]));
  });

  test.each(["1.2", "2004"] as const)("says what SCORM %s wants to know, and nothing breaks out of it", (version) => {
    const [manifest, page] = filesOf({ ...wanted, version }).map(({ text }) => text);
    expect(manifest?.match(/<item /g)).toHaveLength(lessons.length);
    expect(manifest).toContain(version === "1.2" ? 'adlcp:scormtype="sco"' : 'adlcp:scormType="sco"');
    expect(manifest).toContain(version === "1.2" ? "<schemaversion>1.2<" : "<schemaversion>2004 4th Edition<");
    expect(manifest).toContain("Ports &amp; &quot;more&quot; &lt;1&gt;");
    expect(page).toContain('data-site="https://example.org/?a&amp;b"');
  });
});
