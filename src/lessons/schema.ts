// The JSON Schema of a lesson's front matter; published as public/lesson.schema.json.

/** What of JSON Schema is used here, and checked by `problemsOf`. */
export interface Schema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly anyOf?: readonly Schema[];
}

/** A sentence, a list, an object without other fields: of which schemas are made. */
export const text: Schema = { type: "string", minLength: 1 };
const count: Schema = { type: "integer", minimum: 0 };
const yes: Schema = { type: "boolean" };
const open: Schema = { type: "object" };
export const listOf = (items: Schema): Schema => ({ type: "array", items, minItems: 1 });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });

export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  description?: string,
): Schema {
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    properties,
    required,
    additionalProperties: false,
  };
}

const pointed: Schema = {
  type: "string",
  pattern: "^[A-Z][A-Za-z]*/([a-z0-9-]+/)?[a-z0-9.-]+(#.+)?$",
  description: "KIND/NAME or KIND/NAMESPACE/NAME, and #FIELD behind it",
};
const field: Schema = { ...pointed, pattern: "^[A-Z][A-Za-z]*/([a-z0-9-]+/)?[a-z0-9.-]+#.+$" };
const outcome = oneOf("answered", "refused", "timeout", "unreachable", "unresolved", "reset", "failed");
const from: Schema = {
  type: "string",
  pattern: "^(laptop|phone|node(/[a-z0-9-]+)?|pod(/[a-z0-9.-]+){0,2})$",
  description: "laptop, phone, node, node/NAME, pod, pod/NAME or pod/NAMESPACE/NAME",
};
const request = object(
  { from, to: text, path: text, via: oneOf("clusterIP", "nodePort", "externalIP", "loadBalancerIP") },
  [],
  "Requests: who sends them, where to (HOST:PORT as typed, or Service/NAME), and by which address of the Service",
);
const send = object({ from, to: text }, ["from", "to"]);
const kind = oneOf(
  ...["apply", "shell", "interrupt", "edit", "send", "start-traffic", "stop-traffic", "kill-pod", "crash-container"],
  ...["scale", "fail", "restore", "configure"],
);

/** A check of one form; each may say in words of its own what is missing. */
const check = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema =>
  object({ ...properties, say: text }, required);

const CHECK: Schema = {
  anyOf: [
    check({ exists: pointed }, ["exists"]),
    check({ gone: pointed }, ["gone"]),
    check({ field, is: {}, isNot: {}, contains: {}, atLeast: { type: "number" }, present: yes }, ["field"]),
    check({ endpoints: pointed, ready: count, atLeast: count }, ["endpoints"]),
    check({ request, outcome, times: count, by: text, source: text, pods: count, samePod: yes, status: count }, [
      "request",
    ]),
    check({ pods: text, ready: count, namespace: text }, ["pods", "ready"]),
    check({ replaced: text }, ["replaced"]),
    check({ unbroken: { enum: [true] } }, ["unbroken"]),
    check({ none: request, outcome, times: count }, ["none", "outcome"]),
    check({ typed: text }, ["typed"]),
    check({ did: kind }, ["did"]),
    check({ avoided: listOf(kind) }, ["avoided"]),
    check({ neverTyped: listOf(text) }, ["neverTyped"]),
    check({ allOf: listOf(ref("check")) }, ["allOf"]),
    check({ anyOf: listOf(ref("check")) }, ["anyOf"]),
    check({ not: ref("check") }, ["not", "say"]),
  ],
};

/** The fields that begin a check, each once in it. */
export const CHECK_NAMES: ReadonlySet<string> = new Set(
  (CHECK.anyOf ?? []).flatMap(({ required }) => required?.[0] ?? []),
);

const DOING: Schema = {
  anyOf: [
    { ...text, description: "A line of the console" },
    object({ edit: pointed, set: open }, ["edit", "set"]),
    object({ add: text }, ["add"]),
    object({ drop: pointed }, ["drop"]),
    object({ apply: text }, ["apply"]),
    object({ send }, ["send"]),
    object(
      {
        traffic: object({ from, to: text, rate: { type: "number", minimum: 0 }, keepAlive: yes }, [
          "from",
          "to",
          "rate",
        ]),
      },
      ["traffic"],
    ),
    object({ stopTraffic: { enum: [true] } }, ["stopTraffic"]),
    object({ kill: text }, ["kill"]),
    object({ crash: text }, ["crash"]),
    object({ scale: pointed, replicas: count }, ["scale", "replicas"]),
    object({ configure: open }, ["configure"]),
    object({ act: open }, ["act"]),
    object({ predict: { type: "integer", minimum: 1 } }, ["predict"]),
    object({ wait: { type: "integer", minimum: 1 } }, ["wait"]),
  ],
};

const doings = listOf(ref("doing"));

const STEP = object(
  {
    point: listOf(pointed),
    predict: object(
      {
        question: text,
        choices: {
          anyOf: [
            { ...listOf(object({ text, when: ref("check") }, ["text", "when"])), minItems: 2 },
            object({ podsOf: pointed, answering: request }, ["podsOf", "answering"], "The pods behind a Service"),
          ],
        },
        decidedBy: ref("check"),
        because: text,
      },
      ["question", "choices", "decidedBy", "because"],
    ),
    task: text,
    checks: listOf(ref("check")),
    lost: listOf(ref("check")),
    hints: listOf(object({ when: ref("check"), look: text, wrong: text, do: text }, ["look", "wrong", "do"])),
    diagnose: yes,
    solution: doings,
    alsoRight: listOf(doings),
    tempting: listOf(object({ do: doings, hint: text }, ["do", "hint"])),
  },
  [],
  "One for each heading of the text, in their order",
);

/** The front matter of a lesson. */
export const LESSON_SCHEMA: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "The front matter of a Podpath lesson",
  $defs: { check: CHECK, doing: DOING },
  ...object(
    {
      title: text,
      question: { ...text, description: "The question that the lesson answers" },
      minutes: { type: "integer", minimum: 1, maximum: 10 },
      grade: { type: "integer", minimum: 1, maximum: 3, description: "Of a broken Service: 1 easy, 2 medium, 3 hard" },
      kubernetes: { type: "string", pattern: "^v1\\.\\d+$", description: "The version against which it was checked" },
      teacher: object(
        {
          aims: listOf(text),
          misconceptions: listOf(object({ wrong: text, right: text }, ["wrong", "right"])),
          questions: listOf(object({ ask: text, answer: text }, ["ask", "answer"])),
        },
        ["aims", "misconceptions", "questions"],
        "For the teacher's page of the lesson",
      ),
      start: object(
        { text, example: text, lesson: text, settings: open, before: doings, seed: text },
        [],
        "A manifest, an example of the gallery or the end of another lesson",
      ),
      symptom: object({ send, outcome, status: { type: "integer", minimum: 400, maximum: 599 } }, ["send", "outcome"]),
      steps: listOf(STEP),
    },
    ["title", "question", "minutes", "kubernetes", "start", "steps"],
  ),
};
