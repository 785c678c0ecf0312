// LimitRanges on their way into the store.
import type { LimitRange, LimitRangeItem } from "../../cluster/api/types.gen.ts";
import { duplicate, type FieldErrors, forbidden, invalid, required } from "../../cluster/apimachinery/field.ts";
import { dns1123Subdomain } from "../../cluster/apimachinery/names.ts";
import type { Strategy } from "../../cluster/apiserver/strategy/strategy.ts";
import { compareText } from "../../cluster/sim/text.ts";
import { own } from "../../cluster/sim/values.ts";
import { nanosOf } from "../pod/api-container-validation.ts";

const TYPES = ["Container", "PersistentVolumeClaim", "Pod"];

/** LimitRanges; what is left out of the defaults of containers is as the bounds are. */
export const limits: Strategy<LimitRange> = {
  checkName: dns1123Subdomain,
  setDefaults({ spec }) {
    for (const item of spec?.limits ?? []) if (item.type === "Container") completeItem(item);
  },
  validate: validateRange,
  validateUpdate: validateRange,
};

// Models kubernetes/pkg/apis/core/v1 SetDefaults_LimitRangeItem
function completeItem(item: LimitRangeItem): void {
  const limit = { ...item.max, ...item.default };
  const request = { ...item.min, ...limit, ...item.defaultRequest };
  if (Object.keys(limit).length > 0) item.default = limit;
  if (Object.keys(request).length > 0) item.defaultRequest = request;
}

// Models kubernetes/pkg/apis/core/validation ValidateLimitRange
function validateRange({ spec }: LimitRange): FieldErrors {
  const errors: FieldErrors = [];
  const types = new Set<string>();
  for (const [index, item] of (spec?.limits ?? []).entries()) {
    const at = `spec.limits[${index}]`;
    if (!TYPES.includes(item.type) && !item.type.includes("/"))
      errors.push(invalid(`${at}.type`, item.type, "must be a standard limit type or fully qualified"));
    if (types.has(item.type)) errors.push(duplicate(`${at}.type`, item.type));
    types.add(item.type);
    if (item.type === "Pod")
      for (const name of ["default", "defaultRequest"] as const)
        if (Object.keys(item[name] ?? {}).length > 0)
          errors.push(forbidden(`${at}.${name}`, "may not be specified when `type` is 'Pod'"));
    if (item.type === "PersistentVolumeClaim" && (item.min?.storage ?? item.max?.storage) === undefined)
      errors.push(
        required(`${at}.limits`, "either minimum or maximum storage value is required, but neither was provided"),
      );
    errors.push(...validateOrder(item, at));
  }
  return errors;
}

/** Each bound and default must be on the right side of the others. */
function validateOrder(item: LimitRangeItem, at: string): FieldErrors {
  const errors: FieldErrors = [];
  const { min, max, default: limit, defaultRequest: request, maxLimitRequestRatio: ratio } = item;
  const check = (low: Bound, high: Bound, field: string, shown: "low" | "high") => {
    for (const name of Object.keys(low.list ?? {}).sort(compareText)) {
      const [from, to] = [own(low.list, name) ?? "", own(high.list, name)];
      if (to === undefined || nanosOf(from) <= nanosOf(to)) continue;
      const why = `${low.name} value ${from} is greater than ${high.name} value ${to}`;
      errors.push(invalid(`${at}.${field}[${name}]`, shown === "low" ? from : to, why));
    }
  };
  const asked = { list: request, name: "default request" };
  check({ list: min, name: "min" }, { list: max, name: "max" }, "min", "low");
  check({ list: min, name: "min" }, asked, "defaultRequest", "high");
  check(asked, { list: max, name: "max" }, "defaultRequest", "low");
  check(asked, { list: limit, name: "default limit" }, "defaultRequest", "low");
  check({ list: min, name: "min" }, { list: limit, name: "default" }, "default", "low");
  check({ list: limit, name: "default" }, { list: max, name: "max" }, "default", "high");
  for (const [name, most] of Object.entries(ratio ?? {}))
    if (nanosOf(most) < 1_000_000_000n)
      errors.push(invalid(`${at}.maxLimitRequestRatio[${name}]`, most, `ratio ${most} is less than 1`));
  return errors;
}

interface Bound {
  readonly list: Readonly<Record<string, string>> | undefined;
  readonly name: string;
}
