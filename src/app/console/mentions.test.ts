// Names of objects in output, and what only looks like one.
import { expect, it } from "vitest";
import { makeKey } from "../../cluster/index.ts";
import { mentionsIn, namesOf } from "./mentions.ts";

const pod = makeKey("default", "web-6c4f-x2k9q");
const web = makeKey("default", "web");
const names = namesOf(
  new Map([
    ["pods", new Map([[pod, {}]])],
    ["services", new Map([[web, {}]])],
    ["deployments.apps", new Map([[web, {}]])],
  ]),
);

it("[CONSOLE-9] a name in a table is the object", () => {
  expect(mentionsIn("web-6c4f-x2k9q   1/1     Running", names)).toEqual([
    { text: "web-6c4f-x2k9q", object: { resource: "pods", key: pod } },
    { text: "   1/1     Running" },
  ]);
});

it("[CONSOLE-10] kind/name is the object of that kind", () => {
  expect(mentionsIn("deployment.apps/web created", names)[0]).toEqual({
    text: "deployment.apps/web",
    object: { resource: "deployments.apps", key: web },
  });
  expect(mentionsIn('service "web" deleted', names).map((each) => each.object?.resource)).toEqual([
    undefined,
    "services",
    undefined,
  ]);
});

it("[CONSOLE-11] parts of words are not names, and nothing is lost", () => {
  const line = "webapp my-web web.default <b>web</b>";
  const found = mentionsIn(line, names);
  expect(found.filter((each) => each.object !== undefined)).toHaveLength(1);
  expect(found.map((each) => each.text).join("")).toBe(line);
});
