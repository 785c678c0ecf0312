// The objects of the Gateway API, as far as the controller reads and writes them.
import type { KubeObject, LabelSelector } from "../cluster/index.ts";

export const GATEWAYS = "gateways.gateway.networking.k8s.io";
export const CLASSES = "gatewayclasses.gateway.networking.k8s.io";
export const GRANTS = "referencegrants.gateway.networking.k8s.io";

/** The kinds of routes that are served, by resource. */
export const ROUTES = {
  HTTPRoute: "httproutes.gateway.networking.k8s.io",
  GRPCRoute: "grpcroutes.gateway.networking.k8s.io",
  TLSRoute: "tlsroutes.gateway.networking.k8s.io",
} as const;
export type RouteKind = keyof typeof ROUTES;

export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime?: string;
}

export interface GatewayClass extends KubeObject {
  readonly spec?: { readonly controllerName?: string; readonly parametersRef?: Reference };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly supportedFeatures?: readonly Named[] };
}

interface Named {
  readonly name: string;
}

/** A reference to an object; what is left out has been filled in by the schema's defaults. */
export interface Reference {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostname?: string;
  readonly tls?: { readonly mode?: string; readonly certificateRefs?: readonly Reference[]; readonly options?: object };
  readonly allowedRoutes?: {
    readonly kinds?: ReadonlyArray<{ readonly group?: string; readonly kind: string }>;
    readonly namespaces?: { readonly from?: string; readonly selector?: LabelSelector };
  };
}

export interface ListenerStatus {
  readonly name: string;
  readonly attachedRoutes: number;
  readonly supportedKinds: ReadonlyArray<{ readonly group: string; readonly kind: string }>;
  readonly conditions: readonly Condition[];
}

export interface Address {
  readonly type: string;
  readonly value: string;
}

export interface Gateway extends KubeObject {
  readonly spec?: {
    readonly gatewayClassName?: string;
    readonly listeners?: readonly Listener[];
    readonly addresses?: ReadonlyArray<{ readonly type?: string; readonly value?: string }>;
    readonly tls?: { readonly backend?: { readonly clientCertificateRef?: Reference } };
    readonly infrastructure?: {
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
      readonly parametersRef?: Reference;
    };
  };
  readonly status?: {
    readonly addresses?: readonly Address[];
    readonly conditions?: readonly Condition[];
    readonly listeners?: readonly ListenerStatus[];
  };
}

export interface ParentReference extends Reference {
  readonly sectionName?: string;
  readonly port?: number;
}

export interface BackendReference extends Reference {
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly Filter[];
}

export interface Match {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly headers?: readonly ValueMatch[];
  readonly queryParams?: readonly ValueMatch[];
  /** Of an HTTPRoute a method, of a GRPCRoute a service and its method. */
  readonly method?: string | { readonly type?: string; readonly service?: string; readonly method?: string };
}

export interface ValueMatch {
  readonly name: string;
  readonly type?: string;
  readonly value: string;
}

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

export interface HeaderModifier {
  readonly set?: readonly HeaderValue[];
  readonly add?: readonly HeaderValue[];
  readonly remove?: readonly string[];
}

export interface PathModifier {
  readonly type: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

export interface Redirect {
  readonly scheme?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly path?: PathModifier;
  readonly statusCode?: number;
}

export interface Mirror {
  readonly backendRef: BackendReference;
  readonly percent?: number;
  readonly fraction?: { readonly numerator: number; readonly denominator?: number };
}

export interface Cors {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
}

export interface Filter {
  readonly type: string;
  readonly requestHeaderModifier?: HeaderModifier;
  readonly responseHeaderModifier?: HeaderModifier;
  readonly requestMirror?: Mirror;
  readonly requestRedirect?: Redirect;
  readonly urlRewrite?: { readonly hostname?: string; readonly path?: PathModifier };
  readonly cors?: Cors;
  readonly extensionRef?: Reference;
}

export interface Rule {
  readonly name?: string;
  readonly matches?: readonly Match[];
  readonly filters?: readonly Filter[];
  readonly backendRefs?: readonly BackendReference[];
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string };
}

export interface ParentStatus {
  readonly parentRef: ParentReference;
  readonly controllerName: string;
  readonly conditions: readonly Condition[];
}

export interface Route extends KubeObject {
  readonly spec?: {
    readonly parentRefs?: readonly ParentReference[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly Rule[];
  };
  readonly status?: { readonly parents?: readonly ParentStatus[] };
}

export interface ReferenceGrant extends KubeObject {
  readonly spec?: {
    readonly from?: ReadonlyArray<{ readonly group: string; readonly kind: string; readonly namespace: string }>;
    readonly to?: ReadonlyArray<{ readonly group: string; readonly kind: string; readonly name?: string }>;
  };
}
