import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';
import { DATA_ENCRYPTION, IDENTITY } from './flexible-server-body.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Whether a PUT makes a copy: a createMode other than Default. */
export const asksForCopy = (body: unknown): boolean => {
  const read = z.object({ properties: z.object({ createMode: z.string() }) }).safeParse(body);
  return read.success && !['Default', 'Create'].includes(read.data.properties.createMode);
};

const restore = { createMode: z.literal('PointInTimeRestore'), restorePointInTime: instant };
const others = { createMode: z.enum(['GeoRestore', 'Replica']) };
const common = { location: z.string(), tags: TAGS.optional() };

/** ServerPropertiesForRestore, ForGeoRestore and ForReplica of servers 2017-12-01. */
export const SINGLE_COPY = z.object({
  ...common,
  identity: z.object({ type: z.literal('SystemAssigned') }).optional(),
  properties: z.discriminatedUnion('createMode', [
    z.object({ ...restore, sourceServerId: z.string() }),
    z.object({ ...others, sourceServerId: z.string() }),
  ]),
});

const flexibleSource = { sourceServerResourceId: z.string(), dataEncryption: DATA_ENCRYPTION.optional() };

/** The same of flexibleServers 2023-12-30, which lets the copy have another key or identity. */
export const FLEXIBLE_COPY = z.object({
  ...common,
  identity: IDENTITY.optional(),
  properties: z.discriminatedUnion('createMode', [
    z.object({ ...restore, ...flexibleSource }),
    z.object({ ...others, ...flexibleSource }),
  ]),
});
