import type { Fact } from '../../remediation/model/facts.ts';
import { toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import type { ArmClient } from '../http/arm-client.ts';

/**
 * The code by which Resource Manager says that a subscription has not registered a provider. Such a subscription has no
 * resources of the provider: a provider with resources cannot be unregistered ("Azure resource providers and types").
 */
const UNREGISTERED = 'missingsubscriptionregistration';

/** Of each resource only what `keep` makes of it: a page that Azure has sent takes many times its memory. */
const keptOf = async <Resource, Kept>(
  pages: AsyncIterable<readonly Resource[]>,
  keep: (resource: Resource) => Kept,
): Promise<readonly Kept[]> => {
  const kept: Kept[] = [];
  for await (const page of pages) for (const resource of page) kept.push(keep(resource));
  return kept;
};

/**
 * Lists all resources of one kind in a scope, page by page. `kind` begins a sentence: `the MySQL single servers`. A list of which a
 * page cannot be read is unknown as a whole. `keep` must not throw.
 */
export const readList = <Resource, Kept>(
  kind: string,
  { id: scope }: { readonly id: string },
  pages: () => AsyncIterable<readonly Resource[]>,
  keep: (resource: Resource) => Kept,
): Promise<Fact<readonly Kept[]>> =>
  readFact({ what: `${kind} of ${scope}`, scope }, () =>
    keptOf(pages(), keep).catch((error: unknown) => {
      if (toFailure(error).code.toLowerCase() === UNREGISTERED) return [];
      throw error;
    }),
  );

/** The pages of a list of Resource Manager. The client is opened on first use, where an error is one of the list. */
export async function* pagesOf(
  arm: () => Promise<Pick<ArmClient, 'pages'>>,
  path: string,
  apiVersion: string,
): AsyncGenerator<readonly unknown[]> {
  yield* (await arm()).pages(path, apiVersion);
}
