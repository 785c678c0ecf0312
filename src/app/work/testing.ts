// For tests: the pages of one browser, without a browser.
import { newScenario, type Scenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import type { From } from "../store/source.ts";
import type { Entry } from "./entry.ts";
import { Keeper, type News } from "./keeper.ts";
import { MemoryShelf } from "./shelf.ts";

/** A manifest that differs from others by its name. */
export const service = (name: string) => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: {app: ${name}}
  ports: [{port: 80}]
`;

export const EXAMPLE: From = { source: { kind: "example", name: "NodePort" } };
export const LINK: From = { source: { kind: "link", name: "Lesson" } };

/** All the pages of one browser: they share a shelf and hear of each other. */
export class Browser {
  readonly shelf = new MemoryShelf();
  readonly #pages = new Set<Keeper>();
  #ids = 0;
  #time = 1000;

  page(text: string | Scenario, from: From = EXAMPLE, opened: readonly Entry[] = []) {
    const wanted: ((time: number) => void)[] = [];
    const frames = { request: (run: (time: number) => void) => wanted.push(run), cancel: () => undefined };
    const scenario = typeof text === "string" ? newScenario(text) : text;
    const playground = new Playground(createRun(scenario, { createShell }), frames, from);
    const waiting = new Set<() => void>();
    const remembered: (string | undefined)[] = [];
    const keeper: Keeper = new Keeper(
      {
        shelf: this.shelf,
        newId: () => `id-${++this.#ids}`,
        now: () => ++this.#time,
        later: (run) => {
          waiting.add(run);
          return () => waiting.delete(run);
        },
        remember: (_beginning, entry) => remembered.push(entry?.id),
        spread: (news: News) => {
          for (const other of this.#pages) if (other !== keeper) other.heard(news);
        },
        onOwn: () => undefined,
        onFirstKept: () => undefined,
      },
      playground,
      new Map(opened.map((entry) => [entry.id, entry])),
    );
    keeper.follow();
    this.#pages.add(keeper);
    /** Types as the editor does: reported at once, applied after a pause. */
    const type = (next: string) => {
      playground.doors.work?.typed(next);
      playground.run({ kind: "apply", text: next });
    };
    const settle = async () => {
      for (const run of [...waiting]) {
        waiting.delete(run);
        run();
      }
      await keeper.save();
    };
    const replaceText = (from: From, next: string) => {
      playground.begin(from, next);
      type(next);
    };
    /** Looks at an earlier moment, whose text the editor then shows; undefined: at now. */
    const look = (actions: number | undefined) => {
      if (actions === undefined) playground.toNow();
      else playground.seek(0, actions);
      for (let most = 200; wanted.length > 0 && most > 0; most--) wanted.shift()?.(0);
      playground.doors.work?.typed(playground.store.getState().run.lastApplied().text);
    };
    return { playground, keeper, type, settle, replaceText, remembered, waiting, look };
  }

  /** A page that opens what an earlier one kept, as after a reload. */
  reload(entry: Entry) {
    const { id, revision, source, original } = entry;
    return this.page(entry.scenario, { source, original, entry: { id, revision } }, [entry]);
  }

  async entries(): Promise<readonly Entry[]> {
    return (await this.shelf.list()).flatMap((kept) => (kept.kind === "entry" ? [kept.entry] : []));
  }

  async texts(): Promise<readonly string[]> {
    return (await this.entries()).map(({ scenario }) => scenario.text);
  }

  async only(): Promise<Entry> {
    const [entry, ...others] = await this.entries();
    if (entry === undefined || others.length > 0) throw new Error(`${others.length + 1} entries`);
    return entry;
  }
}
