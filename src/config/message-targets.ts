import type { Parse } from './parse.ts';

const CHANNELS = ['teams', 'slack', 'pagerduty', 'cloudevents'] as const;
const KINDS = ['ask', 'run', 'report', 'unseen', 'alert', 'healthy', 'summary'] as const;
const IMPACTS = ['down', 'threatened'] as const;

/**
 * A receiver of messages, with the filter of its messages. `url` and `key` are secrets, since anybody who has them may
 * post.
 */
export type MessageTarget = {
  readonly name: string;
  readonly channel: (typeof CHANNELS)[number];
  /** For PagerDuty, the address of its Events API. */
  readonly url: string;
  /** The routing key of PagerDuty; empty for other channels. */
  readonly key: string;
  /** Empty: all kinds. */
  readonly kinds: readonly (typeof KINDS)[number][];
  readonly impact?: (typeof IMPACTS)[number];
  readonly scopes: readonly string[];
  readonly owners: readonly string[];
};

type Entry = Readonly<Record<string, unknown>>;

const EVENTS = {
  us: 'https://events.pagerduty.com/v2/enqueue',
  eu: 'https://events.eu.pagerduty.com/v2/enqueue',
} as const;

const MEMBERS = new Set(['name', 'channel', 'url', 'key', 'region', 'kinds', 'impact', 'harm', 'scopes', 'owners']);
const MOST = 20;

const isOneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value =>
  values.some((one) => one === value);

const isHttps = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return protocol === 'https:' && username === '' && password === '';
};

const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  value === undefined || (Array.isArray(value) && value.length > 0 && value.every(isItem));

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isScope = (value: unknown): boolean =>
  typeof value === 'string' && /^\/subscriptions\/[\w-]+(?:\/|$)/i.test(value);

const whereFaults = ({ channel, key, region, url }: Entry): readonly string[] => {
  if (channel !== 'pagerduty')
    return [
      ...(isHttps(url) ? [] : ['url must be an https URL without a password']),
      ...(key === undefined && region === undefined ? [] : ['key and region are for pagerduty alone']),
    ];
  return [
    ...(typeof key === 'string' && /^[\da-z]{32}$/i.test(key)
      ? []
      : ['key must be a routing key of 32 letters and digits']),
    ...(region === undefined || region === 'us' || region === 'eu' ? [] : ['region must be us or eu']),
    ...(url === undefined ? [] : ['url is none of pagerduty’s: region says where its events go']),
  ];
};

/** `harm` is the earlier name of `impact`: it is read in this version, and the next one does not know it. */
const impactFaults = ({ impact, harm }: Entry): readonly string[] => {
  if (impact !== undefined && harm !== undefined) return ['harm is the earlier name of impact: leave it out'];
  const given = impact ?? harm;
  return given === undefined || isOneOf(IMPACTS, given) ? [] : [`impact must be ${IMPACTS.join(' or ')}`];
};

/** Names the faulty member, and never its value, which may be a misplaced secret. */
const faultsOf = (entry: Entry): readonly string[] => [
  ...Object.keys(entry)
    .filter((member) => !MEMBERS.has(member))
    .map(() => `a member is none of ${[...MEMBERS].join(', ')}`),
  ...(typeof entry['name'] === 'string' && /^[a-z0-9-]{1,30}$/.test(entry['name'])
    ? []
    : ['name must be 1 to 30 lower-case letters, digits and hyphens']),
  ...(isOneOf(CHANNELS, entry['channel']) ? [] : [`channel must be one of ${CHANNELS.join(', ')}`]),
  ...(isOneOf(CHANNELS, entry['channel']) ? whereFaults(entry) : []),
  ...(isListOf(entry['kinds'], (one) => isOneOf(KINDS, one)) ? [] : [`kinds must be a list of ${KINDS.join(', ')}`]),
  ...impactFaults(entry),
  ...(isListOf(entry['scopes'], isScope) ? [] : ['scopes must be a list of ids that begin with /subscriptions/']),
  ...(isListOf(entry['owners'], isText) ? [] : ['owners must be a list of values of the owner tag']),
];

const targetOf = (entry: Entry): MessageTarget => {
  const {
    name,
    channel,
    url,
    key = '',
    region = 'us',
    kinds = [],
    harm,
    impact = harm,
    scopes = [],
    owners = [],
  } = entry as Entry & {
    readonly name: string;
    readonly channel: MessageTarget['channel'];
    readonly url: string;
    readonly key?: string;
    readonly region?: keyof typeof EVENTS;
    readonly kinds?: MessageTarget['kinds'];
    readonly harm?: MessageTarget['impact'];
    readonly impact?: MessageTarget['impact'];
    readonly scopes?: readonly string[];
    readonly owners?: readonly string[];
  };
  const where = { url: channel === 'pagerduty' ? EVENTS[region] : url, key };
  return { name, channel, ...where, kinds, ...(impact !== undefined && { impact }), scopes, owners };
};

const listIn = (text: string): readonly Entry[] | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.every((one) => one !== null && typeof one === 'object');
    return isList && value.length <= MOST ? value : undefined;
  } catch {
    return undefined;
  }
};

/** A list of targets as JSON. A fault is named by place and member, without any value. */
export const messageTargets: Parse<readonly MessageTarget[]> = (text) => {
  const entries = listIn(text);
  if (entries === undefined) return { wrong: [text], why: [`it is no JSON list of at most ${MOST} objects`] };
  const names = entries.map(({ name }) => name);
  const why = entries.flatMap((entry, n) => [
    ...faultsOf(entry).map((fault) => `entry ${n + 1}: ${fault}`),
    ...(names.indexOf(entry['name']) < n ? [`entry ${n + 1}: its name is that of another one`] : []),
  ]);
  return why.length > 0 ? { wrong: [text], why: [...new Set(why)] } : { value: entries.map(targetOf) };
};
