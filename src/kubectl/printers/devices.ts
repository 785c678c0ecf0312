// The tables of claims for devices, and of the devices of nodes.
import type { DeviceResourceClaim, ResourceSlice } from "../../cluster/index.ts";
import { ageOf } from "../duration.ts";
import { printer } from "./printer.ts";

// Models kubernetes/pkg/printers/internalversion printResourceClaim
export const resourceClaimPrinter = printer<DeviceResourceClaim>(
  ["NAME", "STATE", "AGE"],
  ({ metadata, status }, { now }) => {
    const isDeleted = metadata.deletionTimestamp !== undefined;
    const states = isDeleted ? ["deleted"] : [];
    if (status?.allocation !== undefined) states.push("allocated");
    else if (!isDeleted) states.push("pending");
    if (status?.allocation !== undefined && (status.reservedFor ?? []).length > 0) states.push("reserved");
    return [metadata.name, states.join(","), ageOf(metadata.creationTimestamp, now)];
  },
);

// Models kubernetes/pkg/printers/internalversion printResourceSlice
export const resourceSlicePrinter = printer<ResourceSlice>(
  ["NAME", "NODE", "DRIVER", "POOL", "AGE"],
  ({ metadata, spec }, { now }) => [
    metadata.name,
    spec.nodeName,
    spec.driver,
    spec.pool.name,
    ageOf(metadata.creationTimestamp, now),
  ],
);
