import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';

/**
 * `ManagedCluster` and `AgentPool` of Microsoft.ContainerService 2024-05-01. Properties that do not concern nodes and their disks
 * are kept and shown as they were written. A pool has no disk encryption set of its own.
 */
const pool = {
  count: z.int().min(0).max(1000).default(1),
  vmSize: z.string().default('Standard_D4s_v5'),
  mode: z.enum(['System', 'User']).default('User'),
  osType: z.literal('Linux').default('Linux'),
  osDiskType: z.enum(['Managed', 'Ephemeral']).default('Managed'),
  type: z.literal('VirtualMachineScaleSets').default('VirtualMachineScaleSets'),
  diskEncryptionSetID: z.never({ error: 'is of the cluster, a pool has none' }).optional(),
};

const POOL_NAME = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,11}$/, 'must be up to 12 lower-case letters and digits, a letter first');

const profiles = z
  .array(z.looseObject({ name: POOL_NAME, ...pool }))
  .min(1)
  .refine((all) => all.some(({ mode }) => mode === 'System'), 'must have a pool of mode System');

export const CLUSTER_PUT = z.object({
  location: z.string(),
  tags: TAGS.optional(),
  identity: z.object({
    type: z.enum(['SystemAssigned', 'UserAssigned']),
    userAssignedIdentities: z.record(z.string(), z.looseObject({})).optional(),
  }),
  sku: z.object({ name: z.string(), tier: z.enum(['Free', 'Standard', 'Premium']) }).optional(),
  properties: z.looseObject({
    dnsPrefix: z.string(),
    kubernetesVersion: z.string().optional(),
    diskEncryptionSetID: z.string().optional(),
    agentPoolProfiles: profiles,
  }),
});

export const POOL_PUT = z.object({ properties: z.looseObject(pool) });

export type ClusterBody = z.infer<typeof CLUSTER_PUT>;
export type PoolBody = z.infer<typeof POOL_PUT>['properties'];
