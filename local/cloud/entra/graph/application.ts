import { z } from 'zod';

const appRole = z.strictObject({
  id: z.guid(),
  value: z.string().max(250).nullable(),
  displayName: z.string().min(1),
  description: z.string().min(1),
  allowedMemberTypes: z.array(z.enum(['User', 'Application'])).min(1),
  isEnabled: z.boolean().default(true),
});

const scope = z.strictObject({
  id: z.guid(),
  value: z.string().max(120),
  type: z.enum(['User', 'Admin']),
  isEnabled: z.boolean().default(true),
  adminConsentDisplayName: z.string().min(1),
  adminConsentDescription: z.string().min(1),
  userConsentDisplayName: z.string().nullish(),
  userConsentDescription: z.string().nullish(),
});

const preAuthorized = z.strictObject({ appId: z.guid(), delegatedPermissionIds: z.array(z.guid()) });

const api = z.strictObject({
  acceptMappedClaims: z.boolean().nullish(),
  knownClientApplications: z.array(z.guid()).optional(),
  oauth2PermissionScopes: z.array(scope).optional(),
  preAuthorizedApplications: z.array(preAuthorized).optional(),
  requestedAccessTokenVersion: z.union([z.literal(1), z.literal(2)]).nullish(),
});

/**
 * The writable properties of an application: https://learn.microsoft.com/graph/api/resources/application. Read-only and unknown
 * properties are refused. Properties that no story needs are refused too, since this cloud does not have Entra's rules for them.
 */
export const applicationBody = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  description: z.string().max(1024).nullish(),
  notes: z.string().nullish(),
  signInAudience: z
    .enum(['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount'])
    .optional(),
  identifierUris: z.array(z.string()).optional(),
  spa: z.strictObject({ redirectUris: z.array(z.string()) }).optional(),
  web: z.strictObject({ redirectUris: z.array(z.string()) }).optional(),
  api: api.optional(),
  appRoles: z.array(appRole).optional(),
  tags: z.array(z.string()).optional(),
});

export type ApplicationBody = z.infer<typeof applicationBody>;

export type Scope = z.infer<typeof scope>;

export type AppRole = z.infer<typeof appRole>;

/** An application object as Graph shows it, as far as it is played. */
export type Application = {
  id: string;
  appId: string;
  uniqueName: string | null;
  displayName: string;
  description: string | null;
  notes: string | null;
  signInAudience: string;
  identifierUris: string[];
  spa: { redirectUris: string[] };
  web: { redirectUris: string[] };
  api: {
    acceptMappedClaims: boolean | null;
    knownClientApplications: string[];
    oauth2PermissionScopes: Scope[];
    preAuthorizedApplications: z.infer<typeof preAuthorized>[];
    requestedAccessTokenVersion: 1 | 2 | null;
  };
  appRoles: AppRole[];
  tags: string[];
  createdDateTime: string;
  publisherDomain: string;
};

const EMPTY_API: Application['api'] = {
  acceptMappedClaims: null,
  knownClientApplications: [],
  oauth2PermissionScopes: [],
  preAuthorizedApplications: [],
  requestedAccessTokenVersion: null,
};

const without = <Body extends object>(body: Body): Partial<Body> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<Body>;

/** A property that a write leaves out stays as it is; a collection in the write is replaced as a whole. */
export const written = (before: Application, { api: given, ...rest }: ApplicationBody): Application =>
  ({ ...before, ...without(rest), api: { ...before.api, ...without(given ?? {}) } }) as Application;

export const emptyApplication = (
  ids: Pick<Application, 'id' | 'appId' | 'uniqueName' | 'createdDateTime'>,
): Application => ({
  ...ids,
  displayName: '',
  description: null,
  notes: null,
  signInAudience: 'AzureADandPersonalMicrosoftAccount',
  identifierUris: [],
  spa: { redirectUris: [] },
  web: { redirectUris: [] },
  api: EMPTY_API,
  appRoles: [],
  tags: [],
  publisherDomain: 'example.onmicrosoft.com',
});
