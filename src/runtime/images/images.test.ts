// What images and their arguments are known for.
import { describe, expect, test } from "vitest";
import type { Surroundings } from "../../cluster/index.ts";
import { bindingOf } from "./arguments.ts";
import { knownEnding } from "./command.ts";
import { echoBasic } from "./echo-basic.ts";
import { knownImage } from "./table.ts";

describe("images", () => {
  test.each([
    ["nginx", "nginx"],
    ["nginx:1.29-alpine", "nginx"],
    ["docker.io/library/nginx:1.29", "nginx"],
    ["registry.k8s.io/e2e-test-images/agnhost:2.53", "e2e-test-images/agnhost"],
    ["gcr.io/google-samples/hello-app:1.0", "google-samples/hello-app"],
    ["localhost:5000/redis@sha256:00", "redis"],
    ["example.com/team/shop:1", undefined],
  ])("[IMG-2] %s is known as %s", (reference, name) => {
    expect(knownImage(reference)?.name).toBe(name);
  });

  test.each([
    [["-text=hi", "-listen=:5679"], undefined, { port: 5679, loopback: false }],
    [["serve", "--port", "9000", "--host", "127.0.0.1"], undefined, { port: 9000, loopback: true }],
    [["python3", "-m", "http.server", "8081"], undefined, { port: 8081, loopback: false }],
    [["nc", "-lk", "-p", "7000"], undefined, { port: 7000, loopback: false }],
    [["sh", "-c", "httpd -f -p 8088"], undefined, { port: 8088, loopback: false }],
    [["serve"], "3000", { port: 3000, loopback: false }],
  ])("[IMG-4] %j with %j binds %j", (words, port, expected) => {
    expect(bindingOf(words, port)).toMatchObject(expected);
  });

  test.each([
    [["sleep", "5"], { afterMs: 5_000, code: 0 }],
    [["sleep", "infinity"], undefined],
    [["sh", "-c", "sleep 2; exit 7"], { afterMs: 2_000, code: 7 }],
    [["sh", "-c", "while true; do sleep 1; done"], undefined],
    [["false"], { afterMs: 0, code: 1 }],
  ])("[PROBE-3] %j ends as %j", (words, ending) => {
    expect(knownEnding(words)?.ending).toEqual(ending);
  });

  describe("the echo server [IMG-9]", () => {
    const surroundings = { env: { POD_NAME: "echo-1", NAMESPACE: "here" } } as unknown as Surroundings; // all it reads
    const log: string[] = [];
    const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      echoBasic(surroundings, (line) => log.push(line))(
        {
          protocol: "TCP",
          source: { address: "10.0.0.1", port: 5 },
          destination: { address: "10.0.0.2", port: 3000 },
          method: "GET",
          path,
          headers: { host: "a.org", ...headers },
          body: "",
        },
        () => {},
      );

    test("says what it was asked, and logs it", () => {
      const body = JSON.parse(ask("/p?q=1", { "x-one": "1" })?.body ?? "");
      expect(body).toMatchObject({ path: "/p?q=1", host: "a.org", headers: { "X-One": ["1"] }, pod: "echo-1" });
      expect(log).toEqual(["Echoing back request made to /p?q=1 to client (10.0.0.1:5)\n"]);
    });

    test("sets headers, waits and fails as it is asked to", () => {
      const headers = ask("/", { "x-echo-set-header": "A:1,B:2,A:3" })?.headers;
      expect(headers).toMatchObject({ A: "1,3", B: "2" });
      expect(ask("/?delay=1.5s")?.delay).toBe(1_500);
      expect([ask("/?delay=x"), ask("/status/418"), ask("/status/x")].map((reply) => reply?.status)).toEqual([
        500, 418, 400,
      ]);
    });
  });
});
