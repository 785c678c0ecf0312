// The fields behind hops and rules, as the page files them; in the current objects.
import { type Hop, type MatchedRule, type ObjectKey, pathText, type Service } from "../../cluster/index.ts";
import { fieldsOfHop, fieldsOfRule, type Responsible } from "../../diagnosis/index.ts";
import { type FieldAt, objectAt } from "./lit.ts";

type Services = ReadonlyMap<ObjectKey, Service>;

/** The fields that brought about what happened to a packet on a hop, the most telling first. */
export function fieldsBehindHop(hop: Hop, services: Services): readonly FieldAt[] {
  return fieldsOfHop(hop, (key) => services.get(key)).flatMap(filed);
}

/** The fields that made a rule be as it is. */
export function fieldsBehindRule(rule: MatchedRule, services: Services): readonly FieldAt[] {
  return fieldsOfRule(rule, (key) => services.get(key)).flatMap(filed);
}

function filed({ object, path }: Responsible): FieldAt[] {
  const at = objectAt(object.apiVersion, object.kind, object.name, object.namespace);
  return at === undefined ? [] : [{ ...at, path: pathText(path) }];
}
