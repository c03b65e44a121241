import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { ACCOUNT_PATH, findAccount, STORAGE_VERSIONS } from './find-account.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type StorageAccount } from './storage-account.ts';

const TYPE = `${ACCOUNT_TYPE}/managementPolicies`;
const PATH = `${ACCOUNT_PATH}/managementPolicies/{policy}`;

const days = z.number().min(0);
const afterModification = z.strictObject({
  daysAfterModificationGreaterThan: days.optional(),
  daysAfterCreationGreaterThan: days.optional(),
  daysAfterLastAccessTimeGreaterThan: days.optional(),
  daysAfterLastTierChangeGreaterThan: days.optional(),
});
const afterCreation = z.strictObject({
  daysAfterCreationGreaterThan: days,
  daysAfterLastTierChangeGreaterThan: days.optional(),
});
const moves = <T extends z.ZodType>(when: T) => ({
  delete: when.optional(),
  tierToArchive: when.optional(),
  tierToCold: when.optional(),
  tierToCool: when.optional(),
  tierToHot: when.optional(),
});

/** "Configure a lifecycle management policy": 1 to 100 rules, each of blobs, with at least one move. */
const lifecycleBody = z.object({
  properties: z.strictObject({
    lastModifiedTime: z.unknown().optional(),
    policy: z.strictObject({
      rules: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[A-Za-z0-9-]{1,256}$/),
            enabled: z.boolean().optional(),
            type: z.literal('Lifecycle'),
            definition: z.strictObject({
              filters: z
                .strictObject({
                  blobTypes: z.array(z.enum(['blockBlob', 'appendBlob'])).min(1),
                  prefixMatch: z.array(z.string()).max(10).optional(),
                  blobIndexMatch: z.array(z.unknown()).optional(),
                })
                .optional(),
              actions: z
                .strictObject({
                  baseBlob: z
                    .strictObject({ ...moves(afterModification), enableAutoTierToHotFromCool: z.boolean().optional() })
                    .optional(),
                  snapshot: z.strictObject(moves(afterCreation)).optional(),
                  version: z.strictObject(moves(afterCreation)).optional(),
                })
                .refine((actions) => Object.keys(actions).length > 0, { error: 'a rule has at least one action' }),
            }),
          }),
        )
        .min(1)
        .max(100),
    }),
  }),
});

/** managementPolicies/default: checked, kept and shown. Nothing here is moved or deleted by it. */
export const lifecycleRoutes = ({ clock }: World, storage: Storage): Route[] => {
  const route = (method: string, verb: string, handle: (account: StorageAccount, call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path: PATH,
    apiVersions: STORAGE_VERSIONS,
    action: `${TYPE}/${verb}`,
    handle: (call) => {
      if (call.params['policy'] === 'default') return handle(findAccount(storage, call), call);
      throw new AzureError(400, 'InvalidManagementPolicyName', "The name of the management policy must be 'default'.");
    },
  });
  return [
    route('GET', 'read', (account) => answer(account)),
    route('PUT', 'write', (account, call) => {
      const { policy } = readBody(lifecycleBody, call.body).properties;
      account.lifecycle = { policy, writtenAt: clock.now() };
      return answer(account);
    }),
    route('DELETE', 'delete', (account) => {
      const existed = account.lifecycle !== undefined;
      delete account.lifecycle;
      return { status: existed ? 200 : 204 };
    }),
  ];
};

const answer = ({ id, lifecycle }: StorageAccount): Answer => {
  if (!lifecycle) throw new AzureError(404, 'ManagementPolicyNotFound', 'No ManagementPolicy found for account.');
  const { policy, writtenAt } = lifecycle;
  return {
    status: 200,
    body: {
      id: `${id}/managementPolicies/default`,
      name: 'DefaultManagementPolicy',
      type: TYPE,
      properties: { policy, lastModifiedTime: new Date(writtenAt).toISOString() },
    },
  };
};
