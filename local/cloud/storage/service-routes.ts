import { z } from 'zod';
import { readBody } from '../arm/read-body.ts';
import type { Answer, Route } from '../service.ts';
import { ACCOUNT_PATH, findAccount, STORAGE_VERSIONS } from './find-account.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, SERVICES, type StorageAccount, type StorageService } from './storage-account.ts';

const unread = z.unknown().optional();
const cors = z.strictObject({ corsRules: z.array(z.unknown()).optional() }).optional();
const retention = z
  .strictObject({
    enabled: z.boolean().optional(),
    days: z.int().min(1).max(365).optional(),
    allowPermanentDelete: unread,
  })
  .optional();

/** The properties of each service; they are kept and shown, and have no effect in this cloud. */
const PROPERTIES: Readonly<Record<StorageService, z.ZodType<Record<string, unknown>>>> = {
  blob: z.strictObject({
    isVersioningEnabled: z.boolean().optional(),
    automaticSnapshotPolicyEnabled: z.boolean().optional(),
    changeFeed: unread,
    containerDeleteRetentionPolicy: retention,
    cors,
    defaultServiceVersion: z.string().optional(),
    deleteRetentionPolicy: retention,
    lastAccessTimeTrackingPolicy: unread,
    restorePolicy: unread,
  }),
  queue: z.strictObject({ cors }),
  table: z.strictObject({ cors }),
  file: z.strictObject({ cors, protocolSettings: unread, shareDeleteRetentionPolicy: retention }),
};

const bodyOf = (service: StorageService) =>
  z.object({ properties: PROPERTIES[service].default({}), sku: unread, id: unread, name: unread, type: unread });

/** blobServices/default, queueServices/default, tableServices/default and fileServices/default of an account. */
export const serviceRoutes = (storage: Storage): Route[] =>
  SERVICES.flatMap((service) => {
    const path = `${ACCOUNT_PATH}/${service}Services`;
    const route = (method: string, at: string, verb: string, handle: Route['handle']): Route => ({
      plane: 'arm',
      method,
      path: at,
      apiVersions: STORAGE_VERSIONS,
      action: `${ACCOUNT_TYPE}/${service}Services/${verb}`,
      handle,
    });
    const shown = (account: StorageAccount) => serviceJson(account, service);
    const answer = (account: StorageAccount): Answer => ({ status: 200, body: shown(account) });
    return [
      route('GET', path, 'read', (call) => ({ status: 200, body: { value: [shown(findAccount(storage, call))] } })),
      route('GET', `${path}/default`, 'read', (call) => answer(findAccount(storage, call))),
      route('PUT', `${path}/default`, 'write', (call) => {
        const account = findAccount(storage, call);
        const { properties } = readBody(bodyOf(service), call.body ?? {});
        account.services[service] = { ...account.services[service], ...properties };
        return answer(account);
      }),
    ];
  });

const serviceJson = ({ id, sku, services }: StorageAccount, service: StorageService) => ({
  id: `${id}/${service}Services/default`,
  name: 'default',
  type: `${ACCOUNT_TYPE}/${service}Services`,
  ...(service === 'blob' || service === 'file' ? { sku: { ...sku, tier: sku.name.split('_')[0] } } : {}),
  properties: {
    cors: { corsRules: [] },
    ...(service === 'blob' && { deleteRetentionPolicy: { enabled: false } }),
    ...services[service],
  },
});
