// Lessons that come with a link: whatever the file holds, it is a lesson that can be begun and looked at, or it is refused.
import fc from "fast-check";
import { LessonError, LessonRun, play, readShared, STRENGTHS } from "../../lessons/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { mutated, restructured } from "../mutate.ts";
import { begin, pass } from "../play.ts";
import { target } from "../target.ts";
import { checkAnswer, checkPrototypes } from "../walls.ts";

const CHECKS = [
  { request: { from: "laptop", to: "192.168.1.11:30080" }, by: "Service/web", times: 2, pods: 1, source: "node" },
  { field: "Service/web#spec.ports[0].targetPort", is: 8080 },
  {
    allOf: [
      { endpoints: "Service/web", ready: 1 },
      { not: { exists: "Pod/x" }, say: "There is one." },
    ],
  },
  { anyOf: [{ pods: "app=web", ready: 1 }, { replaced: "app=web" }, { typed: "kubectl get" }] },
  { none: { from: "laptop", path: "/" }, outcome: "failed", times: 1 },
  { unbroken: true },
];
const DATA = {
  title: "A lesson",
  question: "Why?",
  minutes: 3,
  grade: 1,
  kubernetes: "v1.36",
  start: {
    text: JSON.stringify({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web" },
      spec: { type: "NodePort", selector: { app: "wep" }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] },
    }),
    settings: { cloud: true },
    seed: "a",
    before: ["kubectl run web --image=nginx:1.29 -l app=web", { wait: 2_000 }],
  },
  symptom: { send: { from: "laptop", to: "192.168.1.11:30080" }, outcome: "refused" },
  steps: [
    {
      point: ["Service/web#spec.selector"],
      predict: {
        question: "What *happens* to `web`?",
        choices: [
          { text: "A", when: CHECKS[0] },
          { text: "B", when: CHECKS[5] },
        ],
        decidedBy: CHECKS[1],
        because: "So.",
      },
      task: "Mend [it](object:Service/web#spec.selector).",
      checks: CHECKS,
      hints: [{ when: CHECKS[1], look: "Look.", wrong: "Wrong.", do: "Do." }],
      solution: [{ edit: "Service/web", set: { "spec.selector.app": "web" } }, "curl -m 2 http://192.168.1.11:30080"],
      alsoRight: [[{ act: { kind: "scale", namespace: "default", name: "web", replicas: 2 } }]],
      tempting: [{ do: [{ kill: "app=web" }], hint: "Wrong" }],
    },
  ],
};
const file = (front: string) => `---\n${front}\n---\nAn *introduction*.\n\n## One\n\nText with \`code\`.\n`;

export const lessons = target({
  name: "lessons",
  rule: "[FUZZ-9] any lesson of a link can be begun and looked at, or is refused with what is wrong in which line",
  runs: 80,
  inputs: fc.oneof(
    { weight: 3, arbitrary: restructured([DATA]).map(({ broken }) => file(broken)) },
    { weight: 1, arbitrary: mutated([file(JSON.stringify(DATA, null, 1))]).map(({ broken }) => broken) },
  ),
  check(source) {
    const lesson = readOr(source);
    checkPrototypes();
    if (lesson === undefined) return;
    const { run } = begin({ ...newScenario(lesson.start.text ?? ""), settings: lesson.start.settings ?? {} });
    const watched = { world: run.cluster, log: run.log };
    const course = new LessonRun(lesson, watched);
    try {
      for (const _ of play(run, [...(lesson.start.before ?? []), ...(lesson.steps[0]?.solution ?? [])]));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      checkAnswer(error.message, source); // what a lesson does may be refused
    }
    for (const strength of STRENGTHS) course.hints(watched, strength);
    course.states(watched);
    course.predict(0, watched);
    course.result(watched);
    pass(run, 2_000);
    checkPrototypes();
  },
});

function readOr(source: string) {
  try {
    return readShared(source);
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    checkAnswer(error.message, source);
    return undefined;
  }
}
