// What the cases of the Gateway API expect of conditions, listeners and generations.
import { type Fields, fieldsOf, listOf, textOf } from "./json.ts";

/** Compares the status of objects with what is expected of it. */
export class Statuses {
  readonly #objects: readonly Fields[];
  readonly #before: readonly Fields[];
  readonly #controller: string;

  constructor(objects: readonly Fields[], before: readonly Fields[], controller: string) {
    this.#objects = objects;
    this.#before = before;
    this.#controller = controller;
  }

  differences(phase: Fields): string[] {
    const each = (value: unknown, compare: (row: Fields) => string | undefined) =>
      listOf(value).flatMap((row) => compare(fieldsOf(row)) ?? []);
    const changed = listOf(phase.changed);
    return [
      ...each(phase.conditions, (row) => this.#condition(row)),
      ...each(phase.listeners, (row) => this.#listeners(row)),
      ...each([...listOf(phase.observed), ...changed], (row) => this.#observed(row)),
      ...each(changed, (row) => this.#isNewer(row)),
      ...listOf(phase.noAcceptedParents).flatMap((route) => this.#refused(String(route)) ?? []),
      ...listOf(phase.addresses).flatMap((gateway) => this.#addressed(String(gateway)) ?? []),
    ];
  }

  #find({ kind, name, namespace }: Fields, among: readonly Fields[] = this.#objects): Fields {
    const found = among.find((object) => {
      const meta = fieldsOf(object.metadata);
      return object.kind === kind && meta.name === name && (kind === "GatewayClass" || meta.namespace === namespace);
    });
    if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
    return found;
  }

  #condition(want: Fields): string | undefined {
    const object = this.#find(want);
    const isRoute = want.kind === "HTTPRoute";
    const groups = isRoute ? this.#parents(object, String(want.parent)) : groupsOf(object, textOf(want.listener));
    const holds = (conditions: readonly Fields[]) =>
      conditions.some(
        ({ type, status, reason }) =>
          type === want.type && status === want.status && (want.reason === undefined || reason === want.reason),
      );
    const isMet = groups.length > 0 && (isRoute ? groups.some(holds) : groups.every(holds));
    const dated = isRoute ? groups.flat() : conditionsOf(object.status);
    if (isMet && isCurrent(object, dated)) return undefined;
    const is = groups.map((conditions) => conditions.filter(({ type }) => type === want.type));
    return `${JSON.stringify(want)} does not hold, there is ${JSON.stringify(is)}`;
  }

  /** The conditions under a route's parent: NAMESPACE/NAME or NAMESPACE/NAME#LISTENER. */
  #parents(object: Fields, parent: string): Fields[][] {
    const [gateway = "", section] = parent.split("#");
    const own = fieldsOf(object.metadata).namespace;
    return listOf(fieldsOf(object.status ?? {}).parents)
      .map(fieldsOf)
      .filter(({ controllerName, parentRef }) => {
        const ref = fieldsOf(parentRef);
        const isIt = `${ref.namespace ?? own}/${ref.name}` === gateway;
        return controllerName === this.#controller && isIt && (section === undefined || ref.sectionName === section);
      })
      .map(conditionsOf);
  }

  #listeners({ gateway, namespace, listeners }: Fields): string | undefined {
    const object = this.#find({ kind: "Gateway", name: gateway, namespace });
    const is = listOf(fieldsOf(object.status ?? {}).listeners).map(fieldsOf);
    const wanted = listOf(listeners).map(fieldsOf);
    const fits = (want: Fields) => {
      const got = is.find(({ name }) => name === want.name);
      const kinds = listOf(got?.supportedKinds).map((each) => fieldsOf(each).kind);
      const asked = want.supportedKinds === undefined ? undefined : listOf(want.supportedKinds);
      const rightKinds =
        asked === undefined || (asked.length === 0 ? kinds.length === 0 : asked.every((kind) => kinds.includes(kind)));
      return got !== undefined && got.attachedRoutes === want.attachedRoutes && rightKinds;
    };
    if (is.length === wanted.length && wanted.every(fits)) return undefined;
    return `listeners of ${gateway} must be ${JSON.stringify(wanted)}, are ${JSON.stringify(is)}`;
  }

  #observed(row: Fields): string | undefined {
    const object = this.#find(row);
    const parents = listOf(fieldsOf(object.status ?? {}).parents).map(fieldsOf);
    const conditions = row.kind === "HTTPRoute" ? parents.flatMap(conditionsOf) : conditionsOf(object.status);
    if (conditions.length > 0 && isCurrent(object, conditions)) return undefined;
    return `${row.kind} ${row.name} must have conditions of its last generation`;
  }

  #isNewer(row: Fields): string | undefined {
    const generation = (object: Fields) => fieldsOf(object.metadata).generation;
    const isNewer = generation(this.#find(row)) !== generation(this.#find(row, this.#before));
    return isNewer ? undefined : `${row.kind} ${row.name} must have another generation than before`;
  }

  #refused(route: string): string | undefined {
    const [namespace, name] = route.split("/");
    const object = this.#find({ kind: "HTTPRoute", name, namespace });
    const parents = listOf(fieldsOf(object.status ?? {}).parents).map(fieldsOf);
    const accepted = parents.flatMap(conditionsOf).some(({ type, status }) => type === "Accepted" && status === "True");
    return parents.length <= 1 && !accepted ? undefined : `${route} must be accepted by nobody`;
  }

  #addressed(gateway: string): string | undefined {
    const [namespace, name] = gateway.split("/");
    const object = this.#find({ kind: "Gateway", name, namespace });
    const addresses = listOf(fieldsOf(object.status ?? {}).addresses).map(fieldsOf);
    return addresses.some(({ type, value }) => type && value) ? undefined : `${gateway} must have an address`;
  }
}

function conditionsOf(status: unknown): Fields[] {
  return listOf(fieldsOf(status ?? {}).conditions).map(fieldsOf);
}

function groupsOf({ spec, status }: Fields, listener: string | undefined): Fields[][] {
  if (listener === undefined) return [conditionsOf(status)];
  const all = listOf(fieldsOf(spec).listeners).map((each) => fieldsOf(each).name);
  const names = listener === "*" ? all : [listener];
  const statuses = listOf(fieldsOf(status ?? {}).listeners).map(fieldsOf);
  return names.map((name) => conditionsOf(statuses.find((each) => each.name === name)));
}

function isCurrent({ metadata }: Fields, conditions: readonly Fields[]): boolean {
  const { generation } = fieldsOf(metadata);
  return conditions.every(({ observedGeneration }) => observedGeneration === generation);
}
