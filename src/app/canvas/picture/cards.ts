// What is in each box of a scene, as SVG: the words of the page's cards, without what is pressed there.
import { isNodeReady, LabelTopologyZone, type Node, type Pod, splitKey } from "../../../cluster/index.ts";
import { W } from "../../../words/en/canvas.ts";
import { W as MORE } from "../../../words/en/picture-more.ts";
import { containerPorts, nameParts, podState, readyCount } from "../../store/derive.ts";
import { nodeAddress } from "../../store/targets.ts";
import { type Box, CELL, GATE } from "../metrics.ts";
import { entryAddress, replicasOf } from "../nodes/cardWords.ts";
import { OUTSIDE } from "../outside.ts";
import { REST_BAND, type Scene } from "../scene.ts";
import { line } from "./markup.ts";
import { type Card, type Drawing, mark, rectangle, STATES } from "./parts.ts";
import { service } from "./service.ts";

/** The card of one box; "" for what has none, such as a button. */
export function card(id: string, box: Box, drawing: Drawing): string {
  const at = id.indexOf(":");
  const [kind, key] = at < 0 ? [id, ""] : [id.slice(0, at), id.slice(at + 1)];
  const draw = CARDS.get(kind);
  return draw === undefined ? "" : draw(key, box, drawing);
}

const frame: Card = (_key, box, { colour }) =>
  rectangle(box, { fill: "none", stroke: colour("line-strong"), rx: 12 }) +
  line(W.frameLabel, box.x + 14, box.y + 14, { size: 12, fill: colour("ink-3"), bold: true });

const band: Card = (key, box, { state, scene, colour }) => {
  const node = state.objects.get("nodes")?.get(key) as Node | undefined; // nodes are Nodes
  const ready = node !== undefined && isNodeReady(node);
  const name = key === REST_BAND ? MORE.moreNodes(scene.rest.length) : key;
  const standing = state.poweredOff.has(key) ? W.powerOff : node !== undefined && !ready ? "NotReady" : undefined;
  const beside = standing ?? node?.metadata.labels?.[LabelTopologyZone] ?? "";
  const y = box.y + Math.min(16, scene.metrics.label / 2);
  return (
    rectangle(box, { fill: colour("band"), stroke: colour("line"), rx: 10 }) +
    line(name, box.x + 12, y, { fill: colour("ink"), bold: true }) +
    line(beside, box.x + 20 + name.length * 7, y, { fill: colour(standing === undefined ? "ink-3" : "failed") })
  );
};

const gate: Card = (key, box, { state, scene, colour }) => {
  const node = state.objects.get("nodes")?.get(key) as Node | undefined; // nodes are Nodes
  const middle = box.x + box.width / 2;
  const address = key === REST_BAND ? MORE.addresses(scene.rest.length) : ((node && nodeAddress(node)) ?? "");
  const rest = scene.nodePorts.length - scene.shownPorts;
  const ports = scene.nodePorts.slice(0, scene.shownPorts).map((port, at) => {
    const pill = { x: middle - 27, y: box.y + GATE.address + at * GATE.port, width: 54, height: GATE.port - 4 };
    const more = at === scene.shownPorts - 1 && rest > 0 ? ` +${rest}` : "";
    return (
      rectangle(pill, { fill: colour("node-port-ground"), stroke: colour("node-port-line"), rx: 10 }) +
      line(`:${port}${more}`, middle, pill.y + pill.height / 2, {
        fill: colour("node-port"),
        mono: true,
        anchor: "middle",
      })
    );
  });
  const none = line(W.noPorts, middle, box.y + GATE.address + 8, {
    size: 11,
    fill: colour("ink-3"),
    anchor: "middle",
  });
  return (
    rectangle(box, { fill: colour("surface"), stroke: colour("line-strong") }) +
    line(address, middle, box.y + GATE.address / 2, { fill: colour("ink"), mono: true, anchor: "middle" }) +
    (ports.length === 0 ? none : ports.join(""))
  );
};

/** Words in lines of so many letters. */
function wrapped(text: string, most: number): readonly string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}

const column: Card = (_key, box, { scene, colour }) => {
  const { head } = scene.metrics.column;
  const middle = box.x + box.width / 2;
  const subtitle = head > 40 ? W.sameRules : "";
  const more = scene.before + scene.after;
  const foot = more > 0 ? [MORE.andMore(more)] : wrapped(W.notAPlace, box.width / 6);
  return (
    rectangle(box, {
      fill: colour("surface-2"),
      "fill-opacity": 0.7,
      stroke: colour("line-strong"),
      "stroke-dasharray": "5 4",
      rx: 12,
    }) +
    line(W.services, middle, box.y + 15, { fill: colour("ink"), bold: true, anchor: "middle" }) +
    line(subtitle, middle, box.y + 32, { size: 11, fill: colour("ink-3"), anchor: "middle" }) +
    foot
      .map((words, at) =>
        line(words, middle, box.y + box.height - 14 - 14 * (foot.length - 1 - at), {
          size: 11,
          fill: colour("ink-3"),
          anchor: "middle",
        }),
      )
      .join("")
  );
};

const client: Card = (key, box, { state, colour }) => {
  const { address = "" } = state.world.settings.clients.find(({ name }) => name === key) ?? {};
  const middle = box.x + box.width / 2;
  return (
    rectangle(box, { fill: colour("surface"), stroke: colour("line-strong") }) +
    line(key, middle, box.y + box.height / 2 - 9, { size: 13, fill: colour("ink"), bold: true, anchor: "middle" }) +
    line(address, middle, box.y + box.height / 2 + 10, { fill: colour("ink-3"), mono: true, anchor: "middle" })
  );
};

const workload: Card = (key, box, { state, colour }) => {
  const at = key.indexOf(":");
  const object = state.objects.get(key.slice(0, at))?.get(key.slice(at + 1));
  if (object === undefined) return "";
  const { kind = "", metadata } = object;
  const { name = "" } = metadata;
  const { ready, wanted } = replicasOf(object);
  const address = entryAddress(object);
  const count = address ?? `${ready}/${wanted}`;
  const y = box.y + box.height / 2;
  const room = box.width - 30 - 8 * count.length;
  const beside = room - 4 - 6.2 * kind.length;
  const hasKind = address === undefined || 7 * name.length <= beside; // as on the page, an address comes first
  return (
    rectangle(box, { fill: colour("surface"), stroke: colour("line") }) +
    line(name, box.x + 10, y, { fill: colour("ink"), bold: true, room: hasKind ? beside : room }) +
    line(hasKind ? kind : "", box.x + 10 + room, y, { size: 11, fill: colour("ink-3"), anchor: "end" }) +
    line(count, box.x + box.width - 10, y, { fill: colour("ink-2"), mono: true, anchor: "end" })
  );
};

const pod: Card = (key, box, { state, scene, colour }) => {
  const object = state.objects.get("pods")?.get(key) as Pod | undefined; // pods are Pods
  if (object === undefined) return "";
  const life = podState(object);
  const isChip = scene.density === "chip" || scene.pending.includes(key);
  const { shared, own } = nameParts(object);
  const y = isChip ? box.y + box.height / 2 : box.y + 14;
  const name =
    mark(life, box.x + 12, y, colour) +
    line(`${shared}${own}`, box.x + 22, y, { fill: colour("ink"), bold: true, room: box.width - 28 });
  const outline = rectangle(box, {
    fill: colour("surface"),
    stroke: colour(life === "ready" ? "line-strong" : STATES[life]),
    "stroke-dasharray": life === "starting" || life === "terminating" ? "4 3" : undefined,
  });
  if (isChip) return outline + name;
  const ports = containerPorts(object).slice(0, 2);
  return (
    outline +
    name +
    line(object.status?.podIP ?? "—", box.x + 10, box.y + 33, { fill: colour("ink"), mono: true }) +
    line(ports.map((port) => `:${port}`).join(" "), box.x + 10, box.y + 51, {
      fill: colour("target-port"),
      mono: true,
    }) +
    line(readyCount(object), box.x + box.width - 10, box.y + 51, {
      size: 11,
      fill: colour("ink-3"),
      mono: true,
      anchor: "end",
    })
  );
};

const group: Card = (key, box, { state, scene, colour }) => {
  const members = scene.groups.find(({ id }) => id === `group:${key}`);
  if (members === undefined) return "";
  const states = members.pods.map((each) => {
    const object = state.objects.get("pods")?.get(each) as Pod | undefined; // pods are Pods
    return object === undefined ? ("ended" as const) : podState(object);
  });
  const cells =
    members.columns === 0
      ? ""
      : members.pods
          .map((each, at) => {
            const cell = scene.pods.get(each);
            const fill = colour(STATES[states[at] ?? "ended"]);
            return cell === undefined
              ? ""
              : rectangle({ ...cell, width: CELL.size, height: CELL.size }, { fill, rx: 1.5 });
          })
          .join("");
  const ready = states.filter((each) => each === "ready").length;
  const name = members.name === "" ? MORE.pods : members.name;
  return (
    rectangle(box, { fill: colour("surface"), stroke: colour("line-strong") }) +
    line(name, box.x + 8, box.y + 13, { fill: colour("ink"), bold: true, room: box.width - 60 }) +
    line(`${ready}/${states.length}`, box.x + box.width - 8, box.y + 13, {
      fill: colour("ink-2"),
      mono: true,
      anchor: "end",
    }) +
    cells
  );
};

const outside =
  (title: () => string, rowsOf: (scene: Scene) => readonly string[]): Card =>
  (_key, box, { scene, colour }) => {
    const rows = rowsOf(scene).slice(0, OUTSIDE.most);
    return (
      rectangle(box, { fill: colour("surface"), stroke: colour("line-strong") }) +
      line(title(), box.x + 10, box.y + 15, { fill: colour("ink"), bold: true }) +
      rows
        .map((row, at) =>
          line(row, box.x + 10, box.y + OUTSIDE.head + (at + 0.5) * OUTSIDE.row, {
            fill: colour("ink-2"),
            mono: true,
            room: box.width - 20,
          }),
        )
        .join("")
    );
  };

const pending: Card = (_key, box, { colour, scene }) =>
  rectangle(box, { fill: "none", stroke: colour("not-ready"), "stroke-dasharray": "5 4", rx: 10 }) +
  line(`${scene.pending.length} · ${MORE.noNode}`, box.x + 12, box.y + 16, { fill: colour("not-ready"), bold: true });

const more: Card = (_key, box, { scene, colour }) =>
  line(MORE.andMore(scene.moreWorkloads.length), box.x + 8, box.y + box.height / 2, { fill: colour("ink-3") });

const CARDS: ReadonlyMap<string, Card> = new Map<string, Card>([
  ["frame", frame],
  ["node", band],
  ["gate", gate],
  ["column", column],
  ["client", client],
  ["workload", workload],
  ["more", more],
  ["pod", pod],
  ["group", group],
  ["service", service],
  ["pending", pending],
  [
    "cloud",
    outside(
      () => MORE.balancers,
      ({ outside: { balancers } }) => balancers.map(({ address }) => address),
    ),
  ],
  [
    "world",
    outside(
      () => MORE.outside,
      ({ outside: { hosts } }) => hosts,
    ),
  ],
  [
    "ghost",
    (key, box, { colour }) =>
      rectangle(box, { fill: "none", stroke: colour("failed"), "stroke-dasharray": "4 3" }) +
      line(splitKey(key.slice(key.indexOf(":") + 1)).name, box.x + 10, box.y + box.height / 2, {
        fill: colour("failed"),
        room: box.width - 20,
      }),
  ],
]);
