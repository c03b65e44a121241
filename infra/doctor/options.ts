import { parseArgs } from 'node:util';

export const HELP = `doctor --subscription <id> --group <name> --app <name> [--cloud public|usgov|china] [--json]

Looks at an installation from outside, where the app itself may not even start: the function app, its identity, settings, storage, roles
and their condition, also those that come through groups and in every subscription that GUARDIAN_SCOPE names or that lies below a
management group of it (which those are now it says), network and the private DNS
zones of its storage, functions, event subscriptions (of subscriptions and of single vaults), app registration, and /api/health. Says what
is wrong, each with the command that mends it. It reads only, with the rights of whoever has signed in (az login): Reader in all of these,
and to see the settings Website Contributor. What may not be read it calls unknown.

Exit code: 0 where nothing stops the product, 1 where something does, 2 for a wrong command line.
`;

const OPTIONS = {
  subscription: { type: 'string' },
  group: { type: 'string' },
  app: { type: 'string' },
  cloud: { type: 'string', default: 'public' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure; only `public` has been tried. */
export const ENDPOINTS = {
  public: {
    login: 'https://login.microsoftonline.com',
    arm: 'https://management.azure.com',
    graph: 'https://graph.microsoft.com',
  },
  usgov: {
    login: 'https://login.microsoftonline.us',
    arm: 'https://management.usgovcloudapi.net',
    graph: 'https://graph.microsoft.us',
  },
  china: {
    login: 'https://login.chinacloudapi.cn',
    arm: 'https://management.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
} as const;

export type CloudName = keyof typeof ENDPOINTS;

export type Options =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | {
      readonly kind: 'run';
      readonly subscriptionId: string;
      readonly group: string;
      readonly app: string;
      readonly cloud: CloudName;
      readonly asJson: boolean;
    };

const wrong = (why: string): Options => ({ kind: 'wrong', why: `${why} --help tells more.` });

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], options: OPTIONS }).values;
  } catch (error) {
    return error as Error;
  }
};

export const readOptions = (words: readonly string[]): Options => {
  const values = parsed(words);
  if (values instanceof Error) return wrong(values.message);
  if (values.help) return { kind: 'help' };
  const { subscription, group, app, cloud, json: asJson } = values;
  if (subscription === undefined || group === undefined || app === undefined)
    return wrong('--subscription, --group and --app say which function app to look at.');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscription)) return wrong('--subscription is no GUID.');
  if (!/^[\w-]{2,60}$/.test(app)) return wrong('--app is no name of a function app.');
  if (!/^[\w().-]{1,90}$/.test(group)) return wrong('--group is no name of a resource group.');
  if (!(cloud in ENDPOINTS)) return wrong(`--cloud is one of ${Object.keys(ENDPOINTS).join(', ')}.`);
  return { kind: 'run', subscriptionId: subscription, group, app, cloud: cloud as CloudName, asJson };
};
