import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/azure/failure/classify.ts';
import { readFact } from '../../../src/azure/failure/read-fact.ts';
import { isVersionRefused } from '../../../src/azure/failure/version-refusal.ts';
import { API_VERSIONS, apiVersion } from '../../../src/remediation/model/api-versions.ts';

const KEY = '/subscriptions/s/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv/keys/cmk/versions/1';
const [NEWEST, EARLIER] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];
const MESSAGE =
  "No registered resource provider found for location 'uksouth' and API version '2026-02-01' for type 'vaults/keys'. " +
  "The supported api-versions are '2023-07-01, 2024-11-01'. The supported locations are 'uksouth'.";

const failure = (status: number, code: string, message = MESSAGE) => ({ status, code, message, correlationIds: [] });

/** A refusal as an SDK or the ARM client throws it, for a request to this address. */
const read = (url: string, { status, code, message }: ReturnType<typeof failure>) =>
  readFact({ what: 'key version cmk/1' }, () =>
    Promise.reject({ statusCode: status, request: { url }, details: { error: { code, message } } }),
  );

const reasonOf = async (...asked: Parameters<typeof read>): Promise<string> => {
  const fact = await read(...asked);
  return fact.kind === 'unknown' ? fact.reason : fact.kind;
};

describe('an api-version that Azure refuses', () => {
  it.each([
    [400, 'NoRegisteredProviderFound', MESSAGE],
    [404, 'NoRegisteredProviderFound', MESSAGE],
    [409, 'noregisteredproviderfound', ''],
    [404, 'InvalidResourceType', "The resource type 'roleAssignments' could not be found in the namespace 'N' for …"],
    [400, 'InvalidApiVersionParameter', "The api-version '2023-02-01' is invalid."],
    [
      400,
      'BadParameter',
      'The specified version (7.3) is not recognized. Consider using the latest supported version (7.1).',
    ],
  ])('%s %s says nothing of what was asked for', async (status, code, message) => {
    const refused = failure(status, code, message);
    expect(isVersionRefused(refused)).toBe(true);
    expect(classify(refused)).toBe('refused');
    expect(await read(`https://management.azure.com${KEY}`, refused)).toMatchObject({ kind: 'unknown' });
  });

  it.each([
    [404, 'KeyNotFound', 'absent'],
    [404, 'ResourceNotFound', 'absent'],
    [404, 'InvalidResourceNamespace', 'refused'],
    [400, 'BadParameter', 'refused'],
    [409, 'MissingSubscriptionRegistration', 'refused'],
  ])('is not %s %s', (status, code, meaning) => {
    const other = failure(status, code, 'because');
    expect([isVersionRefused(other), classify(other)]).toEqual([false, meaning]);
  });

  it('has a sentence of its own, which names it, what Azure serves, and what to do', async () => {
    const version = apiVersion('Microsoft.Authorization/locks');
    const list = `https://management.azure.com${KEY}/providers/Microsoft.Authorization/locks?api-version=${version}`;
    expect(await reasonOf(list, failure(404, 'InvalidResourceType'))).toBe(
      `key version cmk/1: Azure refuses the api-version ${version} of Microsoft.Authorization/locks ` +
        '(InvalidResourceType), which says nothing of what is there. It serves 2023-07-01, 2024-11-01. ' +
        'Fix: install a release of the product that speaks one of those that az provider show --namespace ' +
        'Microsoft.Authorization --query "[registrationState, resourceTypes[?resourceType==\'locks\'].apiVersions]" ' +
        'shows, if that is Registered',
    );
  });

  it('is named with all that were tried, where there are several', async () => {
    const reason = await reasonOf(
      `https://management.azure.com${KEY}?api%2Dversion=${EARLIER}`,
      failure(400, 'NoRegisteredProviderFound', 'Pagination failed'),
    );
    expect(reason).toContain(
      `refuses the api-versions ${NEWEST} and ${EARLIER} of Microsoft.KeyVault/vaults/keys/versions (`,
    );
    expect(reason).not.toContain('It serves');
  });

  it('is named also on the data plane of a vault', async () => {
    const url = 'https://kv.vault.azure.net/keys/cmk/1?api-version=2025-07-01';
    const reason = await reasonOf(
      url,
      failure(400, 'BadParameter', 'The specified version (2025-07-01) is not recognized.'),
    );
    expect(reason).toContain('refuses the api-version 2025-07-01 of kv.vault.azure.net (BadParameter)');
    expect(reason).toMatch(/Fix: install a release of the product that speaks another one$/);
  });

  it('is told where nobody knows what was asked', async () => {
    expect(await reasonOf('', failure(400, 'NoRegisteredProviderFound'))).toMatch(
      /^key version cmk\/1: Azure refuses the api-version of what was asked \(NoRegisteredProviderFound\)/,
    );
  });
});
