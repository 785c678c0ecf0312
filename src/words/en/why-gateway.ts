// Why an Ingress or a Gateway does not lead to a Service.
import { spoken } from "../language.ts";

export const EN = {
  retired: (name: string) => `Ingress ${name} is served by a controller that was retired`,
  retiredLong: (name: string, routes: string | number) =>
    `Ingress ${name} has class nginx. ingress-nginx was retired in March 2026: there are no more releases, not even for security. The Ingress API stays, but new features go into the Gateway API. As a Gateway, these rules are one Gateway and ${routes} to the same Services; both can be there at the same time, each with its own address.`,
  nginxClass: "the class nginx",
  install: "Install the Gateway API, which then offers the Gateway",
  without: (names: string) => ` (without ${names})`,
  addTwin: (also: string) => `Add the same rules as a Gateway${also}`,
  hasFalse: (kind: string, name: string, type: string, reason: string | undefined) =>
    `${kind} ${name} has ${type} False: ${reason}`,
  controllerSays: (kind: string, name: string, message: string | undefined) =>
    `The controller looked at ${kind} ${name} and says: ${message}.`,
  conditionWith: (type: string, reason: string | undefined) => `condition ${type} with reason ${reason}`,
  noRoute: (what: string) => `No route has a rule for ${what}`,
  noRouteLong: (what: string, rules: string | undefined) =>
    `A Gateway chooses the listener by the Host header, then the route that matches host and path best. ${what} matches none, so its pod answers 404 itself, and no Service is involved. There are rules for ${rules ?? "nothing"}.`,
  sendHost: (host: string) => `Send Host: ${host} instead`,
  answered: (status: number) => `The Gateway itself answered ${status}`,
  rulesAndConditions: "its rules and conditions",
};

export const W = spoken("why-gateway", EN);
