import type { Asked } from '../arm/rbac.ts';
import type { Incoming } from '../incoming.ts';
import type { StorageAccount } from './storage-account.ts';

/** One permission that lets a request pass: `action` and `dataAction` are Azure's names. */
type Needed = { action: string } | { dataAction: string };

/** The target of a request to the data of an account. Any one permission of `anyOf` at `scope` is enough. */
export type DataRequest = {
  service: DataService;
  container?: string | undefined;
  blob?: string | undefined;
  anyOf: Needed[];
  scope: string;
};

export const DATA_SERVICES = ['blob', 'queue', 'table'] as const;
export type DataService = (typeof DATA_SERVICES)[number];

const TYPE = 'Microsoft.Storage/storageAccounts';
const BLOBS = `${TYPE}/blobServices/containers/blobs`;
const MESSAGES = `${TYPE}/queueServices/queues/messages`;
const ENTITIES = `${TYPE}/tableServices/tables/entities`;

const action = (name: string): Needed => ({ action: `${TYPE}/${name}` });
const data = (name: string): Needed => ({ dataAction: name });

const isRead = ({ method }: Incoming): boolean => method === 'GET' || method === 'HEAD';
const verbOf = (incoming: Incoming): 'read' | 'write' | 'delete' => {
  if (isRead(incoming)) return 'read';
  return incoming.method === 'DELETE' ? 'delete' : 'write';
};

/** "Permissions for calling data operations", Microsoft Learn, authorize with Microsoft Entra ID. */
export const dataRequest = (incoming: Incoming, account: StorageAccount, service: DataService): DataRequest => {
  const segments = decodeURIComponent(incoming.path).split('/').filter(Boolean);
  if (service === 'blob') return blobRequest(incoming, account, segments);
  return service === 'queue' ? queueRequest(incoming, account, segments) : tableRequest(incoming, account, segments);
};

const blobRequest = (incoming: Incoming, { id, containers }: StorageAccount, segments: string[]): DataRequest => {
  const [container, ...rest] = segments;
  const comp = incoming.query.get('comp');
  if (container === undefined) return { service: 'blob', anyOf: accountNeeds(incoming, comp), scope: id };
  const scope = `${id}/blobServices/default/containers/${container}`;
  if (rest.length === 0) return { service: 'blob', container, anyOf: containerNeeds(incoming, comp), scope };
  const blob = rest.join('/');
  const isNew = !containers.get(container)?.blobs.has(blob);
  return { service: 'blob', container, blob, anyOf: blobNeeds(incoming, comp, isNew), scope };
};

const accountNeeds = (incoming: Incoming, comp: string | null): Needed[] => {
  if (comp === 'userdelegationkey') return [action('blobServices/generateUserDelegationKey/action')];
  if (comp === 'list') return [action('blobServices/containers/read')];
  if (comp === 'blobs') return [data(`${BLOBS}/filter/action`)];
  return [action(`blobServices/${verbOf(incoming)}`)];
};

const containerNeeds = (incoming: Incoming, comp: string | null): Needed[] => {
  if (comp === 'list') return [data(`${BLOBS}/read`)];
  if (comp === 'acl') return [action(`blobServices/containers/${isRead(incoming) ? 'getAcl' : 'setAcl'}/action`)];
  return [action(`blobServices/containers/${verbOf(incoming)}`)];
};

const blobNeeds = (incoming: Incoming, comp: string | null, isNew: boolean): Needed[] => {
  if (comp === 'tags') return [data(`${BLOBS}/tags/${verbOf(incoming)}`)];
  if (incoming.method === 'DELETE' && incoming.query.has('versionid'))
    return [data(`${BLOBS}/deleteBlobVersion/action`)];
  const mayAdd = isNew || comp === 'appendblock';
  return [
    data(`${BLOBS}/${verbOf(incoming)}`),
    ...(verbOf(incoming) === 'write' && mayAdd ? [data(`${BLOBS}/add/action`)] : []),
  ];
};

const queueRequest = (incoming: Incoming, { id }: StorageAccount, [queue, ...rest]: string[]): DataRequest => {
  const service = 'queue' as const;
  if (queue === undefined) {
    const listing = incoming.query.get('comp') === 'list';
    return {
      service,
      anyOf: [action(listing ? 'queueServices/queues/read' : `queueServices/${verbOf(incoming)}`)],
      scope: id,
    };
  }
  const scope = `${id}/queueServices/default/queues/${queue}`;
  if (rest.length === 0) return { service, anyOf: [action(`queueServices/queues/${verbOf(incoming)}`)], scope };
  return { service, anyOf: messageNeeds(incoming), scope };
};

/** A caller who takes a message from a queue reads it and hides it from others. */
const messageNeeds = (incoming: Incoming): Needed[] => {
  if (incoming.method === 'POST') return [data(`${MESSAGES}/add/action`), data(`${MESSAGES}/write`)];
  if (incoming.query.get('peekonly') === 'true') return [data(`${MESSAGES}/read`)];
  if (incoming.method === 'PUT') return [data(`${MESSAGES}/write`)];
  const own = incoming.method === 'DELETE' ? 'delete' : 'read';
  return [data(`${MESSAGES}/process/action`), data(`${MESSAGES}/${own}`)];
};

const tableRequest = (incoming: Incoming, { id }: StorageAccount, [first]: string[]): DataRequest => {
  const service = 'table' as const;
  if (first === undefined) return { service, anyOf: [action(`tableServices/${verbOf(incoming)}`)], scope: id };
  if (first === '$batch') return { service, anyOf: [data(`${ENTITIES}/write`)], scope: scopeOfBatch(incoming, id) };
  const named = /^Tables\('([^']+)'\)$/i.exec(first)?.[1];
  if (/^Tables($|\()/i.test(first))
    return { service, anyOf: [action(`tableServices/tables/${verbOf(incoming)}`)], scope: tableScope(id, named) };
  const table = first.replace(/\(.*$/, '');
  return { service, anyOf: entityNeeds(incoming), scope: tableScope(id, table) };
};

const tableScope = (id: string, table: string | undefined): string =>
  table === undefined ? id : `${id}/tableServices/default/tables/${table}`;

/** Every operation of a batch has the same table and partition. */
const scopeOfBatch = ({ text }: Incoming, id: string): string =>
  tableScope(id, /^(?:POST|PUT|PATCH|MERGE|DELETE|GET) https?:\/\/[^/]+\/([A-Za-z][A-Za-z0-9]*)/im.exec(text)?.[1]);

const entityNeeds = ({ method }: Incoming): Needed[] => {
  if (method === 'GET') return [data(`${ENTITIES}/read`)];
  if (method === 'DELETE') return [data(`${ENTITIES}/delete`)];
  if (method === 'POST') return [data(`${ENTITIES}/write`), data(`${ENTITIES}/add/action`)];
  return [data(`${ENTITIES}/write`), data(`${ENTITIES}/update/action`)];
};

/** The questions to the roles, in order; one positive answer is enough. */
export const askedOf = ({ anyOf, scope }: DataRequest, principalId: string): Asked[] =>
  anyOf.map((needed) => ({ principalId, scope, ...needed }));
