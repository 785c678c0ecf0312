// Breaking something and undoing it, briefly: a log names a fault by its id.

interface Words {
  /** What was done when the fault was made. */
  readonly made: string;
  /** What was done when it was undone. */
  readonly undone: string;
}

/** The words for the id of a fault, as `faultId` gives it; for an unknown id, the id itself. */
export function faultWords(id: string): Words {
  const [subject = "", ...more] = id.split(" ");
  const [kind = "", ...path] = subject.split("/");
  const name = path.at(-1) ?? "";
  const option = more.at(-1);
  if (option?.startsWith("--") === true) return programWords(option, kind, name);
  const both = more.join(" and ");
  switch (kind) {
    case "node":
      return words("Cut the power of", "Restore the power of", name);
    case "kubelet":
    case "kube-proxy":
      return words("Stop the", "Start the", `${kind} of ${name}`);
    case "cordon":
      return words("Cordon", "Uncordon", name);
    case "route":
      return words("Cut", "Restore", `the route from ${both} to the nodes`);
    case "link":
      return words("Disturb", "Restore", `the link between ${both}`);
    case "network":
      return words("Break", "Restore", `the pod network between ${both}`);
    case "coredns":
      return words("Stop", "Start", "CoreDNS");
    case "firewall":
      return words("Add", "Remove", "the firewall in front of the nodes");
    default:
      return words("Break", "Restore", id);
  }
}

function programWords(option: string, kind: string, name: string): Words {
  const of = `${kind} ${name}`;
  switch (option) {
    case "--readiness":
      return { made: `Override the readiness of ${of}`, undone: `Return the readiness of ${of} to its probes` };
    case "--listen":
      return { made: `Change the port that ${of} listens on`, undone: `Restore the port that ${of} listens on` };
    case "--slow-start":
      return words("Slow down", "Restore", `the start of ${of}`);
    default:
      return words("Slow down", "Restore", `the shutdown of ${of}`);
  }
}

function words(made: string, undone: string, what: string): Words {
  return { made: `${made} ${what}`, undone: `${undone} ${what}` };
}
