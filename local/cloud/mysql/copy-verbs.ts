import { z } from 'zod';
import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { parseResourceId, sameId } from '../arm/resource-id.ts';
import type { SimVerb, World } from '../service.ts';
import type { MySql } from './mysql.ts';
import type { CopyMode } from './server.ts';
import { SERVER_TYPES } from './server.ts';
import { serverIn } from './server-in.ts';
import { written } from './server-operations.ts';

const INPUT = z.object({
  server: z.string(),
  name: z.string().regex(/^[a-z0-9-]{3,63}$/, 'must be 3 to 63 lower-case letters, digits and hyphens'),
  group: z.string().optional(),
  location: z.string().optional(),
});

const parameters = {
  server: 'name or resource id of the MySQL server it is made from',
  name: 'name of the new server',
  'group?': "its resource group; the source's when left out",
  'location?': "its region; the source's when left out",
};

const VERBS: { name: string; title: string; mode: CopyMode }[] = [
  { name: 'restore-server', title: 'Somebody restores a MySQL server to a point in time', mode: 'PointInTimeRestore' },
  { name: 'geo-restore', title: 'Somebody restores a MySQL server from its geo-backup', mode: 'GeoRestore' },
  { name: 'create-replica', title: 'Somebody makes a read replica of a MySQL server', mode: 'Replica' },
];

/** Copies of servers, as they are when their creation is over. */
export const copyVerbs = (world: World, mysql: MySql): SimVerb[] =>
  VERBS.map(({ name, title, mode }) => ({
    name,
    title,
    parameters,
    run: (input) => copy(world, mysql, INPUT.parse(input), mode),
  }));

const copy = (world: World, mysql: MySql, input: z.infer<typeof INPUT>, mode: CopyMode) => {
  const source = serverIn(mysql, input);
  const { name, group = source.group, location = source.location } = input;
  const taken = mysql.servers.all().find((server) => sameId(server.name, name));
  if (taken) throw new Error(`The name '${name}' is taken by ${taken.id}.`);
  const { subscription } = source;
  world.subscriptions.addGroup({ subscription, name: group, location });
  const made = mysql.addCopy(source, mode, { subscription, group, name, location });
  written(world, made);
  recordManualAct(world, { target: made.id, operationName: `${SERVER_TYPES[made.generation]}/write` });
  return { server: made.id, type: parseResourceId(made.id)?.type, condition: made.availability.condition };
};
