// A lesson as it is written: the front matter as data, and the texts of its steps.
import type { Action, SharedSettings } from "../scenario/index.ts";
import type { Block, Inline } from "./markdown.ts";

/** Where a lesson begins. */
export interface LessonStart {
  /** A manifest of its own. */
  readonly text?: string;
  /** The name of an example of the gallery. */
  readonly example?: string;
  /** Another lesson, as it is after its solution. */
  readonly lesson?: string;
  readonly settings?: Partial<SharedSettings>;
  /** Actions done before it begins, such as breaking something. */
  readonly before?: readonly Doing[];
  readonly seed?: string;
}

/** Something to do: a line of the console, or one of these. */
export type Doing =
  | string
  /** Changes fields of an object in the manifest; null removes one. */
  | { readonly edit: string; readonly set: Readonly<Record<string, unknown>> }
  /** Adds a document to the manifest. */
  | { readonly add: string }
  /** Takes an object out of the manifest, which deletes it. */
  | { readonly drop: string }
  /** The whole manifest. */
  | { readonly apply: string }
  | { readonly send: { readonly from: string; readonly to: string } }
  | {
      readonly traffic: {
        readonly from: string;
        readonly to: string;
        readonly rate: number;
        readonly keepAlive?: boolean;
      };
    }
  | { readonly stopTraffic: true }
  /** Deletes a pod, the oldest that has these labels. */
  | { readonly kill: string }
  /** Restarts the container of a pod, the oldest that has these labels. */
  | { readonly crash: string }
  | { readonly scale: string; readonly replicas: number }
  | { readonly configure: Partial<SharedSettings> }
  | { readonly act: Action }
  /** Chooses an answer of the step's prediction, from 1. */
  | { readonly predict: number }
  /** Lets virtual milliseconds pass. */
  | { readonly wait: number };

/** Requests that a check looks at. */
export interface RequestPattern {
  /** `laptop`, `phone`, `node`, `node/NAME`, `pod`, `pod/NAME`, `pod/NAMESPACE/NAME`; anyone unless given. */
  readonly from?: string;
  /** `HOST:PORT` as typed (`node`, `pod`: the address of any; `no-pod`: one that no pod has any more; `cluster-ip`), or `Service/NAME`: whose rules decided. */
  readonly to?: string;
  /** The path of an HTTP request. */
  readonly path?: string;
  /** By which address of the Service. */
  readonly via?: "clusterIP" | "nodePort" | "externalIP" | "loadBalancerIP";
}

/** How hard a broken Service is to find: 1 one look, 2 a trail to follow, 3 a rule to know. */
export type Grade = 1 | 2 | 3;

export const OUTCOMES = ["answered", "refused", "timeout", "unreachable", "unresolved", "reset", "failed"] as const;
export type SeenOutcome = (typeof OUTCOMES)[number];

/** Something that must hold. `say` replaces the sentence about what is missing. */
export type Check = { readonly say?: string } & (
  | { readonly exists: string }
  | { readonly gone: string }
  | FieldCheck
  /** A Service has so many ready endpoints. */
  | { readonly endpoints: string; readonly ready?: number; readonly atLeast?: number }
  /** So many pods with these labels are ready. */
  | { readonly pods: string; readonly ready: number; readonly namespace?: string }
  /** A ready pod with these labels was made since the step began. */
  | { readonly replaced: string }
  /** Diagnosis finds no error in the whole cluster. */
  | { readonly unbroken: true }
  | RequestCheck
  /** No request of this kind ended so since the step began, out of at least `times`. */
  | { readonly none: RequestPattern; readonly outcome: SeenOutcome; readonly times?: number }
  /** A command was typed that begins with these words. */
  | { readonly typed: string }
  /** An action of this kind was done. */
  | { readonly did: Action["kind"] }
  /** None of these kinds was done. */
  | { readonly avoided: readonly Action["kind"][] }
  /** No command was typed that begins with one of these. */
  | { readonly neverTyped: readonly string[] }
  | { readonly allOf: readonly Check[] }
  | { readonly anyOf: readonly Check[] }
  | { readonly not: Check; readonly say: string }
);

/** About one field, as `Service/web#spec.type`. */
export interface FieldCheck {
  readonly field: string;
  readonly is?: unknown;
  readonly isNot?: unknown;
  /** A text that the field's text holds, or a member of a list. */
  readonly contains?: unknown;
  readonly atLeast?: number;
  /** Whether there is such a field. */
  readonly present?: boolean;
}

/** Requests since the step began. */
export interface RequestCheck {
  readonly request: RequestPattern;
  /** `answered` unless given. */
  readonly outcome?: SeenOutcome;
  /** How many; 1 unless given. */
  readonly times?: number;
  /** Who answered: `node/NAME` (a pod there), `Service/NAME` (an endpoint of it), `pod/NAME`. */
  readonly by?: string;
  /** The address that the pod saw: `laptop`, `phone`, `node`, `pod`, or an address. */
  readonly source?: string;
  /** At least so many different pods answered. */
  readonly pods?: number;
  /** The last `times` of them were all answered by one pod. */
  readonly samePod?: boolean;
  /** Of an HTTP answer. */
  readonly status?: number;
}

/** A question before something happens. What is right is seen in the cluster, not written down. */
export interface Prediction {
  readonly question: string;
  readonly choices: ReadonlyArray<{ readonly text: string; readonly when: Check }> | PodChoices;
  /** Holds once it has been seen. */
  readonly decidedBy: Check;
  /** Said afterwards, whatever was chosen. */
  readonly because: string;
}

/** The pods behind a Service, as they are: right is the one that answered last. */
export interface PodChoices {
  /** `Service/NAME`. */
  readonly podsOf: string;
  readonly answering: RequestPattern;
}

/** A hint in three strengths: where to look, what is wrong, what to do. */
export interface WrittenHint {
  /** Only while this holds. */
  readonly when?: Check;
  readonly look: string;
  readonly wrong: string;
  readonly do: string;
}

/** The wrong way that tempts, and words of the hint that it must get. */
export interface Temptation {
  readonly do: readonly Doing[];
  readonly hint: string;
}

/** A step as its front matter has it. */
export interface StepData {
  /** `Service/web#spec.selector`. */
  readonly point?: readonly string[];
  readonly predict?: Prediction;
  readonly task?: string;
  readonly checks?: readonly Check[];
  /** When one of these holds, the task can't be done any more from here. */
  readonly lost?: readonly Check[];
  readonly hints?: readonly WrittenHint[];
  /** Whether hints about what is wrong with Services are found by diagnosis; true unless given. */
  readonly diagnose?: boolean;
  readonly solution?: readonly Doing[];
  readonly alsoRight?: ReadonlyArray<readonly Doing[]>;
  readonly tempting?: readonly Temptation[];
}

/** Of a broken Service: the request that fails at first and is answered in the end, and what its sender sees. */
export interface Symptom {
  readonly send: { readonly from: string; readonly to: string };
  readonly outcome: SeenOutcome;
  /** Of an HTTP answer that is an error. */
  readonly status?: number;
}

/** What a teacher wants to know before the lesson. Texts are inline Markdown. */
export interface TeacherNotes {
  /** What the learner can do afterwards. */
  readonly aims: readonly string[];
  /** What learners often believe, and what is so. */
  readonly misconceptions: ReadonlyArray<{ readonly wrong: string; readonly right: string }>;
  readonly questions: ReadonlyArray<{ readonly ask: string; readonly answer: string }>;
}

/** The front matter of a lesson. */
export interface LessonData {
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
  /** Of a broken Service. */
  readonly grade?: Grade;
  /** The version against which it was checked, as v1.36. */
  readonly kubernetes: string;
  readonly teacher?: TeacherNotes;
  readonly start: LessonStart;
  readonly symptom?: Symptom;
  readonly steps: readonly StepData[];
}

/** A step with its text. */
export interface LessonStep extends StepData {
  readonly title: string;
  readonly body: readonly Block[];
  /** The task, read as Markdown. */
  readonly taskText?: readonly Inline[];
}

/** A lesson that was read. */
export interface Lesson extends Omit<LessonData, "steps"> {
  readonly id: string;
  readonly intro: readonly Block[];
  readonly steps: readonly LessonStep[];
}
