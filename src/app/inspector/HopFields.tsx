// The fields that are responsible for a hop, each a way to its line in the editor.
import { own, splitKey } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import type { FieldAt } from "../store/lit.ts";
import { usePlayground } from "../store/react.ts";

export function HopFields({ fields }: { fields: readonly FieldAt[] }) {
  const playground = usePlayground();
  if (fields.length === 0) return null;
  return (
    <div className="hop-fields">
      <span className="quiet">{W.because}</span>
      <ul>
        {fields.map((field) => (
          <li key={`${field.key} ${field.path}`}>
            <button
              type="button"
              className="field-link mono"
              data-role={roleOf(field.path)}
              title={W.showField(field.path, splitKey(field.key).name)}
              onClick={() => playground.reveal(field)}
              onPointerEnter={() => playground.point({ by: "inspector", objects: [field], fields: [field] })}
              onFocus={() => playground.point({ by: "inspector", objects: [field], fields: [field] })}
            >
              {field.path}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const ROLES: Readonly<Record<string, string>> = { nodePort: "node-port", port: "port", targetPort: "target-port" };

/** The colour that a port has from the text to the picture. */
function roleOf(path: string): string | undefined {
  return own(ROLES, path.slice(path.lastIndexOf(".") + 1));
}
