import { recordManualAct } from '../activity-log/record-manual-act.ts';
import { removeIdentities } from '../managed-identity/remove-identities.ts';
import type { SimVerb, World } from '../service.ts';
import { connect, startServing, stopServing } from './availability.ts';
import { copyVerbs } from './copy-verbs.ts';
import { migrateServer } from './migrate-server.ts';
import type { MySql } from './mysql.ts';
import { SERVER_TYPES, type Server } from './server.ts';
import { serverIn } from './server-in.ts';
import { PROVIDER } from './server-operations.ts';

const SERVER = { server: 'name or resource id of a MySQL server' };

/** Verbs that act on servers from outside of Azure's own API. */
export const mysqlVerbs = (world: World, mysql: MySql): { breaks: SimVerb[]; repairs: SimVerb[] } => ({
  breaks: [...serverBreaks(world, mysql), migrateServer(world, mysql), ...copyVerbs(world, mysql)],
  repairs: serverRepairs(world, mysql),
});

const serverBreaks = (world: World, mysql: MySql): SimVerb[] => [
  {
    name: 'stop-server',
    title: 'Somebody stops a MySQL server on purpose: not an incident',
    parameters: SERVER,
    run: (input) => move(world, serverIn(mysql, input), 'stop'),
  },
  {
    name: 'set-maintenance',
    title: 'Azure works on a MySQL server: until it is over every write answers that the server is busy',
    parameters: { ...SERVER, 'seconds?': 'how long, 600 when left out' },
    run: (input) => maintain(world, serverIn(mysql, input), Number(input['seconds'] ?? 600)),
  },
  {
    name: 'remove-identity',
    title: 'The identity with which a MySQL server uses its key is deleted from Entra',
    parameters: SERVER,
    run: (input) => {
      const server = serverIn(mysql, input);
      return { server: server.id, deleted: removeIdentities(world, identitiesOf(server)) };
    },
  },
  {
    name: 'connect',
    title: 'A client connects to a MySQL server; the first one that is refused shows in Resource Health',
    parameters: SERVER,
    run: (input) => {
      const { id, availability } = serverIn(mysql, input);
      return { server: id, accepted: connect(availability, world.clock.now()) };
    },
  },
];

const serverRepairs = (world: World, mysql: MySql): SimVerb[] => [
  {
    name: 'start-server',
    title: 'Somebody starts a stopped MySQL server',
    parameters: SERVER,
    run: (input) => move(world, serverIn(mysql, input), 'start'),
  },
  {
    name: 'check-now',
    title: 'Every MySQL server uses its key now instead of at its next check',
    parameters: {},
    run: async () => {
      await mysql.checkNow();
      return mysql.servers.all().map(({ name, availability: { condition, loss } }) => ({ name, condition, loss }));
    },
  },
];

const identitiesOf = (server: Server): string[] => {
  if (server.generation === 'single') return [server.id];
  return server.dataEncryption ? [server.dataEncryption.primaryUserAssignedIdentityId] : [];
};

const maintain = (world: World, { id: target, location }: Server, seconds: number) => {
  if (!(seconds > 0)) throw new Error(`'seconds' must be a positive number; it is '${seconds}'.`);
  world.operations.start({
    provider: PROVIDER,
    location,
    seconds,
    target,
    apiVersion: '2023-12-30',
    run: async () => undefined,
  });
  return { server: target, seconds };
};

const MOVES = { stop: stopServing, start: startServing };

const move = (world: World, { id, generation, availability }: Server, verb: keyof typeof MOVES) => {
  const at = world.clock.now();
  MOVES[verb](availability, at);
  world.changed({ kind: 'serverChanged', resourceId: id, at });
  recordManualAct(world, { target: id, operationName: `${SERVER_TYPES[generation]}/${verb}/action` });
  return { server: id, condition: availability.condition };
};
