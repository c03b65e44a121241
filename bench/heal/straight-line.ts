/**
 * The smallest heal as a script: no decision, no record, no lease. A process of its own on the clock; told `heal`, it
 * answers `healed`. It proves that the list heals, and is what the product's wall time is compared with.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { MySQLManagementClient } from '@azure/arm-mysql';
import { ManagedIdentityCredential } from '@azure/identity';
import { KeyClient } from '@azure/keyvault-keys';
import { createArmClient } from '../../src/azure/http/arm-client.ts';
import { createHttpClient } from '../../src/azure/http/http-client.ts';
import { apiVersion } from '../../src/remediation/model/api-versions.ts';
import { KEY_NAME, RESOURCE_GROUP, SERVER_NAME, VAULT_NAME } from './place.ts';

const [subscription = '', version = ''] = process.argv.slice(2);
const YEAR_MS = 365 * 86_400_000;
const API = apiVersion('Microsoft.DBforMySQL/servers/keys');
const endpoint = 'https://management.azure.com';

const credential = new ManagedIdentityCredential();
const httpClient = await createHttpClient();
const { vaults } = new KeyVaultManagementClient(credential, subscription, { httpClient });
const { servers, serverKeys } = new MySQLManagementClient(credential, subscription, { httpClient });
const keys = new KeyClient(`https://${VAULT_NAME}.vault.azure.net`, credential, { httpClient });
const arm = await createArmClient({ endpoint, credential, httpClient });

const readServer = async () => {
  const { id } = await servers.get(RESOURCE_GROUP, SERVER_NAME);
  const [key] = await Array.fromAsync(serverKeys.list(RESOURCE_GROUP, SERVER_NAME));
  if (!key?.uri) throw new Error('the server has no key');
  return { path: `${id}/keys/${key.name}`, uri: key.uri };
};

const look = async (): Promise<void> => {
  await readKey();
  await readServer();
};

const readKey = async (): Promise<void> => {
  await vaults.get(RESOURCE_GROUP, VAULT_NAME);
  await keys.getKey(KEY_NAME, { version });
};

const revalidate = async (): Promise<void> => {
  const { path, uri } = await readServer();
  await readKey();
  const body = { properties: { serverKeyType: 'AzureKeyVault', uri } };
  const write = { method: 'PUT', path, apiVersion: API, body } as const;
  let answer = await arm.write(write, AbortSignal.timeout(60_000));
  const statusUrl = answer.header('azure-asyncoperation') ?? '';
  for (let retryAfter = answer.header('retry-after'); retryAfter; retryAfter = answer.header('retry-after')) {
    await sleep(Number(retryAfter) * 1_000);
    answer = await arm.follow(statusUrl);
  }
};

const heal = async (): Promise<void> => {
  await look();
  await readKey();
  await keys.updateKeyProperties(KEY_NAME, version, { expiresOn: new Date(Date.now() + YEAR_MS) });
  await revalidate();
  await look();
};

process.on('message', async () => {
  await heal();
  process.send?.('healed');
});
process.on('disconnect', () => process.exit());
