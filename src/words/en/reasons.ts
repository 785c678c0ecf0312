// How those who explain reasons of the part "network" recognize them.
import { spoken } from "../language.ts";

export const EN = {
  noMachine: /no machine has the address|nothing out there answers/,
  unhealthy: /no node passes the load balancer/,
  noRoute: /no route/,
  broken: /is broken|loses/,
  noAnswer: /gave no answer/,
  gone: /was gone|ended before/,
};

export const W = spoken("reasons", EN);
