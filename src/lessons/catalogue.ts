// All lessons by their heads; their texts are loaded when one is opened. A test holds each head to its file.
import { own } from "../cluster/index.ts";
import { W } from "../words/en/lesson-heads.ts";
import { language } from "../words/index.ts";
import type { Grade, Lesson } from "./lesson.ts";
import type { MadeName } from "./made-names.ts";
import type { Stage } from "./play.ts";
import { readLesson } from "./read.ts";

/** A lesson as a list shows it. */
export interface LessonHead {
  /** Stable name: the file's without its number. */
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
  readonly course: "course" | "broken";
  /** How hard it is to find; of broken Services. */
  readonly grade?: Grade;
}

type Row = readonly [file: string, title: string, question: string, minutes: number];
type GradedRow = readonly [...Row, grade: Grade];

const COURSE: readonly Row[] = [
  ["01-pods-come-and-go", "Pods come and go", "Why not simply call a pod by its address?", 4],
  ["02-a-service-in-front", "A Service in front", "What stays the same when pods change?", 4],
  ["03-labels-and-selector", "Labels and selector", "How does a Service know its pods?", 5],
  ["04-four-ports", "Four ports", "Which port is which?", 5],
  ["05-from-inside", "From inside: ClusterIP and DNS", "Who can use a Service's name and address?", 5],
  ["06-every-node", "NodePort on every node", "On which nodes does a nodePort answer?", 4],
  ["07-a-dead-node", "Which node, and a dead node", "What happens to a Service when a node dies?", 6],
  ["08-load-balancer", "LoadBalancer: pending and assigned", "Who makes the load balancer?", 5],
  ["09-cost-and-ingress", "What it costs, and Ingress beside it", "One load balancer for each application?", 6],
  ["10-external-name", "ExternalName", "Can a Service stand for something outside the cluster?", 4],
  ["11-headless", "Headless", "What if a client wants all pods, not one?", 5],
  ["12-without-selector", "Without a selector", "Who writes the endpoints when nothing selects pods?", 5],
  ["13-several-ports", "Named and several ports", "How do several ports share one Service?", 5],
  ["14-namespaces", "Namespaces and the search path", "Why does the same name work here and not there?", 5],
  ["15-environment", "Environment variables and their order", "Why is the variable of a Service missing?", 4],
  ["16-readiness", "Readiness, and who is an endpoint", "When does a pod receive requests?", 5],
  [
    "17-rolling-update",
    "A rolling update without a lost request",
    "How does an update lose requests, and how does it not?",
    6,
  ],
  ["18-session-affinity", "Session affinity", "Can a client stay with one pod?", 5],
  [
    "19-source-address",
    "Traffic policies and the source address",
    "Why does the pod see a node's address instead of the client's?",
    6,
  ],
  ["20-keep-alive", "Keep-alive: one pod gets everything", "Why do new pods stay idle?", 4],
  ["21-kube-proxy", "How kube-proxy does it", "Who forwards the packets?", 5],
  ["22-gateway-and-canary", "A Gateway, and a canary behind it", "What comes after Ingress?", 7],
  ["23-who-may-connect", "NetworkPolicy: who may connect", "How do you say which pods may call which?", 6],
  [
    "24-egress-and-names",
    "Egress, and the names behind it",
    "Why does a name stop resolving when only connections are limited?",
    5,
  ],
];

const BROKEN: readonly GradedRow[] = [
  ["01-refused-at-once", "Refused at once", "Three pods are Running, and every request is refused. Why?", 4, 1],
  ["02-endpoints-but-refused", "Endpoints, and still refused", "The endpoints are all there. Why is it refused?", 4, 1],
  ["03-works-in-the-pod", "It works in the pod", "In the pod it answers. Why not from anywhere else?", 5, 2],
  ["04-running-not-ready", "Running, not ready", "All pods run. Why does the Service have no endpoints?", 4, 1],
  ["05-no-such-name", "No such name", "The Service exists. Why does nobody find it?", 4, 2],
  [
    "06-pending-for-hours",
    "Pending for hours",
    "EXTERNAL-IP has been pending since this morning. How long does it take?",
    3,
    1,
  ],
  ["07-name-of-a-port", "The name of a port", "Pods are ready, the selector is right, endpoints: none. Why?", 4, 2],
  ["08-one-node-only", "One node only", "It answers on node-2, and nowhere else. Is that how NodePort works?", 4, 2],
  [
    "09-slice-without-effect",
    "A slice without effect",
    "We wrote the endpoints ourselves. Why are they not used?",
    4,
    3,
  ],
  [
    "10-every-second-answer",
    "Every second answer is wrong",
    "Half of our answers come from another application. Why?",
    4,
    2,
  ],
  ["11-the-wrong-number", "The wrong number", "The address is in the documentation. Why is it refused?", 3, 1],
  [
    "12-nothing-from-outside",
    "Nothing from outside",
    "Inside all is well, outside nothing comes back. Where is it lost?",
    4,
    2,
  ],
  ["13-nobody-resolves", "No name resolves", "Yesterday our names worked. Today none does. Why?", 3, 1],
  [
    "14-an-address-as-a-name",
    "An address as a name",
    "The Service leads to 192.168.1.12. Why does it not resolve?",
    4,
    3,
  ],
  ["15-spoken-differently", "Spoken differently", "The port is right, the pods are right. Why is it refused?", 3, 2],
  [
    "16-new-on-two-nodes",
    "New on two nodes only",
    "The new Service answers on two nodes and is refused on the third. Why?",
    5,
    3,
  ],
  [
    "17-no-way-to-the-nodes",
    "No way to the nodes",
    "The same YAML works for my colleague. Why not on my laptop?",
    4,
    2,
  ],
  [
    "18-the-type-is-missing",
    "Refused by the API server",
    "The Service does not even get made. What does it not like?",
    3,
    1,
  ],
  ["19-a-number-for-two", "A number for two", "Two Services, one of them is never made. Why?", 4, 1],
  [
    "20-a-map-for-a-list",
    "As printed in an article",
    "I copied the YAML from an article. What is wrong with it?",
    3,
    1,
  ],
  [
    "21-a-name-that-kills",
    "A name that kills",
    "Since the Service exists, the pod does not start. How can that be?",
    5,
    3,
  ],
  [
    "22-nothing-wrong-in-the-yaml",
    "Nothing wrong in the YAML",
    "Every line of the YAML is right, and it is refused. What is left?",
    5,
    2,
  ],
  ["23-the-front-door", "The front door says 503", "The shop is up and the front door says 503. Who says that?", 5, 2],
  [
    "24-only-from-some-pods",
    "Only from some pods",
    "The same call works from one pod and hangs from another. What is the difference?",
    5,
    3,
  ],
  [
    "25-no-address-of-its-own",
    "No address of its own",
    "Three ready endpoints, the right targetPort, and port 80 is refused. Why?",
    5,
    3,
  ],
  ["26-db-0-is-unknown", "db-0 is unknown", "The database runs and is ready. Why does nobody know db-0?", 5, 3],
  [
    "27-on-the-network-of-the-node",
    "On the network of the node",
    "Every pod resolves the name, but one. What is different about it?",
    5,
    3,
  ],
  [
    "28-the-old-address",
    "The old address",
    "The Service was made again, just as it was. Why do old clients hang?",
    5,
    3,
  ],
  [
    "29-every-release",
    "Every release",
    "Probes are there, pods stop gently, and every release costs customers. Why?",
    6,
    2,
  ],
  ["30-one-of-four", "One of four", "Four pods, and one of them does all the work. Is it not a load balancer?", 4, 1],
  [
    "31-admitted-and-dropped",
    "Admitted, and dropped",
    "The policy admits exactly our port. Why does nothing come back?",
    4,
    2,
  ],
  ["32-by-address-only", "By address only", "The address answers, the name does not. The DNS is fine. Why?", 4, 2],
  [
    "33-from-that-namespace",
    "From that namespace",
    "Everyone in the namespace front may call. Why not its pods?",
    5,
    3,
  ],
];

const TEXTS = {
  ...import.meta.glob<string>("./course/*.md", { query: "?raw", import: "default" }),
  ...import.meta.glob<string>("./broken/*.md", { query: "?raw", import: "default" }),
};

function headOf([file, title, question, minutes]: Row | GradedRow) {
  const id = idOf(file);
  const [spokenTitle, spokenQuestion] = own(W.heads, id) ?? [title, question];
  return { id, title: spokenTitle, question: spokenQuestion, minutes };
}

/** In the order in which they are learnt. */
export const LESSONS: readonly LessonHead[] = [
  ...COURSE.map((row): LessonHead => ({ ...headOf(row), course: "course" })),
  ...BROKEN.map((row): LessonHead => ({ ...headOf(row), course: "broken", grade: row[4] })),
];

const FILES = new Map(
  [...COURSE.map(([file]) => ["course", file] as const), ...BROKEN.map(([file]) => ["broken", file] as const)].map(
    ([folder, file]) => [idOf(file), `./${folder}/${file}.md`],
  ),
);

function idOf(file: string): string {
  return file.replace(/^\d+-/, "");
}

/**
 * Loads a lesson with its texts, in the language that is spoken or in another.
 *
 * @throws Error when there is no such lesson, or its file can't be loaded.
 */
export async function loadLesson(id: string, tag = language().tag): Promise<Lesson> {
  const file = FILES.get(id) ?? "";
  const load = own(TEXTS, file);
  if (load === undefined) throw new Error(`There is no lesson "${id}".`);
  const lesson = readLesson(id, await load());
  if (tag !== "de") return lesson;
  const { inGerman } = await import("./german.ts");
  return inGerman(lesson, file);
}

/** Makes a broken Service. @throws Error when its maker can't be loaded. */
export async function loadMade(name: MadeName, stage: Stage): Promise<Lesson> {
  const { makeLesson } = await import("./made.ts");
  return makeLesson(name, stage);
}

/** The paths of all lessons' files, for the test of this list. */
export const LESSON_FILES: readonly string[] = Object.keys(TEXTS);
