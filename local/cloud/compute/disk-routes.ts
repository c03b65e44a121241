import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import type { Compute } from './compute.ts';
import { accepted } from './compute-operations.ts';
import { COMPUTE_TYPES, type Disk } from './compute-resource.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { placeIn } from './find-resource.ts';
import { refusalOf, STARTING } from './key-access.ts';
import { diskJson } from './machine-json.ts';
import { GROUP, readRoutes } from './read-routes.ts';
import { DISK_VERSIONS } from './set-routes.ts';

const type = COMPUTE_TYPES.disk;

const PUT = z.object({
  location: z.string(),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.object({
    creationData: z.looseObject({ createOption: z.literal('Empty') }),
    diskSizeGB: z.int().positive(),
    encryption: z.object({ type: z.string().optional(), diskEncryptionSetId: z.string().nullish() }).optional(),
  }),
});

/** A disk as ARM shows it: the disks of a machine that is deallocated are reserved for it. */
export const shownDisk = (compute: Compute, disk: Disk) =>
  diskJson(disk, compute.sets.get(disk.encryptionSet), compute.machines.get(disk.managedBy)?.power === 'deallocated');

/** Microsoft.Compute/disks: read, and empty ones made with a set or without, or given one. */
export const diskRoutes = (world: World, compute: Compute): Route[] => [
  ...readRoutes({
    type,
    apiVersions: DISK_VERSIONS,
    resources: compute.disks,
    json: (disk: Disk) => shownDisk(compute, disk),
  }),
  {
    plane: 'arm',
    method: 'PUT',
    path: `${GROUP}/${type}/{name}`,
    apiVersions: DISK_VERSIONS,
    action: `${type}/write`,
    handle: (call) => put(world, compute, call),
  },
];

const put = (world: World, compute: Compute, call: Call): Answer => {
  const { location, tags, properties } = readBody(PUT, call.body);
  const id = resourceId({ ...placeIn(call), type });
  const set = setFor(compute, location, properties.encryption?.diskEncryptionSetId);
  const existing = compute.disks.get(id);
  if (existing) refuseOtherChange(compute, existing, properties.diskSizeGB);
  return accepted(
    world,
    call,
    { id, location },
    {
      resource: 'diskOperations',
      seconds: 10,
      run: async () => {
        const refusal = set && (await refusalOf(world, set, STARTING));
        if (refusal) throw new AzureError(400, refusal.code, refusal.message);
        const { createdAt } = existing ?? {};
        const disk = compute.addDisk({
          ...placeIn(call),
          location,
          sizeGB: properties.diskSizeGB,
          tags: tags ?? existing?.tags ?? {},
          ...(set ? { encryptionSet: set.id } : {}),
        });
        if (createdAt !== undefined) disk.createdAt = createdAt;
        world.changed({ kind: 'resourceWritten', resourceId: id, at: world.clock.now() });
        return shownDisk(compute, disk);
      },
    },
  );
};

/** "Your existing disks must not be attached to a running VM in order for you to encrypt them" (server-side encryption of disks). */
const refuseOtherChange = (compute: Compute, disk: Disk, sizeGB: number): void => {
  if (disk.managedBy !== undefined && compute.machines.get(disk.managedBy)?.power !== 'deallocated')
    throw new AzureError(409, 'OperationNotAllowed', `The disk '${disk.name}' is attached to a running machine.`);
  if (disk.managedBy !== undefined || sizeGB !== disk.sizeGB)
    throw new AzureError(501, 'NotSimulated', 'Of a disk that is there only the encryption is changed, and tags.');
};

/** The set must be there, in the same region. */
const setFor = (compute: Compute, location: string, id: string | null | undefined): DiskEncryptionSet | undefined => {
  if (!id) return undefined;
  const set = compute.sets.get(id);
  if (set && sameId(set.location, location)) return set;
  throw new AzureError(
    400,
    'InvalidParameter',
    `The disk encryption set '${id}' ${set ? `is in '${set.location}', not in '${location}'` : 'was not found'}.`,
  );
};
