// What a learner may rely on, and what not: README's table in short.
import { W } from "../../words/en/simulated.ts";

interface Group {
  readonly title: string;
  readonly says: readonly string[];
}

export const SIMULATED: readonly Group[] = [
  {
    title: W.real,
    says: [W.services, W.packets, W.policies, W.pods, W.dns, W.api],
  },
  {
    title: W.optional,
    says: [W.balancers, W.ingress, W.metrics],
  },
  {
    title: W.simpler,
    says: [W.onePacket, W.oneNetwork, W.virtual],
  },
  {
    title: W.not,
    says: [W.ipv6, W.limits, W.programs],
  },
];
