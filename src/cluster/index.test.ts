// The engine's door: what other rooms may build on, name by name.
import { expect, test } from "vitest";
import * as door from "./index.ts";

test("the door of the engine hands out these names and no others", () => {
  expect(Object.keys(door).sort()).toMatchInlineSnapshot(`
    [
      "Cluster",
      "PatchError",
      "RECORDED_SETTINGS",
      "RESOURCES",
      "SHELL_SETTINGS",
      "StatusError",
      "applyPatch",
      "compareText",
      "controllerQueue",
      "createCluster",
      "createThreeWayMergePatch",
      "decodeStrict",
      "deepCopy",
      "deepEqual",
      "deepFreeze",
      "describeFault",
      "describeHop",
      "describeOutcome",
      "faultId",
      "fieldErrorText",
      "formatQuantity",
      "formatRoute",
      "forwardKey",
      "groupVersion",
      "hasAll",
      "hostOf",
      "isNodeReady",
      "isPodReady",
      "keyOf",
      "makeKey",
      "matches",
      "metadataError",
      "parseQuantity",
      "parseTime",
      "resourceForKind",
      "resourceInfo",
      "resourceName",
      "selectorFromMap",
      "splitKey",
      "statusError",
      "structNamed",
      "structOfKind",
      "writeStatus",
    ]
  `);
});
