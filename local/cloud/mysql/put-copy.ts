import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { sameId } from '../arm/resource-id.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { Answer, Call, World } from '../service.ts';
import { assignSystemIdentity } from './add-server.ts';
import { FLEXIBLE_COPY, SINGLE_COPY } from './copy-body.ts';
import { copyOfFlexible, copyOfSingle } from './copy-server.ts';
import { placeOf, serverId } from './find-server.ts';
import { flexibleServerJson } from './flexible-server-json.ts';
import { geoBackupUsage, useKey } from './key-check.ts';
import type { MySql } from './mysql.ts';
import { type CopyMode, FLEXIBLE_WRITE, type FlexibleServer, type Server } from './server.ts';
import { accepted, failOnRefusal, written } from './server-operations.ts';
import { singleServerJson } from './single-server-json.ts';
import { mergedIdentities, refuseUnassigned } from './user-identities.ts';

/** PUT of a single server with createMode PointInTimeRestore, GeoRestore or Replica. */
export const putSingleCopy = (world: World, mysql: MySql, call: Call): Answer => {
  const { properties, location, tags, identity } = readBody(SINGLE_COPY, call.body);
  refuseTaken(mysql, serverId(call, 'single'));
  const source = sourceOf(mysql.servers.single(properties.sourceServerId), properties.sourceServerId);
  checkRestorePoint(world, source, properties);
  return accepted(
    world,
    call,
    { id: serverId(call, 'single'), location },
    {
      kind: 'create',
      run: async () => {
        const copy = copyOfSingle(world, source, properties.createMode, { ...placeOf(call), location });
        if (tags) copy.tags = tags;
        if (identity) assignSystemIdentity(world, copy);
        mysql.put(copy);
        written(world, copy);
        return singleServerJson(copy, mysql.servers.copies());
      },
    },
  );
};

/**
 * PUT of a flexible server with such a createMode. Its identity and key are those of the source unless the request gives others.
 */
export const putFlexibleCopy = (world: World, mysql: MySql, call: Call): Answer => {
  const { properties, location, tags, identity } = readBody(FLEXIBLE_COPY, call.body);
  const id = serverId(call, 'flexible');
  refuseTaken(mysql, id);
  refuseUnassignable(world, call, { id: id, write: FLEXIBLE_WRITE, identity });
  const source = sourceOf(mysql.servers.flexible(properties.sourceServerResourceId), properties.sourceServerResourceId);
  checkRestorePoint(world, source, properties);
  if (properties.createMode === 'GeoRestore') checkGeoBackup(source);
  const identities = mergedIdentities(world, source.identities, identity);
  const given = properties.dataEncryption;
  if (given) refuseUnassigned(identities, given);
  return accepted(
    world,
    call,
    { id, location },
    {
      kind: 'create',
      run: async () => {
        if (properties.createMode === 'GeoRestore') await readGeoBackup(world, source);
        const copy = copyOfFlexible(world, source, properties.createMode, { ...placeOf(call), location });
        Object.assign(copy, { identities, ...(tags ? { tags } : {}), ...(given ? { dataEncryption: given } : {}) });
        mysql.put(copy);
        written(world, copy);
        return flexibleServerJson(copy, call.apiVersion, { busy: false, copies: mysql.servers.copies() });
      },
    },
  );
};

const sourceOf = <S extends Server>(source: S | undefined, id: string): S => {
  if (source && !source.dropping) return source;
  throw new AzureError(404, 'ResourceNotFound', `The source server '${id}' was not found.`);
};

const refuseTaken = (mysql: MySql, id: string): void => {
  const name = id.split('/').at(-1) ?? '';
  if (mysql.servers.all().every((server) => !sameId(server.name, name))) return;
  throw new AzureError(409, 'ServerNameAlreadyExists', `Specified server name '${name}' is already used.`);
};

type Asked = { createMode: CopyMode; restorePointInTime?: number };

const checkRestorePoint = ({ clock }: World, { createdAt }: Server, asked: Asked): void => {
  const at = asked.restorePointInTime;
  if (at === undefined || (at >= createdAt && at <= clock.now())) return;
  throw new AzureError(
    400,
    'InvalidRestorePointInTime',
    `The restore point in time must lie between ${new Date(createdAt).toISOString()} and now.`,
  );
};

const checkGeoBackup = ({ dataEncryption, name }: FlexibleServer): void => {
  if (!dataEncryption || dataEncryption.geoBackupKeyURI) return;
  throw new AzureError(400, 'GeoBackupNotEnabled', `Geo-redundant backup is not enabled for server '${name}'.`);
};

/** The backup in the paired region is encrypted with its own key: without that key no restore is possible. */
const readGeoBackup = async (world: World, { identities, dataEncryption }: FlexibleServer): Promise<void> => {
  const usage = dataEncryption && geoBackupUsage(identities, dataEncryption);
  if (usage) failOnRefusal(await useKey(world, usage, ['unwrapKey']));
};
