// What lessons say in German reads as one sentence, whatever is put into it.
import { expect, test } from "vitest";
import { DE as CHECKS } from "./de/lesson-checks.ts";
import { DE as HELP } from "./de/lesson-help.ts";
import { DE as MADE } from "./de/lesson-made.ts";
import { EN } from "./en/lesson-made.ts";

const NODES = { from: "laptop", to: "node:30080" };
const SERVICE = { from: "pod/client", to: "Service/web", via: "clusterIP" } as const;

test.each([
  [
    CHECKS.none(CHECKS.requests(NODES), "answered", { by: "Service/web", status: 200 }, CHECKS.lastOne("timeout")),
    "Noch keine Anfrage vom Laptop an Port 30080 eines Nodes wurde von einem Endpoint des Service web mit Status 200 beantwortet; die letzte lief in den Timeout.",
  ],
  [
    CHECKS.none(CHECKS.requests(SERVICE), "refused", {}, ""),
    "Noch keine Anfrage von Pod client an Service web über seine ClusterIP wurde abgewiesen.",
  ],
  [
    CHECKS.none(CHECKS.requests(NODES), "answered", { source: "laptop" }, CHECKS.lastSaw("192.168.1.12:30000")),
    "Noch keine Anfrage vom Laptop an Port 30080 eines Nodes wurde mit der Adresse des Laptops als Quelle beantwortet; der letzte Pod sah 192.168.1.12:30000.",
  ],
  [
    CHECKS.few([1, 12], CHECKS.requests({ from: "phone" }), "failed", {}),
    "Erst 1 von 12 Anfragen vom Telefon schlug fehl.",
  ],
  [
    CHECKS.few([3, 12], CHECKS.requests({ path: "/cart" }), "answered", { by: "node/node-2" }),
    "Erst 3 von 12 Anfragen nach /cart wurden von einem Pod auf node-2 beantwortet.",
  ],
  [
    CHECKS.against(2, CHECKS.requests({}), "failed"),
    "2 Anfragen von irgendjemandem schlugen seit Beginn des Schritts fehl.",
  ],
  [
    CHECKS.never(1, CHECKS.requests(NODES), "refused"),
    "Die eine Anfrage vom Laptop an Port 30080 eines Nodes wurde nie abgewiesen.",
  ],
  [CHECKS.never(9, CHECKS.requests({}), "failed"), "Von 9 Anfragen von irgendjemandem schlug keine fehl."],
  [
    CHECKS.several(12, CHECKS.requests({ from: "pod" }), "answered", { at: "0:12.4", pods: 3 }),
    "12 Anfragen von einem Pod wurden von 3 Pods beantwortet, die letzte bei 0:12.4.",
  ],
  [
    CHECKS.answered({
      server: "pod/web-x",
      client: "laptop",
      target: "http://web/",
      at: "0:12.4",
      saw: "10.244.1.1:1",
    }),
    "Pod web-x hat bei 0:12.4 die Anfrage vom Laptop an http://web/ beantwortet und sah 10.244.1.1:1 als Absender.",
  ],
  [
    CHECKS.asWanted(CHECKS.noObject(CHECKS.object("Service", "web", "shop", true))),
    "Service web im Namespace shop gibt es nicht.",
  ],
  [
    CHECKS.asWanted(CHECKS.none(CHECKS.requests({}), "failed", {}, "")),
    "Keine Anfrage von irgendjemandem schlug fehl.",
  ],
  [
    HELP.result({ changes: 1, par: 1, help: "look", points: 90, most: 100 }),
    "1 Änderung, Par 1, ein Hinweis: 90 von 100 Punkten.",
  ],
  [
    HELP.edit("Service web", [["spec.selector.tier", undefined]]),
    "Im Manifest, Service web: spec.selector.tier entfernen",
  ],
  [
    MADE.said("Letzte Woche hat es funktioniert.", "http://web", "pod/client", "wird sofort abgewiesen"),
    "„Letzte Woche hat es funktioniert. Jetzt: `http://web` vom Pod `client` wird sofort abgewiesen.“",
  ],
  [MADE.ofDay("2026-11-30"), "Der kaputte Service vom 30. November 2026"],
])("[LESSON-12] %s", (said, expected) => {
  expect(said).toBe(expected);
});

test("[MADE-1] what is drawn for a reporter is drawn from equally many sentences", () => {
  expect(MADE.before).toHaveLength(EN.before.length);
  for (const [ended, each] of Object.entries(MADE.ends))
    expect([ended, each.length]).toEqual([ended, EN.ends[ended as keyof typeof EN.ends].length]);
});
