import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { Answer, Call, World } from '../service.ts';
import type { UpdateBody } from './flexible-server-body.ts';
import { flexibleServerJson } from './flexible-server-json.ts';
import type { MySql } from './mysql.ts';
import { type Encryption, setDataEncryption } from './revalidate.ts';
import { type DataEncryption, FLEXIBLE_WRITE, type FlexibleServer } from './server.ts';
import { accepted, failOnRefusal, written } from './server-operations.ts';
import { mergedIdentities, refuseUnassigned } from './user-identities.ts';
import { refuseUnlessReady, refuseWhenStopped, refuseWhileBusy } from './write-guard.ts';

/** The refusal that the Azure CLI gives for replicas; no document has the text of the service. */
const refuseOfReplica = ({ switches }: World, { copiedFrom }: FlexibleServer): void => {
  if (switches.flexibleReplicaWrites !== 'refused' || copiedFrom?.mode !== 'Replica') return;
  const message =
    'Data encryption cannot be modified on a server with replication role. Use the primary server instead.';
  throw new AzureError(400, 'OperationNotAllowedOnReplica', message);
};

/**
 * Identity, data encryption and tags. An inaccessible server permits only the changes that give it its key back. No document says
 * whether Azure lets go of the identity that the key is used with; the Azure CLI does not ask for it. Here `None` takes it.
 */
export const updateFlexibleServer = (
  world: World,
  mysql: MySql,
  server: FlexibleServer,
  call: Call,
  { identity, tags, properties }: UpdateBody,
): Answer => {
  refuseUnassignable(world, call, { id: server.id, write: FLEXIBLE_WRITE, identity });
  if (properties?.dataEncryption || identity) refuseOfReplica(world, server);
  refuseWhileBusy(world, server);
  const given = properties?.dataEncryption;
  if (tags || !(given || identity)) refuseUnlessReady(server, 'UpdateServer');
  refuseWhenStopped(server, 'UpdateServer');
  const identities = mergedIdentities(world, server.identities, identity);
  const dataEncryption = given ?? server.dataEncryption;
  if (dataEncryption && identity?.type !== 'None') refuseUnassigned(identities, dataEncryption);
  return accepted(world, call, server, {
    kind: given ? 'encrypt' : 'update',
    run: async () => {
      if (given) await encrypt(world, server, { identities, dataEncryption: given });
      else server.identities = identities;
      if (tags) server.tags = tags;
      mysql.watch();
      written(world, server);
      return flexibleServerJson(server, call.apiVersion, { busy: false, copies: mysql.servers.copies() });
    },
  });
};

/**
 * "Revalidate the data encryption" is documented for the portal alone; whether a PATCH that changes nothing does it is
 * not documented, hence the switch.
 */
const encrypt = async (world: World, server: FlexibleServer, encryption: Encryption): Promise<void> => {
  if (world.switches.flexibleNoChangePatch === 'ignored' && isAsBefore(server, encryption)) return;
  failOnRefusal(await setDataEncryption(world, server, encryption));
};

const isAsBefore = (server: FlexibleServer, { identities, dataEncryption }: Encryption): boolean => {
  const ids = (of: FlexibleServer['identities']) => Object.values(of).map(({ principalId }) => principalId);
  return (
    server.dataEncryption !== undefined &&
    sameId(ids(server.identities).sort().join(), ids(identities).sort().join()) &&
    sameId(canonical(server.dataEncryption), canonical(dataEncryption))
  );
};

const canonical = (encryption: DataEncryption): string => JSON.stringify(Object.entries(encryption).sort());
