// Questions to the API server about identity and permissions: answered, never stored.
import type { KubeObject } from "../../api/objects.ts";

/** Who asks: the learner, as the kubeconfig has it. */
const USER_INFO = { groups: ["system:masters", "system:authenticated"], username: "learner" };
const NO_RBAC = "RBAC is not simulated here: everybody may do everything";

/** The answers by kind. */
const STATUS: ReadonlyMap<string, object> = new Map([
  ["SelfSubjectReview", { userInfo: USER_INFO }],
  ["TokenReview", { error: "tokens are not simulated here", user: {} }],
  ["LocalSubjectAccessReview", { allowed: true, reason: NO_RBAC }],
  ["SelfSubjectAccessReview", { allowed: true }],
  ["SubjectAccessReview", { allowed: true, reason: NO_RBAC }],
  [
    "SelfSubjectRulesReview",
    {
      incomplete: false,
      nonResourceRules: [{ nonResourceURLs: ["*"], verbs: ["*"] }],
      resourceRules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    },
  ],
]);

/** The question with its answer. */
// Models kubernetes/pkg/registry/authentication and pkg/registry/authorization
// Unlike upstream: everyone may do everything, because no user but one is simulated.
export function answered(question: KubeObject, creationTimestamp: string): KubeObject {
  const metadata = question.kind === "SelfSubjectReview" ? { creationTimestamp } : question.metadata;
  const answer = { ...question, metadata, status: STATUS.get(question.kind) ?? {} };
  return answer;
}
