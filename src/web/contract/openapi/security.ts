import type { Route } from '../../../surface.ts';
import { ROLES } from '../../../surface.ts';

const BEARER = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
} as const;

/** How callers are proven. A requirement of `entra` names the app roles: the person must have one of them. */
export const SECURITY_SCHEMES = {
  entra: {
    ...BEARER,
    description: 'A token of Microsoft Entra for this API, of a person with one of the app roles that are named.',
  },
  actionGroup: {
    ...BEARER,
    description: 'The token of a secure webhook of Azure Monitor, with the app role ActionGroupsSecureWebhook.',
  },
  functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key', description: 'A key of the function app.' },
  masterKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-functions-key',
    description: 'The master key of the function app (`_master`).',
  },
} as const;

type Requirement = Readonly<Partial<Record<keyof typeof SECURITY_SCHEMES, readonly string[]>>>;

/** Which callers may use a route by its own path: each role may do what the roles before it may. */
export const securityOf = ({ opens }: Pick<Route, 'opens'>): readonly Requirement[] => {
  if (opens === 'anybody') return [{}];
  // Without a secure webhook an action group sends a key, to the same path.
  if (opens === 'actionGroup') return [{ actionGroup: [] }, { functionKey: [] }];
  return [{ entra: ROLES.slice(ROLES.indexOf(opens)) }];
};

/** Which callers may use the twin of a route below `/api/keyed`. */
export const securityOfTwin = ({ keyed }: Pick<Route, 'keyed'>): readonly Requirement[] =>
  keyed.level === 'admin' ? [{ masterKey: [] }] : [{ functionKey: [] }];
