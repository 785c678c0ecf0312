// Questions and answers of the DNS as they travel in a packet's body.

/** What is asked. */
export interface DnsQuestion {
  readonly name: string;
  readonly type: string;
}

/** One record of an answer; `data` in presentation form. */
export interface DnsRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

/** What a name server answers. NOERROR without records means: the name exists, the type does not. */
export interface DnsAnswer {
  readonly rcode: "NOERROR" | "NXDOMAIN";
  readonly answers: readonly DnsRecord[];
  /** Addresses of the hosts that SRV and NS records name, so that no second query is needed. */
  readonly additional?: readonly DnsRecord[] | undefined;
}

/** Separates the answers from the additional records of a message. */
const ADDITIONAL = "ADDITIONAL";

/** Writes a question as a packet's body. */
export function writeQuestion(question: DnsQuestion): string {
  return `${question.name} IN ${question.type}`;
}

/** Reads a question; undefined when the text is none. */
export function readQuestion(text: string): DnsQuestion | undefined {
  const [name, , type] = text.split(" ");
  return name === undefined || type === undefined ? undefined : { name, type };
}

/** Writes an answer as a packet's body: the status, then a record per line as dig prints it. */
export function writeAnswer(answer: DnsAnswer): string {
  const { rcode, answers, additional = [] } = answer;
  const more = additional.length === 0 ? [] : [ADDITIONAL, ...additional.map(recordText)];
  return [rcode, ...answers.map(recordText), ...more].join("\n");
}

/** Reads an answer; undefined when the text is none. */
export function readAnswer(text: string): DnsAnswer | undefined {
  const [rcode, ...lines] = text.split("\n");
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") return undefined;
  const end = lines.indexOf(ADDITIONAL);
  const answers = (end < 0 ? lines : lines.slice(0, end)).flatMap(readRecord);
  return end < 0 ? { rcode, answers } : { rcode, answers, additional: lines.slice(end + 1).flatMap(readRecord) };
}

function recordText({ name, ttl, type, data }: DnsRecord): string {
  return `${name} ${ttl} IN ${type} ${data}`;
}

function readRecord(line: string): DnsRecord[] {
  const [name, ttl, , type, ...data] = line.split(" ");
  if (name === undefined || type === undefined) return [];
  return [{ name, ttl: Number(ttl), type, data: data.join(" ") }];
}
