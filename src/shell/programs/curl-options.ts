// The options of `curl` that are simulated.

/** What the words of a command line ask for. */
export interface CurlOptions {
  readonly urls: string[];
  readonly flags: Set<string>;
  readonly values: Map<string, string>;
  readonly headers: Record<string, string>;
}

const LONG: Readonly<Record<string, string>> = {
  verbose: "v",
  "max-time": "m",
  header: "H",
  silent: "s",
  "show-error": "S",
  output: "o",
  "write-out": "w",
  head: "I",
  request: "X",
  data: "d",
  "data-raw": "d",
  location: "L",
  include: "i",
  fail: "f",
  insecure: "k",
  "user-agent": "A",
  url: "url",
};
const VALUED = new Set([
  "m",
  "H",
  "o",
  "w",
  "X",
  "d",
  "A",
  "url",
  "connect-timeout",
  "retry",
  "resolve",
  "retry-delay",
  "interface",
  "u",
]);
const KNOWN = new Set([
  "v",
  "s",
  "S",
  "I",
  "L",
  "i",
  "f",
  "k",
  "g",
  "N",
  "4",
  "no-progress-meter",
  "http1.1",
  "fail-with-body",
  "no-buffer",
  "ipv4",
]);

/** Reads the words; the word that is not known here, if one is not. */
export function optionsOf(words: readonly string[]): CurlOptions | string {
  const options: CurlOptions = { urls: [], flags: new Set(), values: new Map(), headers: {} };
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      options.urls.push(word);
      continue;
    }
    const letters = word.startsWith("--") ? [LONG[word.slice(2)] ?? word.slice(2)] : [...word.slice(1)];
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] ?? "";
      if (!VALUED.has(letter)) {
        if (!KNOWN.has(letter)) return word;
        options.flags.add(letter);
        continue;
      }
      const rest = word.startsWith("--") ? "" : letters.slice(i + 1).join("");
      takeValue(options, letter, rest || (words[++at] ?? ""));
      break;
    }
  }
  return options;
}

function takeValue({ urls, values, headers }: CurlOptions, letter: string, value: string): void {
  if (letter === "url") urls.push(value);
  else if (letter === "H") {
    const colon = value.indexOf(":");
    headers[value.slice(0, colon).trim().toLowerCase()] = value.slice(colon + 1).trim();
  } else values.set(letter, value);
}
