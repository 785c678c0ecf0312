// What well-known images do here. Everything else listens on its container ports and greets.
import { repositoryOf } from "../../cluster/index.ts";
import { IMAGE_ROWS, type ImageRow } from "./data.ts";

/** One known image. */
export interface KnownImage extends ImageRow {
  /** The variable from which it takes its port instead of PORT. */
  readonly portVariable?: string;
}

const PORT_VARIABLES = new Map([["redislabs/redisinsight", "REDISINSIGHT_PORT"]]);

const BY_NAME: ReadonlyMap<string, KnownImage> = new Map(
  IMAGE_ROWS.map((row) => {
    const portVariable = PORT_VARIABLES.get(row.name);
    return [row.name, portVariable === undefined ? row : { ...row, portVariable }];
  }),
);

/** The variable from which the program of an image takes its port. Spec: [IMG-4]. */
export function portVariable(reference: string | undefined): string {
  return knownImage(reference)?.portVariable ?? "PORT";
}

/** Whether an image runs a server without a command; so does any unknown one. */
export function servesByItself(reference: string | undefined): boolean {
  return !["nothing", "silent", "ends"].includes(knownImage(reference)?.answers ?? "");
}

/** The known image behind a reference such as `docker.io/library/nginx:1.29@sha256:…`; undefined for any other. */
export function knownImage(reference: string | undefined): KnownImage | undefined {
  const name = repositoryOf(reference);
  const image = BY_NAME.get(name) ?? BY_NAME.get(name.replace(/^(?:bitnami|bitnamilegacy)\//, ""));
  const isFpm = image?.programs.includes("php") === true && /:[^:/@]*\bfpm\b/.test(reference ?? "");
  return isFpm ? { ...image, ports: ["9000"], answers: "greeting" } : image; // github.com/docker-library/php, the tags with fpm
}
