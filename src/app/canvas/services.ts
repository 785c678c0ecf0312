// The column of Services: full cards while they fit, then one in focus and the rest in brief, then a stack with the rest counted.
import { type Box, COLUMN, SERVICE } from "./metrics.ts";

/** What a Service's card has to hold. */
export interface ServiceInput {
  readonly key: string;
  readonly ports: number;
  /** Addresses of its endpoints, in the order in which they are listed. */
  readonly endpoints: readonly string[];
  /** Its card is the one that opens when not all can. */
  readonly focused: boolean;
}

/** A Service's card where it stands; heights of rows are in flow coordinates. */
export interface PlacedService {
  readonly key: string;
  readonly box: Box;
  readonly full: boolean;
  /** Where a packet enters the card. */
  readonly enterY: number;
  /** Where the road to an endpoint leaves the card, by address. */
  readonly rows: ReadonlyMap<string, number>;
}

export interface Stack {
  readonly column: Box;
  readonly placed: ReadonlyMap<string, PlacedService>;
  readonly hidden: number;
}

/** Height of an open card. */
export function cardHeight(service: Pick<ServiceInput, "ports" | "endpoints">): number {
  const rows =
    Math.max(1, Math.min(service.endpoints.length, SERVICE.shown)) + (service.endpoints.length > SERVICE.shown ? 1 : 0);
  return (
    2 * SERVICE.padding +
    SERVICE.title +
    SERVICE.address +
    service.ports * SERVICE.port +
    SERVICE.head +
    rows * SERVICE.endpoint
  );
}

/** The height a column needs to show its cards, one of them open. */
export function columnHeight(services: readonly ServiceInput[]): number {
  const shown = services.slice(0, COLUMN.most);
  const open = Math.max(0, ...shown.map(cardHeight));
  const brief = Math.max(0, shown.length - 1) * (SERVICE.brief + COLUMN.gap);
  return COLUMN.head + open + brief + COLUMN.gap + COLUMN.foot + (services.length > shown.length ? 24 : 0);
}

/** Stacks the cards within `room`; the column grows downwards when even brief cards do not fit. */
export function placeServices(services: readonly ServiceInput[], room: Box): Stack {
  const inner = room.height - COLUMN.head - COLUMN.foot;
  const allFull = services.reduce((sum, each) => sum + cardHeight(each) + COLUMN.gap, 0) <= inner;
  const focus = services.find((each) => each.focused) ?? services[0];
  const shown = windowAround(services, focus);
  const placed = new Map<string, PlacedService>();
  let y = room.y + COLUMN.head + (allFull ? slack(services, inner) : 0);
  for (const service of shown) {
    const full = allFull || service === focus;
    const height = full ? cardHeight(service) : SERVICE.brief;
    const box = { x: room.x + COLUMN.padding, y, width: room.width - 2 * COLUMN.padding, height };
    placed.set(service.key, placeCard(service, box, full));
    y += height + COLUMN.gap;
  }
  const hidden = services.length - shown.length;
  const needed = y - room.y + COLUMN.foot + (hidden > 0 ? 24 : 0);
  return { column: { ...room, height: Math.max(room.height, needed) }, placed, hidden };
}

/** Room left above few cards: as if each had all the endpoints it may list, so that a card does not move when one comes or goes. */
function slack(services: readonly ServiceInput[], inner: number): number {
  const tallest = services.map((each) => cardHeight({ ...each, endpoints: new Array<string>(SERVICE.shown).fill("") }));
  const sum = tallest.reduce((total, height) => total + height + COLUMN.gap, 0);
  return Math.max(0, (inner - sum) / 2);
}

function windowAround(services: readonly ServiceInput[], focus: ServiceInput | undefined): readonly ServiceInput[] {
  if (services.length <= COLUMN.most) return services;
  const at = focus === undefined ? 0 : services.indexOf(focus);
  const start = Math.max(0, Math.min(at - COLUMN.most / 2, services.length - COLUMN.most));
  return services.slice(start, start + COLUMN.most);
}

function placeCard(service: ServiceInput, box: Box, full: boolean): PlacedService {
  const rows = new Map<string, number>();
  if (!full) {
    const middle = box.y + box.height / 2;
    for (const address of service.endpoints) rows.set(address, middle);
    return { key: service.key, box, full, enterY: middle, rows };
  }
  const enterY = box.y + SERVICE.padding + SERVICE.title + SERVICE.address + SERVICE.port / 2;
  const first = box.y + SERVICE.padding + SERVICE.title + SERVICE.address + service.ports * SERVICE.port + SERVICE.head;
  service.endpoints.forEach((address, at) => {
    rows.set(address, first + (Math.min(at, SERVICE.shown) + 0.5) * SERVICE.endpoint);
  });
  return { key: service.key, box, full, enterY, rows };
}
