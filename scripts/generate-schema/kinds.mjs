// The built-in kinds the schema covers, and what the source package does not say about their fields.

/** Group/version → model prefix exceptions are in MODELS; every other kind's model is `V1` + kind (autoscaling/v2: `V2` + kind). */
export const KINDS = {
  v1: "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  "authentication.k8s.io/v1": "SelfSubjectReview TokenReview",
  "authorization.k8s.io/v1":
    "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
  "resource.k8s.io/v1": "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
  "apps/v1": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  "batch/v1": "CronJob Job",
  "networking.k8s.io/v1": "IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR",
  "discovery.k8s.io/v1": "EndpointSlice",
  "policy/v1": "Eviction PodDisruptionBudget",
  "autoscaling/v1": "HorizontalPodAutoscaler Scale",
  "autoscaling/v2": "HorizontalPodAutoscaler",
  "rbac.authorization.k8s.io/v1": "ClusterRole ClusterRoleBinding Role RoleBinding",
  "storage.k8s.io/v1": "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass",
  "coordination.k8s.io/v1": "Lease",
  "scheduling.k8s.io/v1": "PriorityClass",
  "events.k8s.io/v1": "Event",
  "node.k8s.io/v1": "RuntimeClass",
  "certificates.k8s.io/v1": "CertificateSigningRequest",
  "admissionregistration.k8s.io/v1":
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
  "apiregistration.k8s.io/v1": "APIService",
  "apiextensions.k8s.io/v1": "CustomResourceDefinition",
  "flowcontrol.apiserver.k8s.io/v1": "FlowSchema PriorityLevelConfiguration",
};

/**
 * Kinds whose fields every page has from the beginning: those of which a cluster has objects that no text made, and those that
 * texts about Services name most. The fields of all others are loaded with the first text that names one.
 */
export const ALWAYS = new Set(
  `ClusterRole ClusterRoleBinding ConfigMap ControllerRevision Deployment Endpoints EndpointSlice Event Eviction IPAddress Lease
	Namespace Node Pod ReplicaSet Role RoleBinding Scale Secret Service ServiceAccount ServiceCIDR StorageClass`.split(
    /\s+/,
  ),
);

/** Models whose name is not `V1` + kind. */
export const MODELS = {
  "v1/Event": "CoreV1Event",
  "events.k8s.io/v1/Event": "EventsV1Event",
  "resource.k8s.io/v1/ResourceClaim": "ResourceV1ResourceClaim",
};

/** TypeScript names where two packages use one Go name; without an entry the Go name is used. */
export const RENAMED = {
  CoreV1EndpointPort: "CoreEndpointPort",
  DiscoveryV1EndpointPort: "EndpointPort",
  CoreV1Event: "Event",
  CoreV1EventSeries: "EventSeries",
  EventsV1Event: "EventsEvent",
  EventsV1EventSeries: "EventsEventSeries",
  CoreV1ResourceClaim: "ResourceClaim",
  ResourceV1ResourceClaim: "DeviceResourceClaim",
  RbacV1Subject: "Subject",
  FlowcontrolV1Subject: "FlowcontrolSubject",
  StorageV1TokenRequest: "TokenRequest",
  AdmissionregistrationV1ServiceReference: "AdmissionregistrationServiceReference",
  AdmissionregistrationV1WebhookClientConfig: "AdmissionregistrationWebhookClientConfig",
  ApiextensionsV1ServiceReference: "ApiextensionsServiceReference",
  ApiextensionsV1WebhookClientConfig: "ApiextensionsWebhookClientConfig",
  ApiregistrationV1ServiceReference: "ApiregistrationServiceReference",
  V1HorizontalPodAutoscaler: "HorizontalPodAutoscalerV1",
  V1HorizontalPodAutoscalerSpec: "HorizontalPodAutoscalerSpecV1",
  V1HorizontalPodAutoscalerStatus: "HorizontalPodAutoscalerStatusV1",
  V1CrossVersionObjectReference: "CrossVersionObjectReferenceV1",
};

/** Fields the source package calls strings and Go calls resource.Quantity (alone or as map values). */
export const QUANTITIES = new Set(
  `CapacityRequestPolicy.default CapacityRequestPolicyRange.max CapacityRequestPolicyRange.min CapacityRequestPolicyRange.step
	CapacityRequirements.requests Counter.value DeviceCapacity.value DeviceRequestAllocationResult.consumedCapacity
	ContainerStatus.allocatedResources CSIStorageCapacity.capacity CSIStorageCapacity.maximumVolumeSize EmptyDirVolumeSource.sizeLimit
	LimitRangeItem.default LimitRangeItem.defaultRequest LimitRangeItem.max LimitRangeItem.maxLimitRequestRatio LimitRangeItem.min
	MetricTarget.averageValue MetricTarget.value MetricValueStatus.averageValue MetricValueStatus.value
	NodeStatus.allocatable NodeStatus.capacity NodeAllocatableResourceClaimStatus.resources Overhead.podFixed
	PersistentVolumeClaimStatus.allocatedResources PersistentVolumeClaimStatus.capacity PersistentVolumeSpec.capacity
	PodSpec.overhead PodStatus.allocatedResources ResourceFieldSelector.divisor ResourceQuotaSpec.hard ResourceQuotaStatus.hard ResourceQuotaStatus.used
	ResourceRequirements.limits ResourceRequirements.requests VolumeResourceRequirements.limits VolumeResourceRequirements.requests`.split(
    /\s+/,
  ),
);
