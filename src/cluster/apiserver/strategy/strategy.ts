// What a kind does with its objects on their way into the store.
import type { KubeObject } from "../../api/objects.ts";
import type { ResourceInfo, ResourceName } from "../../api/scheme.ts";
import type { FieldErrors } from "../../apimachinery/field.ts";
import type { TextCheck } from "../../apimachinery/names.ts";
import type { Rng } from "../../sim/rng.ts";
import type { ClusterSettings } from "../../sim/settings.ts";
import type { IPAllocator } from "../ipallocator.ts";
import type { PortAllocator } from "../portallocator.ts";

/** What a strategy may look at and draw from. */
export interface StrategyContext {
  readonly info: ResourceInfo;
  readonly rng: Rng;
  readonly dryRun: boolean;
  /** When it happens, as objects carry it. */
  readonly date: string;
  /** Written by a component of the cluster: nothing needs to be checked again. */
  readonly trusted: boolean;
  readonly clusterIPs: IPAllocator;
  readonly nodePorts: PortAllocator;
  settings(): ClusterSettings;
  /** Another object, as it is stored. */
  find(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined;
  /** All objects of a resource, as they are stored. */
  all(resource: ResourceName): KubeObject[];
}

/** Ends an allocation: keeps what was allocated, or gives it back. */
export interface Transaction {
  commit(): void;
  revert(): void;
}

/** How one kind defaults, admits, prepares and validates; what is absent does nothing. Objects given may be changed, `old` may not. */
// Models k8s.io/apiserver/pkg/registry/rest RESTCreateStrategy, RESTUpdateStrategy
export interface Strategy<T extends KubeObject> {
  readonly checkName?: TextCheck;
  /** Whether metadata.generation counts the changes of the spec. */
  readonly generation?: boolean;
  /** Whether clients may create objects with a status. */
  readonly keepsStatus?: boolean;
  /** Warned of at every access, reading too. */
  readonly deprecated?: string;
  /** Fills in what was left out. Must tolerate objects that validation will refuse. */
  setDefaults?(object: T): void;
  /** Completes or refuses the object by looking at others. @throws StatusError */
  admit?(object: T, old: T | undefined, context: StrategyContext): void;
  /** Allocates addresses and ports. @throws StatusError that is reported alone. */
  begin?(object: T, old: T | undefined, context: StrategyContext): Transaction;
  prepareForCreate?(object: T, context: StrategyContext): void;
  prepareForUpdate?(object: T, old: T, context: StrategyContext): void;
  validate?(object: T, context: StrategyContext): FieldErrors;
  /** Validates a change; metadata is checked before. */
  validateUpdate?(object: T, old: T, context: StrategyContext): FieldErrors;
  validateStatus?(object: T, old: T): FieldErrors;
  warnings?(object: T, old: T | undefined): string[];
  /** Fills in what was left out of a status that a client wrote. */
  setStatusDefaults?(object: T): void;
  /** The old object with the part of the new one that a subresource other than status is for. */
  takePart?(subresource: string, object: T, old: T): T;
  /** What generation counts the changes of, where it is not the spec. */
  countedPart?(object: T): unknown;
  /** The object as its deletion begins, with finalizers of its kind; what is given may not be changed. */
  beginDeletion?(object: T, date: string): T;
  /** Gives back what the object held. */
  release?(object: T, context: StrategyContext): void;
  /** Names of fields (dotted) that a field selector may use, beside metadata.name and metadata.namespace. */
  readonly selectableFields?: readonly string[];
}

/** A write as admission sees it. */
export interface AdmissionRequest {
  readonly resource: ResourceName;
  readonly object: KubeObject;
  /** What is stored; absent for a new object. */
  readonly old?: KubeObject | undefined;
  readonly context: StrategyContext;
}

/** Admission that looks at objects of many kinds, whoever writes them: clients and controllers. Works on whole objects only. */
// Models k8s.io/apiserver/pkg/admission MutationInterface, ValidationInterface
export interface Admission {
  /** Completes a new object; its metadata and its own fields may be set, what they hold is shared. */
  complete?(request: AdmissionRequest): void;
  /**
   * Refuses what is valid otherwise, or answers with other objects that change as it is stored.
   *
   * @throws StatusError
   */
  review?(request: AdmissionRequest): ReadonlyArray<readonly [ResourceName, KubeObject]>;
}

/** Any strategy, when the kind is known only at run time. */
// biome-ignore lint/suspicious/noExplicitAny: the registry gives each strategy objects of its own kind only
export type AnyStrategy = Strategy<any>;
