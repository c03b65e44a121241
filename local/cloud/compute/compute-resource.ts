/** Properties of every resource of compute; instants are milliseconds since 1970. */
export type ComputeResource = {
  id: string;
  subscription: string;
  group: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  createdAt: number;
};

/** The place of a new resource; koreacentral and no tags when left out. */
export type ComputePlace = {
  subscription: string;
  group: string;
  name: string;
  location?: string;
  tags?: Record<string, string>;
};

/** A managed disk; without a set it is encrypted with a key of the platform. `managedBy` is its virtual machine. */
export type Disk = ComputeResource & {
  sizeGB: number;
  osType?: 'Linux' | 'Windows';
  encryptionSet?: string;
  managedBy?: string;
};

export type PowerState = 'running' | 'stopped' | 'deallocated';
export type MachineEvent = {
  at: number;
  kind: 'shutDown' | 'stopped' | 'deallocated' | 'started' | 'startFailed';
  reason?: string;
};

/** Disks are ids of managed disks. `since` is when its power state last changed. */
export type VirtualMachine = ComputeResource & {
  size: string;
  osDisk: string;
  dataDisks: string[];
  power: PowerState;
  since: number;
  history: MachineEvent[];
};

/** A node of a scale set, which has an id below that of its set. */
export type ScaleSetNode = {
  id: string;
  instanceId: string;
  power: PowerState;
  since: number;
  history: MachineEvent[];
};

/** A resource that has a power state and that Azure can shut down: a machine, or a node of a scale set. */
export type Powered = Pick<VirtualMachine, 'id' | 'power' | 'since' | 'history'>;

/** A uniform scale set: its disks belong to the model, not to disks of their own. */
export type ScaleSet = ComputeResource & {
  nodes: ScaleSetNode[];
  size: string;
  capacity: number;
  osDiskType: 'Managed' | 'Ephemeral';
  encryptionSet?: string;
};

export type AgentPool = {
  name: string;
  mode: 'System' | 'User';
  count: number;
  size: string;
  osDiskType: 'Managed' | 'Ephemeral';
  /** The other properties of the request, shown as they were written. */
  given?: Record<string, unknown>;
};

/** Microsoft.ContainerService/managedClusters. `encryptionSet` can only be given when the cluster is made. */
export type Cluster = ComputeResource & {
  kubernetesVersion: string;
  nodeGroup: string;
  encryptionSet?: string;
  pools: AgentPool[];
  tier: 'Free' | 'Standard' | 'Premium';
  /** The other properties of the request, shown as they were written. */
  given: Record<string, unknown>;
  /** Its own identity, or user-assigned identities by resource id. */
  identity:
    | { principalId: string; tenantId: string }
    | { user: Record<string, { principalId: string; clientId: string }> };
};

export const COMPUTE_TYPES = {
  set: 'Microsoft.Compute/diskEncryptionSets',
  disk: 'Microsoft.Compute/disks',
  machine: 'Microsoft.Compute/virtualMachines',
  scaleSet: 'Microsoft.Compute/virtualMachineScaleSets',
  cluster: 'Microsoft.ContainerService/managedClusters',
} as const;
