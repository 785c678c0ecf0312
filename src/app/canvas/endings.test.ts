// What ended shortly before a moment is seen there, whoever followed the trace until then.
import { expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { createRun } from "../store/run.ts";
import { Endings } from "./flights.ts";

const SEND = { kind: "send", from: { kind: "client", name: "laptop" }, host: "192.168.1.11", port: 30_080 } as const;

test("a refusal that nobody watched is marked where it happened, as long as it would have been", () => {
  const run = createRun(newScenario(""));
  const { trace, clock } = run.cluster;
  const watched = new Endings();
  watched.follow(trace, clock.now);
  run.perform(SEND);
  for (const ms of [300, 600, 300, 800, 5_000]) {
    run.advance(ms);
    const late = new Endings();
    late.follow(trace, clock.now);
    expect(late.hops(clock.now)).toEqual(watched.hops(clock.now));
    expect(late.exchanges(clock.now)).toEqual(watched.exchanges(clock.now));
    expect(late.waiting(clock.now)).toEqual(watched.waiting(clock.now));
  }
  expect([...trace.exchanges()].at(-1)?.outcome.kind).toBe("refused");
});
