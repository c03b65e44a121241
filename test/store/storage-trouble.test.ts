import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';
import { CredentialUnavailableError } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storageTrouble } from '../../src/store/storage-trouble.ts';

const DOCTOR = '`cmk-guardian doctor --app keeper`';

/** What Table Storage answers, with the ids and times behind its sentence. */
const bodyOf = (code: string, message: string): string =>
  JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: `${message}\nRequestId:1\nTime:2026` } } });

describe('What keeps the product from its storage', () => {
  let server: Server;
  let answer = { status: 200, body: '' };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  const errorAt = async (url: string): Promise<unknown> => {
    const credential = new AzureNamedKeyCredential('keeper', 'a2V5');
    const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
    return new TableClient(url, 'rows', credential, options).getEntity('a', 'b').catch((error: unknown) => error);
  };

  const refusedWith = async (status: number, code: string, message: string): Promise<unknown> => {
    answer = { status, body: bodyOf(code, message) };
    return errorAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  };

  it.each([
    [403, 'AuthorizationPermissionMismatch', /may not use its storage account\. Fix: give that identity the roles/],
    [403, 'AuthorizationFailure', /closed to the network of the app\. Fix: let the subnet of the app in/],
    [403, 'KeyBasedAuthenticationNotPermitted', /takes no shared key.* Fix: set GUARDIAN_STORAGE_ACCOUNT/],
    [403, 'AuthenticationFailed', /does not believe who asks\. Fix: where AzureWebJobsStorage holds a key/],
    [503, 'ServerBusy', /takes no more requests for now\. Fix: wait/],
    [429, 'TooManyRequests', /takes no more requests for now\. Fix: wait/],
    [418, 'Unheard', /cannot be read or written\. Fix: look at it from the side of Azure/],
  ])('is said first, then what to do, and last what Azure says, without its form: %i %s', async (...row) => {
    const [status, code, said] = row;
    const sentences = storageTrouble(await refusedWith(status, code, 'This is not authorized.'), DOCTOR);
    expect(sentences).toMatch(said);
    expect(sentences).toMatch(
      new RegExp(`; ${DOCTOR} tells more\\. Azure says: This is not authorized\\. \\(${code}\\)$`),
    );
  });

  it('is said without the signature of the address, which the page of a proxy may repeat', () => {
    const page =
      '<p>No way to https://keeper.table.core.windows.net/?sv=2025&sig=c2VjcmV0%3D&se=2027, AccountKey=c2VjcmV0;';
    const sentences = storageTrouble(Object.assign(new Error(page), { statusCode: 407 }), DOCTOR);
    expect(sentences).toContain('/?sv=2025&sig=…&se=2027, AccountKey=…;');
    expect(sentences).not.toContain('c2VjcmV0');
  });

  it('is the connection where nobody answers', async () => {
    const sentences = storageTrouble(await errorAt('http://127.0.0.1:1'), DOCTOR);
    expect(sentences).toMatch(
      /^Nothing accepts connections .* Fix: .* The error says: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    );
  });

  it('is the identity where there is no token', () => {
    const sentences = storageTrouble(new CredentialUnavailableError('ManagedIdentityCredential: none'), DOCTOR);
    expect(sentences).toMatch(/^The app gets no token .* Fix: see that its managed identity is assigned/);
  });
});
