// Rules for names, labels and ports: each gives the reasons why a text is refused, none when it is fine.

/** Gives the reasons why a text is refused. */
export type TextCheck = (text: string) => string[];

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_UNDERSCORE = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SUBDOMAIN_UNDERSCORE = `${LABEL_UNDERSCORE}(\\.${LABEL_UNDERSCORE})*`;
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const LABEL_VALUE = `(${QUALIFIED})?`;
const CONFIG_KEY = "[-._a-zA-Z0-9]+";
const ENV_NAME = "[ -<>-~]+";

const full = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const LABEL_RE = full(LABEL);
const SUBDOMAIN_RE = full(SUBDOMAIN);
const QUALIFIED_RE = full(QUALIFIED);
const LABEL_VALUE_RE = full(LABEL_VALUE);
const CONFIG_KEY_RE = full(CONFIG_KEY);
const ENV_NAME_RE = full(ENV_NAME);

function wordedRule(rule: string, pattern: string, ...examples: string[]): string {
  const quoted = examples.map((each) => `'${each}', `).join(" or ");
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}

const TOO_LONG = (limit: number) => `must be no more than ${limit} characters`;

const LABEL_TEXT = wordedRule(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  "my-name",
  "123-abc",
);
const SUBDOMAIN_TEXT = wordedRule(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  "example.com",
);
const QUALIFIED_TEXT = wordedRule(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  "MyName",
  "my.name",
  "123-abc",
);
const LABEL_VALUE_TEXT = wordedRule(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  LABEL_VALUE,
  "MyValue",
  "my_value",
  "12345",
);

// Models k8s.io/apimachinery/pkg/util/validation IsDNS1123Label
export const dns1123Label: TextCheck = (text) => {
  const reasons = text.length > 63 ? [TOO_LONG(63)] : [];
  if (LABEL_RE.test(text)) return reasons;
  return [...reasons, SUBDOMAIN_RE.test(text) ? "must not contain dots" : LABEL_TEXT];
};

// Models k8s.io/apimachinery/pkg/util/validation IsDNS1123Subdomain
export const dns1123Subdomain: TextCheck = (text) => {
  const reasons = text.length > 253 ? [TOO_LONG(253)] : [];
  return SUBDOMAIN_RE.test(text) ? reasons : [...reasons, SUBDOMAIN_TEXT];
};

// Models k8s.io/apimachinery/pkg/util/validation IsDNS1123SubdomainWithUnderscore
export const dns1123SubdomainWithUnderscore: TextCheck = (text) => {
  const reasons = text.length > 253 ? [TOO_LONG(253)] : [];
  if (full(SUBDOMAIN_UNDERSCORE).test(text)) return reasons;
  return [
    ...reasons,
    wordedRule(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
      SUBDOMAIN_UNDERSCORE,
      "example.com",
    ),
  ];
};

// Models k8s.io/apimachinery/pkg/util/validation IsWildcardDNS1123Subdomain
export const wildcardSubdomain: TextCheck = (text) => {
  const pattern = `\\*\\.${SUBDOMAIN}`;
  if (full(pattern).test(text)) return [];
  return [
    wordedRule(
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
      pattern,
      "*.example.com",
    ),
  ];
};

/** `[prefix/]name`, as label keys are. */
// Models k8s.io/apimachinery/pkg/util/validation IsQualifiedName
export const qualifiedName: TextCheck = (text) => {
  const parts = text.split("/");
  if (parts.length > 2)
    return [
      `a qualified name ${QUALIFIED_TEXT} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const reasons: string[] = [];
  const [prefix, name] = parts.length === 2 ? [parts[0], parts[1] ?? ""] : [undefined, parts[0] ?? ""];
  if (prefix === "") reasons.push("prefix part must be non-empty");
  else if (prefix !== undefined) reasons.push(...dns1123Subdomain(prefix).map((each) => `prefix part ${each}`));
  if (name === "") reasons.push("name part must be non-empty");
  else if (name.length > 63) reasons.push(`name part ${TOO_LONG(63)}`);
  if (!QUALIFIED_RE.test(name)) reasons.push(`name part ${QUALIFIED_TEXT}`);
  return reasons;
};

// Models k8s.io/apimachinery/pkg/util/validation IsValidLabelValue
export const labelValue: TextCheck = (text) => {
  const reasons = text.length > 63 ? [TOO_LONG(63)] : [];
  return LABEL_VALUE_RE.test(text) ? reasons : [...reasons, LABEL_VALUE_TEXT];
};

/** An IANA service name, as container ports have. */
// Models k8s.io/apimachinery/pkg/util/validation IsValidPortName
export const portName: TextCheck = (text) => {
  const reasons: string[] = [];
  if (text.length > 15) reasons.push(TOO_LONG(15));
  if (!/^[-a-z0-9]+$/.test(text))
    reasons.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(text)) reasons.push("must contain at least one letter (a-z)");
  if (text.includes("--")) reasons.push("must not contain consecutive hyphens");
  if (text !== "" && (text.startsWith("-") || text.endsWith("-"))) reasons.push("must not begin or end with a hyphen");
  return reasons;
};

/** Reasons why a number is no port. */
export function portNumber(value: number): string[] {
  return value >= 1 && value <= 65535 ? [] : ["must be between 1 and 65535, inclusive"];
}

/** Reasons why a number is below zero. */
export function nonNegative(value: number): string[] {
  return value >= 0 ? [] : ["must be greater than or equal to 0"];
}

// Models k8s.io/apimachinery/pkg/util/validation IsConfigMapKey
export const configMapKey: TextCheck = (text) => {
  const reasons = text.length > 253 ? [TOO_LONG(253)] : [];
  if (!CONFIG_KEY_RE.test(text))
    reasons.push(
      wordedRule(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_KEY,
        "key.name",
        "KEY_NAME",
        "key-name",
      ),
    );
  if (text === ".") reasons.push("must not be '.'");
  if (text === "..") reasons.push("must not be '..'");
  else if (text.startsWith("..")) reasons.push("must not start with '..'");
  return reasons;
};

/** Any printable ASCII but `=`: what environment variables may be called since 1.34. */
// Models k8s.io/apimachinery/pkg/util/validation IsRelaxedEnvVarName
export const envVarName: TextCheck = (text) => {
  if (text === "") return ["environment variable name must not be empty"];
  if (ENV_NAME_RE.test(text)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
};

/** A trailing dash stands for what generateName adds. */
export function asPrefix(check: TextCheck): TextCheck {
  return (text) => check(text.endsWith("-") && text.length > 1 ? `${text.slice(0, -1)}a` : text);
}

/** What may be one part of a URL's path. */
export const pathSegment: TextCheck = (text) => {
  if (text === "." || text === "..") return [`may not be '${text}'`];
  return ["/", "%"].filter((sign) => text.includes(sign)).map((sign) => `may not contain '${sign}'`);
};
