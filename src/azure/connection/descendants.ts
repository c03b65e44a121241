import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { Listed } from '../../remediation/protocol/followed.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Connection } from './connection.ts';

const SERVICE = 'Microsoft.Management/managementGroups';

const GROUP = /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/i;

type Page = { readonly value?: unknown; readonly nextLink?: string | null };
type Entry = {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly properties?: { readonly displayName?: unknown } | null;
};

/** The longest name that Azure takes for a subscription, in characters. */
const LONGEST = 64;

/**
 * The name of a subscription on one line. Its owner may have written anything into it, and nothing is decided by it. Backticks go:
 * what stands in them in a message is a command of the product, which people paste.
 */
const nameIn = ({ properties }: Entry): { readonly name?: string } => {
  const { displayName } = properties ?? {};
  const name = typeof displayName === 'string' ? displayName.replaceAll(/[\p{C}\s`]+/gu, ' ').trim() : '';
  return name === '' ? {} : { name: [...name].slice(0, LONGEST).join('') };
};

/** `undefined`: neither a subscription nor a group in a form that is known. */
type Understood = Listed | 'group' | undefined;

/**
 * The list also holds management groups and their descendants; their type is spelled in more than one way. An entry that is
 * neither a group nor a known subscription, or that calls a subscription a group, may be a subscription in an unknown form.
 */
const understoodIn = (entry: Entry): Understood => {
  const { id, type } = entry;
  if (typeof id !== 'string') return undefined;
  if (GROUP.test(id)) return 'group';
  const parsed = parseResourceId(id);
  const isSubscription = parsed?.resourceGroup === undefined && parsed?.type === undefined;
  const isCalledGroup = String(type).toLowerCase().endsWith(SERVICE.toLowerCase());
  if (!isSubscription || isCalledGroup || parsed?.subscriptionId === undefined) return undefined;
  return { id: parsed.subscriptionId, ...nameIn(entry) };
};

/** A page without a list is no answer: it must not count as an empty list. */
const subscriptionsOf = ({ value }: Page): readonly Understood[] =>
  Array.isArray(value) ? (value as readonly (Entry | null)[]).map((one) => understoodIn(one ?? {})) : [undefined];

const readAll = async ({ arm, cloud }: Pick<Connection, 'arm' | 'cloud'>, path: string) => {
  const client = await arm();
  const read: Understood[] = [];
  let next: string | null | undefined = `${cloud.armEndpoint}${path}?api-version=${apiVersion(SERVICE)}`;
  const followed = new Set<string>();
  while (next) {
    // A list that leads back to itself never ends, and is no answer.
    if (followed.has(next)) return [undefined];
    followed.add(next);
    const page: Page = ((await client.follow(next)).body ?? {}) as Page;
    read.push(...subscriptionsOf(page));
    next = page.nextLink;
  }
  return read;
};

/**
 * All subscriptions below a management group, at any depth, each once: one call for each page. `unknown` where
 * Azure does not answer, now or for good, or where an entry of the list cannot be parsed. A refusal of Azure never
 * throws.
 */
export const readDescendants = async (
  connection: Pick<Connection, 'arm' | 'cloud'>,
  managementGroup: string,
): Promise<Fact<readonly Listed[]>> => {
  const scope = `/providers/${SERVICE}/${managementGroup}`;
  const listed = await readFact({ what: `the subscriptions below ${scope}`, scope }, () =>
    readAll(connection, `${scope}/descendants`),
  ).catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return unknown(error.message);
    throw error;
  });
  if (listed.kind !== 'present') return listed;
  const known = listed.value.filter((one) => one !== undefined);
  const subscriptions = known.filter((one) => one !== 'group');
  return known.length === listed.value.length
    ? present([...new Map(subscriptions.map((one) => [one.id, one])).values()])
    : unknown('Azure has answered with a list that is not understood');
};
