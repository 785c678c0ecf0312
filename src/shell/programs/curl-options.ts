// The options of `curl` that are simulated.
import { own, setOwn } from "../../cluster/index.ts";

/** What the words of a command line ask for. */
export interface CurlOptions {
  readonly urls: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** The last value of each option that has one. */
  readonly values: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  /** `-o` and `-O`, in order: one for each URL; `-O` is an empty name. */
  readonly outputs: readonly string[];
  /** The pieces of data, each as it goes into the body. */
  readonly data: readonly string[];
  /** `--resolve` and `--connect-to`, as typed. */
  readonly resolve: readonly string[];
  readonly connectTo: readonly string[];
}

const LONG: Readonly<Record<string, string>> = {
  verbose: "v",
  "max-time": "m",
  header: "H",
  silent: "s",
  "show-error": "S",
  output: "o",
  "remote-name": "O",
  "write-out": "w",
  head: "I",
  request: "X",
  data: "d",
  "data-ascii": "d",
  "data-binary": "data-raw",
  get: "G",
  location: "L",
  include: "i",
  "show-headers": "i",
  fail: "f",
  insecure: "k",
  globoff: "g",
  "user-agent": "A",
  referer: "e",
  cookie: "b",
  user: "u",
  "http1.0": "0",
  ipv4: "4",
  "no-buffer": "N",
};

const VALUED = new Set(
  "m H o w X d A e b u url connect-timeout retry retry-delay retry-max-time max-redirs resolve connect-to interface data-raw data-urlencode json".split(
    " ",
  ),
);

const KNOWN = new Set(
  "v s S O I L G i f k g N 4 0 no-progress-meter http1.1 fail-with-body compressed retry-connrefused retry-all-errors no-keepalive tcp-nodelay".split(
    " ",
  ),
);

type Mutable = {
  -readonly [K in keyof CurlOptions]: CurlOptions[K] extends readonly (infer T)[] ? T[] : CurlOptions[K];
} & { flags: Set<string>; values: Map<string, string>; headers: Record<string, string> };

/** Reads the words; the word that is not known here, if one is not. `fileText` reads `@FILE` of data. */
export function optionsOf(
  words: readonly string[],
  fileText: (name: string) => string | undefined,
): CurlOptions | string {
  const options: Mutable = {
    urls: [],
    flags: new Set(),
    values: new Map(),
    headers: {},
    outputs: [],
    data: [],
    resolve: [],
    connectTo: [],
  };
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      options.urls.push(word);
      continue;
    }
    const letters = word.startsWith("--") ? [own(LONG, word.slice(2)) ?? word.slice(2)] : [...word.slice(1)];
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      if (!VALUED.has(letter)) {
        if (!KNOWN.has(letter)) return `option ${word}: is not simulated here, or unknown`;
        if (letter === "O") options.outputs.push("");
        options.flags.add(letter);
        continue;
      }
      const rest = word.startsWith("--") ? "" : letters.slice(i + 1).join("");
      const value = rest || words[++at];
      if (value === undefined) return `option ${word}: requires parameter`;
      const wrong = takeValue(options, letter, { value, fileText });
      if (wrong !== undefined) return `option ${word}: ${wrong}`;
      break;
    }
  }
  return options;
}

const NUMBERS = new Set(["m", "connect-timeout", "retry", "retry-delay", "retry-max-time", "max-redirs"]);

/** Takes one value; what curl says against it. */
function takeValue(
  options: Mutable,
  letter: string,
  { value, fileText }: { value: string; fileText: (name: string) => string | undefined },
): string | undefined {
  if (NUMBERS.has(letter) && !/^-?\d+(\.\d+)?$/.test(value)) return "expected a proper numerical parameter";
  options.values.set(letter, value);
  switch (letter) {
    case "url":
      options.urls.push(value);
      break;
    case "H":
      takeHeader(options.headers, value);
      break;
    case "o":
      options.outputs.push(value);
      break;
    case "d":
      options.data.push(value.startsWith("@") ? (fileText(value.slice(1)) ?? "").replace(/[\r\n]/g, "") : value);
      break;
    case "data-raw":
    case "data-urlencode":
      options.data.push(letter === "data-raw" ? value : encoded(value));
      break;
    case "json":
      options.data.push(value);
      options.headers["content-type"] = "application/json";
      options.headers.accept = "application/json";
      break;
    case "resolve":
      options.resolve.push(value);
      break;
    case "connect-to":
      options.connectTo.push(value);
      break;
    default:
      break;
  }
  return undefined;
}

/** `Name: value`; `Name:` takes one of curl's own out, `Name;` sends it empty. */
function takeHeader(headers: Record<string, string>, text: string): void {
  const match = /^([^:;]+)(?::\s*(.*)|(;))\s*$/s.exec(text);
  if (match?.[1] === undefined) return;
  setOwn(headers, match[1].trim().toLowerCase(), match[3] === ";" ? "" : (match[2] ?? "").trim() || REMOVED);
}

/** Stands for a header that `-H 'Name:'` takes out. */
export const REMOVED = "\u0000";

function encoded(text: string): string {
  const at = text.indexOf("=");
  if (at < 0) return encodeURIComponent(text);
  return text.slice(0, at + (at === 0 ? 0 : 1)) + encodeURIComponent(text.slice(at + 1));
}
