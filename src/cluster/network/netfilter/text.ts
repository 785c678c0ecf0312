// One rule as iptables-save prints it.
import type { Chain, Rule, Target } from "./rule.ts";

/** The mark that asks for masquerading, as kube-proxy's default masqueradeBit 14 gives it. */
export const MASQUERADE_MARK = "0x4000";

/** `-A CHAIN …`. */
export function ruleText(chain: string, rule: Rule): string {
  const parts = [`-A ${chain}`];
  if (rule.comment !== undefined) parts.push(`-m comment --comment ${quote(rule.comment)}`);
  if (rule.states !== undefined) parts.push(`-m conntrack --ctstate ${rule.states.join(",")}`);
  if (rule.marked !== undefined)
    parts.push(`-m mark ${rule.marked ? "" : "! "}--mark ${MASQUERADE_MARK}/${MASQUERADE_MARK}`);
  if (rule.recentCheck !== undefined)
    parts.push(`-m recent --name ${rule.recentCheck.name} --rcheck --seconds ${rule.recentCheck.seconds} --reap`);
  if (rule.recentSet !== undefined) parts.push(`-m recent --name ${rule.recentSet} --set`);
  if (rule.sourceLocal === true) parts.push("-m addrtype --src-type LOCAL");
  if (rule.destinationLocal === true) parts.push("-m addrtype --dst-type LOCAL");
  if (rule.protocol !== undefined) parts.push(`-m ${rule.protocol.toLowerCase()} -p ${rule.protocol.toLowerCase()}`);
  if (rule.destination !== undefined) parts.push(`-d ${rule.destination}`);
  if (rule.notDestination !== undefined) parts.push(`! -d ${rule.notDestination.text}`);
  if (rule.destinationPort !== undefined) parts.push(`--dport ${rule.destinationPort}`);
  if (rule.source !== undefined) parts.push(`-s ${rule.source.text.replace(/\/32$/, "")}`);
  if (rule.notSource !== undefined) parts.push(`! -s ${rule.notSource.text}`);
  if (rule.probability !== undefined)
    parts.push(`-m statistic --mode random --probability ${rule.probability.toFixed(10)}`);
  const target = rule.target === undefined ? undefined : targetText(rule.target);
  if (target !== undefined) parts.push(target);
  return parts.join(" ");
}

function targetText(target: Target): string {
  switch (target.kind) {
    case "jump":
      return `-j ${target.chain.name}`;
    case "accept":
    case "drop":
    case "reject":
    case "return":
      return `-j ${target.kind.toUpperCase()}`;
    case "mark-masquerade":
      return `-j MARK --or-mark ${MASQUERADE_MARK}`;
    case "unmark-masquerade":
      return `-j MARK --xor-mark ${MASQUERADE_MARK}`;
    case "masquerade":
      return "-j MASQUERADE --random-fully";
    case "dnat":
      return `-j DNAT --to-destination ${target.text}`;
  }
}

/** iptables-save quotes a comment that is more than one word. */
function quote(text: string): string {
  return /^[A-Za-z0-9_\-/.:]+$/.test(text) ? text : `"${text}"`;
}

/** The lines of one chain. */
export function chainLines(chain: Chain): string[] {
  return chain.rules().map((rule) => ruleText(chain.name, rule));
}
