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
}

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
  const lines = answer.answers.map((each) => `${each.name} ${each.ttl} IN ${each.type} ${each.data}`);
  return [answer.rcode, ...lines].join("\n");
}

/** Reads an answer; undefined when the text is none. */
export function readAnswer(text: string): DnsAnswer | undefined {
  const [rcode, ...lines] = text.split("\n");
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") return undefined;
  const answers = lines.flatMap((line): DnsRecord[] => {
    const [name, ttl, , type, ...data] = line.split(" ");
    if (name === undefined || type === undefined) return [];
    return [{ name, ttl: Number(ttl), type, data: data.join(" ") }];
  });
  return { rcode, answers };
}
