import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Connection } from './connection.ts';

const SERVICE = 'Microsoft.Management/managementGroups';

/** More pages than a tenant may have subscriptions and management groups: a list that leads back to itself ends here. */
const MOST_PAGES = 1_000;

type Page = { readonly value?: unknown; readonly nextLink?: string | null };
type Entry = { readonly id?: string; readonly type?: string };

/** Management groups are listed as well, and what lies below them. What is neither may be a subscription that is not understood. */
const subscriptionIn = ({ id, type }: Entry): string | undefined => {
  if (type?.toLowerCase() === SERVICE.toLowerCase()) return '';
  const parsed = typeof id === 'string' ? parseResourceId(id) : undefined;
  return parsed?.resourceGroup === undefined && parsed?.type === undefined ? parsed?.subscriptionId : undefined;
};

/** A page without a list is no answer: it must not pass for one without subscriptions. */
const subscriptionsOf = ({ value }: Page): readonly (string | undefined)[] =>
  Array.isArray(value) ? (value as readonly (Entry | null)[]).map((one) => subscriptionIn(one ?? {})) : [undefined];

const readAll = async ({ arm, cloud }: Pick<Connection, 'arm' | 'cloud'>, path: string) => {
  const client = await arm();
  const read: (string | undefined)[] = [];
  let next: string | null | undefined = `${cloud.armEndpoint}${path}?api-version=${apiVersion(SERVICE)}`;
  for (let pages = 0; next; pages += 1) {
    if (pages === MOST_PAGES) return [undefined];
    const page: Page = ((await client.follow(next)).body ?? {}) as Page;
    read.push(...subscriptionsOf(page));
    next = page.nextLink;
  }
  return read;
};

/**
 * Ids (GUIDs) of all subscriptions below a management group, however deep: one call for each page. `unknown` where Azure does not
 * answer, now or for good, or where any entry of the list is not understood. Never throws what Azure has refused.
 */
export const readDescendants = async (
  connection: Pick<Connection, 'arm' | 'cloud'>,
  managementGroup: string,
): Promise<Fact<readonly string[]>> => {
  const scope = `/providers/${SERVICE}/${managementGroup}`;
  const listed = await readFact({ what: `the subscriptions below ${scope}`, scope }, () =>
    readAll(connection, `${scope}/descendants`),
  ).catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return unknown(error.message);
    throw error;
  });
  if (listed.kind !== 'present') return listed;
  const known = listed.value.filter((one) => one !== undefined);
  return known.length === listed.value.length
    ? present([...new Set(known.filter((one) => one !== ''))])
    : unknown('Azure has answered with a list that is not understood');
};
