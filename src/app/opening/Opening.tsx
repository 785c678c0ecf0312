// What stands there until the cluster does: the outline of the picture, in its place and colours.
import "./opening.css";

const NODES = ["node-1", "node-2", "node-3"];

/** The first picture: drawn before the engine is loaded, replaced by the page. */
export function Opening() {
  return (
    <main className="opening" aria-busy="true" aria-label="Podpath is starting its cluster">
      <svg viewBox="0 0 720 520" role="presentation" aria-hidden="true">
        <rect className="opening-client" x="8" y="96" width="100" height="54" rx="8" />
        <rect className="opening-client" x="8" y="336" width="100" height="54" rx="8" />
        <rect className="opening-cluster" x="140" y="8" width="572" height="504" rx="12" />
        {NODES.map((name, at) => (
          <g key={name}>
            <rect className="opening-band" x="150" y={56 + at * 152} width="552" height="140" rx="8" />
            <text className="opening-name" x="164" y={80 + at * 152}>
              {name}
            </text>
          </g>
        ))}
        <rect className="opening-services" x="296" y="46" width="166" height="458" rx="10" />
      </svg>
      <p>Starting the cluster…</p>
    </main>
  );
}
