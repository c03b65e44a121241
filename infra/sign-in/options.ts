import { parseArgs } from 'node:util';
import { readAppRoles } from '../definitions.ts';
import { CLOUDS, type CloudName } from './clouds.ts';
import { SCOPE, type Wanted } from './registration.ts';

export const HELP = `node infra/entra.ts --tenant <id> --url https://<app>.azurewebsites.net [options]

Makes, or completes, the app registration by which people sign in and action groups send alerts: roles (infra/app-roles.json),
scope, redirect of the page, the Azure CLI as a client, service principal, the role of action groups. Says what it would write,
and writes with --apply. What is there already is left as it is; nothing is ever taken away. A second run has nothing to do.

  --tenant <id>      the tenant in which it is registered: another one is refused
  --url <url>        where the app is, or its page (/api/ui of the app when left out); may be given more than once
  --apply            write
  --name <name>      display name; CMK Guardian when left out
  --unique <name>    by which it is found again; cmk-guardian when left out. One for each installation in a tenant
  --client-id <id>   complete this registration, which somebody else has made
  --owner <id>       object id of somebody who saves the action group; may be given more than once
  --cloud <name>     public, usgov or china; public when left out. The others are untried
  --help             this

Who runs it is whoever has signed in with az login (or what else DefaultAzureCredential of @azure/identity finds). Registering takes the
right to register applications; the role of action groups takes Application Administrator or Cloud Application Administrator.
`;

const OPTIONS = {
  tenant: { type: 'string' },
  url: { type: 'string', multiple: true },
  apply: { type: 'boolean', default: false },
  name: { type: 'string', default: 'CMK Guardian' },
  unique: { type: 'string', default: 'cmk-guardian' },
  'client-id': { type: 'string' },
  owner: { type: 'string', multiple: true },
  cloud: { type: 'string', default: 'public' },
  help: { type: 'boolean', default: false },
} as const;

export type Options =
  | { readonly kind: 'help' }
  | {
      readonly kind: 'run';
      readonly tenantId: string;
      readonly cloud: CloudName;
      readonly writes: boolean;
      readonly wanted: Wanted;
    };

/** The command line is wrong; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const guid = (option: string, value: string | undefined): string => {
  if (value === undefined) throw new UsageError(`--${option} is missing. --help tells more.`);
  if (!GUID.test(value)) throw new UsageError(`--${option} is '${value}', which is no GUID.`);
  return value.toLowerCase();
};

/** The path at which the app serves its page. */
const PAGE = '/api/ui';

/**
 * The redirect URI of a page is an https URL; only a URL of this machine may be without TLS. For the app's own address it is the
 * app's page.
 */
const redirect = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && url.hostname === 'localhost';
  if (!url || (url.protocol !== 'https:' && !isLocal) || url.hash !== '' || url.username !== '')
    throw new UsageError(`--url is '${text}', which is no https URL without a fragment and without a user.`);
  return url.pathname === '/' ? new URL(PAGE, url).href : url.href;
};

const cloudNamed = (name: string): CloudName => {
  if (name in CLOUDS) return name as CloudName;
  throw new UsageError(`--cloud is '${name}'; it is one of ${Object.keys(CLOUDS).join(', ')}.`);
};

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message} --help tells more.`);
  }
};

/** @throws UsageError */
export const readOptions = (words: readonly string[]): Options => {
  const values = parsed(words);
  if (values.help) return { kind: 'help' };
  const tenantId = guid('tenant', values.tenant);
  const redirectUris = (values.url ?? []).map(redirect);
  if (redirectUris.length === 0)
    throw new UsageError('--url is missing: people must come back somewhere from signing in.');
  const owners = (values.owner ?? []).map((id) => guid('owner', id));
  const clientId = values['client-id'] === undefined ? {} : { clientId: guid('client-id', values['client-id']) };
  const { name: displayName, unique: uniqueName } = values;
  const wanted = { uniqueName, displayName, redirectUris, appRoles: readAppRoles(), scope: SCOPE, owners, ...clientId };
  return { kind: 'run', tenantId, cloud: cloudNamed(values.cloud), writes: values.apply, wanted };
};
