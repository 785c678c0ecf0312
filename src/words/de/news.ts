import type { EN } from "../en/news.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  label: "Änderungen im Cluster",
  more: (n) => `Und ${plural(n, { one: "# weitere Änderung", other: "# weitere Änderungen" })}.`,
  gone: (name) => `Pod ${name} ist weg.`,
  pod: (name, state) => `Pod ${name}: ${state}.`,
  node: (name, state) => `Node ${name} ist ${state}.`,
  service: (name, has) => `Service ${name}: ${has}.`,
  ready: (n, of) => `${n} von ${of} ${plural(of, { one: "Endpoint", other: "Endpoints" })} bereit`,
};
