// The column of Services: full cards while they fit, then one in focus and the rest condensed, then as rows, then a part of them.
import { type Box, COLUMN, ROW, SERVICE, UNDER } from "./metrics.ts";

/** What a Service's card has to hold. */
export interface ServiceInput {
  readonly key: string;
  readonly ports: number;
  /** Addresses of its endpoints, in the order in which they are listed. */
  readonly endpoints: readonly string[];
  /** Its card is the one that opens when not all can. */
  readonly focused: boolean;
}

/** How much of a Service is shown: all, its address and how many are ready, or its name and how many are ready. */
export type Form = "full" | "brief" | "row";

/** A Service's card and where it is; heights of rows are in flow coordinates. */
export interface PlacedService {
  readonly key: string;
  readonly box: Box;
  readonly form: Form;
  /** How many endpoints it lists when it is open. */
  readonly listed: number;
  /** Where a packet enters the card. */
  readonly enterY: number;
  /** Where the route to an endpoint leaves the card, by address. */
  readonly rows: ReadonlyMap<string, number>;
  /** The namespace that is named above it, as the first row of several namespaces. */
  readonly space?: string;
}

export interface Stack {
  readonly column: Box;
  readonly placed: ReadonlyMap<string, PlacedService>;
  /** How many Services before and after those placed have no card. */
  readonly before: number;
  readonly after: number;
  /** Whether there is room for a field that searches a list of which not all is shown. */
  readonly searched: boolean;
}

/** Height of an open card that lists so many endpoints. */
export function cardHeight(service: Pick<ServiceInput, "ports" | "endpoints">, listed: number = SERVICE.shown): number {
  const rows = Math.max(1, Math.min(service.endpoints.length, listed)) + (service.endpoints.length > listed ? 1 : 0);
  return (
    2 * SERVICE.padding +
    SERVICE.title +
    SERVICE.address +
    service.ports * SERVICE.port +
    SERVICE.head +
    rows * SERVICE.endpoint
  );
}

/** Which Services are shown, and how. */
interface Choice {
  readonly shown: readonly ServiceInput[];
  readonly before: number;
  /** Of those that are not in focus. */
  readonly others: Form;
  /** Of the one in focus. */
  readonly focus: Form;
  /** How many endpoints an open card lists. */
  readonly listed: number;
  /** Height of the cards and the gaps between them. */
  readonly height: number;
  /** Whether it is a list that can be moved and searched. */
  readonly isList?: boolean;
}

/** How many endpoints an open card lists, from what is best to what is still something. */
const LISTS = [SERVICE.shown, 4, 2, 1];
const BRIEF = SERVICE.brief + COLUMN.gap;
const LINE = ROW.height + ROW.gap;

/** What is shown within a height: as much as fits of as many as fit. */
function choose(services: readonly ServiceInput[], most: number, from: number | undefined): Choice {
  const all = { shown: services, before: 0, listed: SERVICE.shown };
  const full = services.reduce((sum, each) => sum + cardHeight(each) + COLUMN.gap, 0);
  if (full <= most) return { ...all, focus: "full", others: "full", height: full };
  const focused = focusOf(services);
  const rest = services.length - 1;
  for (const others of ["brief", "row"] as const)
    for (const listed of LISTS) {
      const open = focused === undefined ? 0 : cardHeight(focused, listed) + COLUMN.gap;
      const height = open + (others === "brief" ? rest * BRIEF : rest * LINE + spacesOf(services).size * COLUMN.space);
      if (height <= most && (others === "row" || services.length <= COLUMN.most))
        return { ...all, focus: "full", others, listed, height };
    }
  return chooseSome(services, most, from);
}

/** A part of a long list: as rows, with the one in focus open if there is room for four more beside it. */
function chooseSome(services: readonly ServiceInput[], most: number, from: number | undefined): Choice {
  const focused = focusOf(services);
  const room = most - COLUMN.more - (most < COLUMN.fieldFrom ? COLUMN.more : COLUMN.field);
  const openAt = (listed: number) => (focused === undefined ? 0 : cardHeight(focused, listed) + COLUMN.gap);
  const listed = LISTS.find((each) => openAt(each) + 4 * LINE <= room);
  const closed = BRIEF <= room ? "brief" : "row";
  const first = listed === undefined ? (closed === "brief" ? BRIEF : LINE) : openAt(listed);
  const at = focused === undefined ? 0 : services.indexOf(focused);
  const isSpaced = spacesOf(services).size > 0;
  for (let count = Math.min(services.length, 1 + Math.max(0, Math.floor((room - first) / LINE))); ; count--) {
    const start = Math.max(0, Math.min(from ?? at - Math.floor(count / 2), services.length - count));
    const shown = services.slice(start, start + count);
    const spaces = isSpaced ? new Set(shown.map(spaceOf)).size * COLUMN.space : 0;
    const height = first + Math.max(0, count - 1) * LINE + spaces;
    if (count > 1 && height > room) continue;
    const how = { focus: listed === undefined ? closed : "full", others: "row", listed: listed ?? 1 } as const;
    return { ...how, shown, before: start, height: height + most - room, isList: true };
  }
}

function spaceOf({ key }: ServiceInput): string {
  return key.slice(0, key.indexOf("/"));
}

/** The namespaces of Services, when there are several. */
function spacesOf(services: readonly ServiceInput[]): ReadonlySet<string> {
  const spaces = new Set(services.map(spaceOf));
  return spaces.size > 1 ? spaces : new Set();
}

function focusOf(services: readonly ServiceInput[]): ServiceInput | undefined {
  return services.find((each) => each.focused) ?? services[0];
}

/** Heights of the words above and below the cards. */
interface Ends {
  readonly head: number;
  readonly foot: number;
}

/** The height that a column takes for its cards when it may be `most` high. */
export function columnHeight(services: readonly ServiceInput[], most: number, { head, foot }: Ends): number {
  const focused = focusOf(services);
  const open = focused === undefined ? 0 : cardHeight(focused) + COLUMN.gap;
  const briefs = Math.max(0, Math.min(services.length, COLUMN.most) - 1) * BRIEF;
  return head + foot + Math.min(open + briefs, choose(services, most - head - foot, undefined).height);
}

/** Stacks the cards within `room`; `from` is the first to show when not all can be, and `sought` is in the names of all that are listed. */
export function placeServices(
  services: readonly ServiceInput[],
  room: Box,
  { head, foot, from, sought = "" }: Ends & { readonly from: number | undefined; readonly sought?: string | undefined },
): Stack {
  const inner = room.height - head - foot;
  const found = services.filter(({ key }) => key.includes(sought));
  const choice = sought === "" ? choose(services, inner, from) : chooseSome(found, inner, from);
  const { shown, before, listed, isList = false } = choice;
  const focused = focusOf(found);
  const searched = isList && inner >= COLUMN.fieldFrom;
  const spaces = choice.others === "row" ? spacesOf(services) : new Set();
  const placed = new Map<string, PlacedService>();
  const above = searched ? COLUMN.field : COLUMN.more;
  let y = room.y + head + (isList ? above : choice.others === "full" ? slack(services, inner) : 0);
  let last = "";
  for (const service of shown) {
    const space = spaceOf(service);
    const isNew = space !== last && spaces.has(space);
    last = space;
    if (isNew) y += COLUMN.space;
    const form = service === focused ? choice.focus : choice.others;
    const height = form === "full" ? cardHeight(service, listed) : form === "brief" ? SERVICE.brief : ROW.height;
    const box = { x: room.x + COLUMN.padding, y, width: room.width - 2 * COLUMN.padding, height };
    placed.set(service.key, { ...placeCard(service, box, { form, listed }), ...(isNew ? { space } : {}) });
    y += height + (form === "row" ? ROW.gap : COLUMN.gap);
  }
  const after = found.length - shown.length - before;
  const needed = y - room.y + foot + (isList ? COLUMN.more : 0);
  return { column: { ...room, height: Math.max(room.height, needed) }, placed, before, after, searched };
}

/** Room left above few cards: as if each had all the endpoints it may list, so that a card does not move when one comes or goes. */
function slack(services: readonly ServiceInput[], inner: number): number {
  const tallest = services.map((each) => cardHeight({ ...each, endpoints: new Array<string>(SERVICE.shown).fill("") }));
  const sum = tallest.reduce((total, height) => total + height + COLUMN.gap, 0);
  return Math.max(0, (inner - sum) / 2);
}

function placeCard(service: ServiceInput, box: Box, how: { form: Form; listed: number }): PlacedService {
  const rows = new Map<string, number>();
  const card = { key: service.key, box, ...how, rows };
  if (how.form !== "full") {
    const middle = box.y + box.height / 2;
    for (const address of service.endpoints) rows.set(address, middle);
    return { ...card, enterY: middle };
  }
  const head = box.y + SERVICE.padding + SERVICE.title + SERVICE.address;
  const first = head + service.ports * SERVICE.port + SERVICE.head;
  service.endpoints.forEach((address, at) => {
    rows.set(address, first + (Math.min(at, how.listed) + 0.5) * SERVICE.endpoint);
  });
  return { ...card, enterY: head + SERVICE.port * UNDER };
}
