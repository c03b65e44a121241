import { z } from 'zod';
import { TAGS } from '../arm/read-body.ts';

const AUTHENTICATION = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('SystemAssignedIdentity') }),
  z.strictObject({ type: z.literal('UserAssignedIdentity'), userAssignedIdentityResourceId: z.string().min(1) }),
  z.strictObject({
    type: z.literal('StorageAccountConnectionString'),
    storageAccountConnectionStringName: z.string().min(1),
  }),
]);

const CONTAINER = /^https:\/\/[a-z0-9]{3,24}\.blob\.core\.windows\.net\/[a-z0-9-]{3,63}$/;

const ALWAYS_READY_NAME = /^(?:http|durable|blob|function:[a-z][a-z0-9_-]*)$/i;

/** `FunctionAppConfig`; `siteUpdateStrategy` is in no version of Microsoft's types, and documented. */
const FUNCTION_APP_CONFIG = z.strictObject({
  deployment: z.strictObject({
    storage: z.strictObject({
      type: z.literal('blobContainer'),
      value: z.string().regex(CONTAINER, 'must be the URL of a container'),
      authentication: AUTHENTICATION,
    }),
  }),
  runtime: z.strictObject({ name: z.string().min(1), version: z.string().min(1) }),
  scaleAndConcurrency: z.strictObject({
    maximumInstanceCount: z.int().min(1).max(1000),
    instanceMemoryMB: z.literal([512, 2048, 4096], { error: 'must be 512, 2048 or 4096' }),
    alwaysReady: z
      .array(
        z.strictObject({
          name: z.string().regex(ALWAYS_READY_NAME, 'must be http, durable, blob or function:<name>'),
          instanceCount: z.int().min(0),
        }),
      )
      .default([]),
    triggers: z
      .strictObject({ http: z.strictObject({ perInstanceConcurrency: z.int().min(1).max(1000) }).optional() })
      .optional(),
  }),
  siteUpdateStrategy: z.strictObject({ type: z.enum(['Recreate', 'RollingUpdate']) }).optional(),
});

export type FunctionAppConfig = z.infer<typeof FUNCTION_APP_CONFIG>;

const SETTING = z.object({ name: z.string().min(1), value: z.string().nullish() });

const IDENTITY = z.object({
  type: z.enum([
    'None',
    'SystemAssigned',
    'UserAssigned',
    'SystemAssigned, UserAssigned',
    'SystemAssigned,UserAssigned',
  ]),
  userAssignedIdentities: z.record(z.string(), z.looseObject({}).nullable()).nullish(),
});

/** `Site` of 2023-12-01 to 2025-03-01, as a function app on Flex Consumption is put. */
export const SITE_PUT = z.object({
  location: z.string(),
  kind: z.literal('functionapp,linux', { error: 'a function app on Flex Consumption is functionapp,linux' }),
  tags: TAGS.default({}),
  identity: IDENTITY.optional(),
  properties: z.object({
    serverFarmId: z.string(),
    functionAppConfig: FUNCTION_APP_CONFIG,
    siteConfig: z.looseObject({ appSettings: z.array(SETTING).nullish() }).default({}),
    httpsOnly: z.boolean().default(false),
    clientAffinityEnabled: z.boolean().default(false),
    virtualNetworkSubnetId: z.string().nullish(),
    vnetRouteAllEnabled: z.boolean().optional(),
    outboundVnetRouting: z
      .object({ allTraffic: z.boolean().optional(), applicationTraffic: z.boolean().optional() })
      .optional(),
  }),
});

export type SitePut = z.infer<typeof SITE_PUT>;
export type SiteIdentityBody = z.infer<typeof IDENTITY>;
