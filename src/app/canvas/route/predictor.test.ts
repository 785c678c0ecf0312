// Predict mode on the page's store, its frames by hand.
import { expect, test } from "vitest";
import { newScenario } from "../../../scenario/index.ts";
import { EXAMPLES } from "../../examples/index.ts";
import { Playground } from "../../store/playground.ts";
import { createRun } from "../../store/run.ts";
import { isFollowed, sendRequest } from "../send.ts";
import { Predictor } from "./predictor.ts";

async function begin() {
  const run = createRun(newScenario((await EXAMPLES[0]?.load()) ?? ""));
  run.advance(5_000);
  let waiting: ((time: number) => void)[] = [];
  let time = 0;
  const playground = new Playground(run, {
    request: (frame) => waiting.push(frame),
    cancel: () => {
      waiting = [];
    },
  });
  const frames = (count: number) => {
    for (let each = 0; each < count; each++) {
      time += 20;
      for (const frame of waiting.splice(0)) frame(time);
    }
  };
  playground.setView({ predict: true });
  const fail = (error: unknown) => {
    throw error;
  };
  const send = () => {
    sendRequest(playground, { kind: "client", name: "laptop" });
    frames(2);
    return new Predictor(playground, playground.store.getState().route ?? -1, fail);
  };
  return { playground, frames, send, state: () => playground.store.getState() };
}

test("[PREDICT-1] a packet waits for a choice, moves, and what happened is explained and counted", async () => {
  const { frames, send, state } = await begin();
  expect(isFollowed(state())).toBe(true);
  const predictor = send();
  const now = () => state().world.clock.now;
  const before = now();
  frames(50);
  expect([now(), state().playing]).toEqual([before, false]);
  const { choices } = predictor.get()?.question ?? { choices: [] };
  const right = choices.findIndex(({ text }) => /from 192\.168\.1\.11, node-1/.test(text));
  predictor.choose(right);
  predictor.choose(right + 1);
  frames(100);
  expect(predictor.get()).toMatchObject({ chosen: right, told: { right } });
  expect(predictor.get()?.told?.explanation).toMatch(/KUBE-NODEPORTS → KUBE-EXT → KUBE-SVC/);
  expect([state().playing, state().view.predicted]).toEqual([false, { right: 1, of: 1 }]);
  predictor.goOn();
  frames(50);
  expect(predictor.get()?.question.text).toMatch(
    /^node-1 gets the answer 10\.244\.\d\.\d+:8080 → 192\.168\.1\.11:\d+\./,
  );
  const back =
    predictor
      .get()
      ?.question.choices.findIndex(({ text }) => /^To 192\.168\.1\.10:\d+, from 192\.168\.1\.11:30080$/.test(text)) ??
    -1;
  predictor.choose(back);
  frames(100);
  expect([predictor.get()?.told?.right, state().view.predicted]).toEqual([back, { right: 2, of: 2 }]);
  predictor.goOn();
  frames(200);
  expect(state().world.trace.exchange(state().route ?? -1)?.outcome.kind).toBe("answered");
  const again = send();
  const wrong = again.get()?.question.choices.findIndex(({ text }) => /ClusterIP/.test(text)) ?? -1;
  again.choose(wrong);
  frames(100);
  expect(state().view.predicted).toEqual({ right: 2, of: 3 });
});

test("[PREDICT-1] Play skips a question, and a request without one just runs", async () => {
  const { playground, frames, send, state } = await begin();
  const predictor = send();
  playground.setPlaying(true);
  frames(100);
  expect([predictor.get(), state().view.predicted]).toEqual([undefined, undefined]);
  frames(200);
  playground.run({ kind: "fail", fault: { kind: "node-power", node: "node-1" } });
  playground.setView({ predict: false });
  expect(isFollowed(state())).toBe(false);
});
