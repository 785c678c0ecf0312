// Makes a package for a learning platform.
import { Package } from "lucide-react";
import { useState } from "react";
import { LESSONS } from "../../lessons/index.ts";
import { W } from "../../words/en/classroom.ts";
import { useApp } from "../store/react.ts";
import { download } from "../ui/download.ts";
import { pageAddress } from "../ui/link.ts";
import { packageOf, SCORM_VERSIONS, type ScormVersion } from "./lms/package.ts";

/** Addresses that other computers do not reach. */
const OWN = /^(?:file:|https?:\/\/(?:localhost|127\.|\[::1\]))/;

const ALL = "course";

export function LmsForm() {
  const open = useApp((state) => state.lesson?.course.lesson.id);
  const [what, setWhat] = useState(open ?? ALL);
  const [version, setVersion] = useState<ScormVersion>("1.2");
  const site = pageAddress();
  const make = () => {
    const one = LESSONS.find(({ id }) => id === what);
    const lessons = one === undefined ? LESSONS.filter(({ course }) => course === "course") : [one];
    const title = one?.title ?? W.packageTitle;
    const name = `podpath-${one?.id ?? ALL}-scorm-${version}.zip`;
    download(name, "application/zip", packageOf({ title, lessons, version, site }));
  };
  return (
    <section aria-label={W.package}>
      <h3>{W.package}</h3>
      <p className="quiet">{W.packageAbout(site)}</p>
      <div className="form-grid">
        <label className="field">
          {W.contents}
          <select value={what} onChange={({ target }) => setWhat(target.value)}>
            <option value={ALL}>{W.whole}</option>
            {LESSONS.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          SCORM
          <select
            value={version}
            onChange={({ target }) => setVersion(SCORM_VERSIONS.find((each) => each === target.value) ?? "1.2")}
          >
            {SCORM_VERSIONS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </div>
      {OWN.test(site) && <p className="warning">{W.local}</p>}
      <div className="dialog-row">
        <button type="button" className="button" onClick={make}>
          <Package size={14} aria-hidden="true" />
          {W.downloadPackage}
        </button>
      </div>
    </section>
  );
}
