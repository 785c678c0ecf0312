// What is wrong with a scenario from a link or a file, behind the path of the field.
import { spoken } from "../language.ts";

export const EN = {
  version: (got: string) => `this link is from a version of Podpath that this one doesn't know (${got})`,
  list: (at: string) => `${at}: expected a list`,
  charactersInAll: (at: string, most: number) => `${at}: at most ${most} characters in all`,
  actions: (at: string, most: number, got: number) => `${at}: at most ${most} actions, got ${got}`,
  noAction: (at: string, got: string) => `${at}: not an action: ${got}`,
  noWorkload: (at: string, got: string) => `${at}: not a workload: ${got}`,
  noFault: (at: string, got: string) => `${at}: not a fault: ${got}`,
  oneOf: (at: string, names: readonly [string, string, string], got: string) =>
    `${at}: expected ${names[0]}, ${names[1]} or ${names[2]}, got ${got}`,
  ofNode: (at: string, field: string, got: string) => `${at}: expected a node's ${field}, got ${got}`,
  oneNode: (at: string) => `${at}: at least one node is required`,
  twoNodes: (at: string, name: string) => `${at}: there are two nodes ${name}`,
  clientName: (at: string, name: string) => `${at}: ${name} is the name of a client outside the cluster`,
  object: (at: string, got: string) => `${at}: expected an object, got ${got}`,
  most: (at: string, most: number, got: number) => `${at}: at most ${most}, got ${got}`,
  text: (at: string, got: string) => `${at}: expected text, got ${got}`,
  characters: (at: string, most: number, got: number) => `${at}: at most ${most} characters, got ${got}`,
  number: (at: string, from: number, to: number, got: string) =>
    `${at}: expected a number from ${from} to ${to}, got ${got}`,
  boolean: (at: string, got: string) => `${at}: expected true or false, got ${got}`,
  twice: (resource: string, name: string) =>
    `${resource} "${name}" appears twice in this text; the first one was applied`,
  internal: (why: string) => `internal error: ${why}`,
};

export const W = spoken("scenario", EN);
