// What is to be noted about an object before anything else: what it misses, and what has no effect here.
import type { KubeObject } from "../../cluster/index.ts";
import type { ObjectAt } from "../store/lit.ts";
import { Missing } from "./Missing.tsx";
import { WithoutEffect } from "./WithoutEffect.tsx";

export function Notes({ object, at }: { readonly object: KubeObject; readonly at: ObjectAt | undefined }) {
  return (
    <>
      {at !== undefined && <Missing resource={at.resource} objectKey={at.key} />}
      <WithoutEffect object={object} />
    </>
  );
}
