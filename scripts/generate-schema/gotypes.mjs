// What only Go's own type declarations say of the fields: named string types, pointers, numbers left out when zero.

// Models k8s.io/api: the named types of string fields (of list elements too), as `type: struct.field …`.
const NAMED_STRINGS = `
v1.ServiceType: ServiceSpec.type
v1.ServiceAffinity: ServiceSpec.sessionAffinity
v1.Protocol: ServicePort.protocol ContainerPort.protocol CoreEndpointPort.protocol EndpointPort.protocol NetworkPolicyPort.protocol PortStatus.protocol IngressPortStatus.protocol
v1.ServiceExternalTrafficPolicy: ServiceSpec.externalTrafficPolicy
v1.ServiceInternalTrafficPolicy: ServiceSpec.internalTrafficPolicy
v1.IPFamily: ServiceSpec.ipFamilies
v1.IPFamilyPolicy: ServiceSpec.ipFamilyPolicy
v1.LoadBalancerIPMode: LoadBalancerIngress.ipMode
v1.AddressType: EndpointSlice.addressType
v1.PathType: HTTPIngressPath.pathType
v1.PolicyType: NetworkPolicySpec.policyTypes
v1.PullPolicy: Container.imagePullPolicy EphemeralContainer.imagePullPolicy ImageVolumeSource.pullPolicy
v1.RestartPolicy: PodSpec.restartPolicy
v1.ContainerRestartPolicy: Container.restartPolicy EphemeralContainer.restartPolicy
v1.DNSPolicy: PodSpec.dnsPolicy
v1.PreemptionPolicy: PodSpec.preemptionPolicy PriorityClass.preemptionPolicy
v1.OSName: PodOS.name
v1.TerminationMessagePolicy: Container.terminationMessagePolicy EphemeralContainer.terminationMessagePolicy
v1.MountPropagationMode: VolumeMount.mountPropagation
v1.RecursiveReadOnlyMode: VolumeMount.recursiveReadOnly
v1.Capability: Capabilities.add Capabilities.drop
v1.ProcMountType: SecurityContext.procMount
v1.PodFSGroupChangePolicy: PodSecurityContext.fsGroupChangePolicy
v1.SeccompProfileType: SeccompProfile.type
v1.URIScheme: HTTPGetAction.scheme
v1.Signal: Lifecycle.stopSignal
v1.ResourceName: ContainerResizePolicy.resourceName
v1.ResourceResizeRestartPolicy: ContainerResizePolicy.restartPolicy
v1.StorageMedium: EmptyDirVolumeSource.medium
v1.HostPathType: HostPathVolumeSource.type
v1.TaintEffect: Taint.effect Toleration.effect
v1.TolerationOperator: Toleration.operator
v1.NodeSelectorOperator: NodeSelectorRequirement.operator
v1.LabelSelectorOperator: LabelSelectorRequirement.operator
v1.UnsatisfiableConstraintAction: TopologySpreadConstraint.whenUnsatisfiable
v1.NodeInclusionPolicy: TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy
v1.PodPhase: PodStatus.phase
v1.PodQOSClass: PodStatus.qosClass
v1.PodConditionType: PodCondition.type PodReadinessGate.conditionType
v1.ConditionStatus: PodCondition.status NodeCondition.status Condition.status NamespaceCondition.status DeploymentCondition.status ReplicaSetCondition.status StatefulSetCondition.status DaemonSetCondition.status JobCondition.status
v1.NodePhase: NodeStatus.phase
v1.NodeConditionType: NodeCondition.type
v1.NodeAddressType: NodeAddress.type
v1.NamespacePhase: NamespaceStatus.phase
v1.NamespaceConditionType: NamespaceCondition.type
v1.FinalizerName: NamespaceSpec.finalizers
v1.SecretType: Secret.type
types.UID: ObjectMeta.uid OwnerReference.uid ObjectReference.uid
v1.ManagedFieldsOperationType: ManagedFieldsEntry.operation
v1.DeploymentStrategyType: DeploymentStrategy.type
v1.DeploymentConditionType: DeploymentCondition.type
v1.StatefulSetUpdateStrategyType: StatefulSetUpdateStrategy.type
v1.PodManagementPolicyType: StatefulSetSpec.podManagementPolicy
v1.PersistentVolumeClaimRetentionPolicyType: StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled
v1.DaemonSetUpdateStrategyType: DaemonSetUpdateStrategy.type
v1.ConcurrencyPolicy: CronJobSpec.concurrencyPolicy
v1.CompletionMode: JobSpec.completionMode
v1.PodReplacementPolicy: JobSpec.podReplacementPolicy
v1.PersistentVolumeAccessMode: PersistentVolumeSpec.accessModes PersistentVolumeClaimSpec.accessModes PersistentVolumeClaimStatus.accessModes
v1.PersistentVolumeMode: PersistentVolumeSpec.volumeMode PersistentVolumeClaimSpec.volumeMode
v1.PersistentVolumeReclaimPolicy: PersistentVolumeSpec.persistentVolumeReclaimPolicy StorageClass.reclaimPolicy
v1.VolumeBindingMode: StorageClass.volumeBindingMode
v1.UnhealthyPodEvictionPolicyType: PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy
v2.MetricSourceType: MetricSpec.type
v2.MetricTargetType: MetricTarget.type
v1.ResourceQuotaScope: ResourceQuotaSpec.scopes
v1.LimitType: LimitRangeItem.type
v1.ResourceScope: CustomResourceDefinitionSpec.scope
`;

// Models k8s.io/api: optional strings that are pointers, so that "" is a value and stays.
const POINTER_STRINGS = `
ServicePort.appProtocol ServiceSpec.loadBalancerClass ServiceSpec.ipFamilyPolicy ServiceSpec.internalTrafficPolicy ServiceSpec.trafficDistribution
LoadBalancerIngress.ipMode PortStatus.error IngressPortStatus.error CoreEndpointPort.appProtocol EndpointAddress.nodeName
Endpoint.hostname Endpoint.nodeName Endpoint.zone EndpointPort.name EndpointPort.protocol EndpointPort.appProtocol
IngressSpec.ingressClassName HTTPIngressPath.pathType NetworkPolicyPort.protocol
IngressClassParametersReference.apiGroup IngressClassParametersReference.namespace IngressClassParametersReference.scope
TypedLocalObjectReference.apiGroup TypedObjectReference.apiGroup TypedObjectReference.namespace
PodSpec.preemptionPolicy PodSpec.runtimeClassName PodSpec.hostnameOverride Container.restartPolicy EphemeralContainer.restartPolicy
VolumeMount.mountPropagation VolumeMount.recursiveReadOnly HostPathVolumeSource.type GRPCAction.service Lifecycle.stopSignal
SecurityContext.procMount PodSecurityContext.fsGroupChangePolicy PodSecurityContext.supplementalGroupsPolicy PodSecurityContext.seLinuxChangePolicy
SeccompProfile.localhostProfile AppArmorProfile.localhostProfile PodDNSConfigOption.value
TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy
PersistentVolumeClaimSpec.storageClassName PersistentVolumeClaimSpec.volumeMode PersistentVolumeClaimSpec.volumeAttributesClassName
PersistentVolumeSpec.volumeMode PersistentVolumeSpec.volumeAttributesClassName StorageClass.reclaimPolicy StorageClass.volumeBindingMode
JobSpec.completionMode JobSpec.podReplacementPolicy JobSpec.managedBy CronJobSpec.timeZone PriorityClass.preemptionPolicy
PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy LeaseSpec.holderIdentity LeaseSpec.preferredHolder LeaseSpec.strategy
`;

// Models k8s.io/api: optional numbers and bools that are plain values, so that 0 and false are left out. All others are pointers.
const PLAIN_NUMBERS = `
ServicePort.nodePort ServiceSpec.healthCheckNodePort ServiceSpec.publishNotReadyAddresses ServiceBackendPort.number ContainerPort.hostPort
Probe.initialDelaySeconds Probe.timeoutSeconds Probe.periodSeconds Probe.successThreshold Probe.failureThreshold
PodSpec.hostNetwork PodSpec.hostPID PodSpec.hostIPC Container.stdin Container.stdinOnce Container.tty
EphemeralContainer.stdin EphemeralContainer.stdinOnce EphemeralContainer.tty VolumeMount.readOnly NodeSpec.unschedulable
DeploymentSpec.minReadySeconds DeploymentSpec.paused ReplicaSetSpec.minReadySeconds StatefulSetSpec.minReadySeconds DaemonSetSpec.minReadySeconds
ReplicationControllerSpec.minReadySeconds StatefulSetOrdinals.start PriorityClass.globalDefault ObjectMeta.generation
DeploymentStatus.observedGeneration DeploymentStatus.replicas DeploymentStatus.updatedReplicas DeploymentStatus.readyReplicas
DeploymentStatus.availableReplicas DeploymentStatus.unavailableReplicas ReplicaSetStatus.fullyLabeledReplicas ReplicaSetStatus.readyReplicas
ReplicaSetStatus.availableReplicas ReplicaSetStatus.observedGeneration StatefulSetStatus.observedGeneration StatefulSetStatus.readyReplicas
StatefulSetStatus.currentReplicas StatefulSetStatus.updatedReplicas DaemonSetStatus.observedGeneration DaemonSetStatus.updatedNumberScheduled
DaemonSetStatus.numberAvailable DaemonSetStatus.numberUnavailable JobStatus.active JobStatus.succeeded JobStatus.failed
PodStatus.observedGeneration PodCondition.observedGeneration Condition.observedGeneration ContainerStateTerminated.signal
Event.count EventSeries.count
`;

const words = (table) => table.trim().split(/\s+/);

const NAMED = new Map(
  NAMED_STRINGS.trim()
    .split("\n")
    .flatMap((line) => {
      const [type, fields] = line.split(": ");
      return words(fields).map((field) => [field, type]);
    }),
);
const POINTERS = new Set(words(POINTER_STRINGS));
const PLAIN = new Set(words(PLAIN_NUMBERS));

/** What Go says of one field: the name of its type, without `v1.`, and whether it is a pointer where others are not, or the reverse. */
export function goFacts(struct, field) {
  const path = `${struct}.${field}`;
  return { named: NAMED.get(path)?.replace(/^v1\./, ""), isPointer: POINTERS.has(path), isPlain: PLAIN.has(path) };
}

/** @throws Error when a table above names a field that no struct has. */
export function checkTables(structs) {
  const all = new Set(structs.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`)));
  const strays = [...NAMED.keys(), ...POINTERS, ...PLAIN].filter((path) => !all.has(path));
  if (strays.length > 0) throw new Error(`the tables of Go types name fields that are not there: ${strays.join(", ")}`);
}
