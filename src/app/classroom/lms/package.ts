// A package for learning platforms: the manifest that they read, and a small page that shows the lesson in a frame.
import type { LessonHead } from "../../../lessons/index.ts";
import { W } from "../../../words/en/classroom.ts";
import { language } from "../../../words/index.ts";
import launcher from "./launcher.js?raw";
import { type ZipEntry, zipOf } from "./zip.ts";

export const SCORM_VERSIONS = ["1.2", "2004"] as const;
export type ScormVersion = (typeof SCORM_VERSIONS)[number];

/** What goes into a package. */
export interface Package {
  readonly title: string;
  readonly lessons: readonly LessonHead[];
  readonly version: ScormVersion;
  /** The address of the playground, without query. */
  readonly site: string;
}

/** A package as a zip file. Spec: [LMS-3]. */
export function packageOf(wanted: Package): Uint8Array<ArrayBuffer> {
  return zipOf(filesOf(wanted));
}

export function filesOf(wanted: Package): readonly ZipEntry[] {
  return [
    { name: "imsmanifest.xml", text: manifestOf(wanted) },
    { name: "index.html", text: pageOf(wanted) },
    { name: "launch.js", text: launcher },
  ];
}

const SCHEMAS = {
  "1.2": {
    names:
      'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    version: "1.2",
    type: "scormtype",
  },
  "2004": {
    names: 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"',
    version: "2004 4th Edition",
    type: "scormType",
  },
} as const;

function manifestOf({ title, lessons, version }: Package): string {
  const schema = SCHEMAS[version];
  const items = lessons.map(
    ({ id, title: name }) =>
      `      <item identifier="item-${id}" identifierref="launcher" isvisible="true" parameters="?lesson=${id}">\n        <title>${escaped(name)}</title>\n      </item>`,
  );
  const first = lessons[0]?.id ?? "lesson";
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="podpath-${lessons.length === 1 ? first : "course"}" version="1" ${schema.names}>
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>${schema.version}</schemaversion>
  </metadata>
  <organizations default="podpath">
    <organization identifier="podpath">
      <title>${escaped(title)}</title>
${items.join("\n")}
    </organization>
  </organizations>
  <resources>
    <resource identifier="launcher" type="webcontent" adlcp:${schema.type}="sco" href="index.html">
      <file href="index.html"/>
      <file href="launch.js"/>
    </resource>
  </resources>
</manifest>
`;
}

function pageOf({ title, lessons, version, site }: Package): string {
  return `<!doctype html>
<html lang="${language().tag}" data-site="${escaped(site)}" data-scorm="${version}" data-lesson="${lessons[0]?.id ?? ""}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)}</title>
    <style>
      html, body { height: 100%; margin: 0; }
      body { display: flex; flex-direction: column; font: 15px/1.5 sans-serif; }
      iframe { flex: 1; min-height: 480px; border: 0; }
      #note { margin: 0; padding: 8px 12px; background: #fff4dc; color: #33260b; }
    </style>
  </head>
  <body>
    <p id="note" role="status" hidden></p>
    <iframe id="lesson" title="${escaped(title)}" allow="clipboard-write"></iframe>
    <noscript>${escaped(W.needsScript)}</noscript>
    <script src="launch.js"></script>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
