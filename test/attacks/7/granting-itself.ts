import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { productId } from '../../../local/cloud/worlds/product.ts';
import type { App } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { LISTENING } from '../quiet-apps.ts';
import { outcome } from '../witness.ts';

const VAULT = 'kv-granting';
const CRYPTO_USER = 'e147488a-f6f5-4113-8e2d-b22465e65bf6';
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

const productOf = ({ cloud }: App) => {
  const found = cloud.world.entra.managedIdentity(productId);
  if (!found) throw new Error('the product has no identity');
  return found;
};

/** A request to Azure Resource Manager with the product's own token. Returns the status of the answer. */
const putAsProduct = async (app: App, path: string, body: unknown): Promise<number> => {
  const { cloud } = app;
  const token = await cloud.world.entra.issue({ principal: productOf(app), audience: 'https://management.azure.com' });
  const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${cloud.port}` };
  const agent = new https.Agent({ proxyEnv, ca: readFileSync(cloud.caFile) });
  const headers = createHttpHeaders({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  const url = `https://management.azure.com${path}`;
  const request = createPipelineRequest({ url, method: 'PUT', headers, body: JSON.stringify(body) });
  request.agent = agent;
  const { status } = await createDefaultHttpClient().sendRequest(request);
  agent.destroy();
  return status;
};

/** Only the condition on the product's role stops the attacker: Azure refuses any process that acts as the product. */
export const grantingItself: Attack = {
  item: '7',
  sentence: 'the holder of the identity of the product gives it the use of a key, and takes the condition off its role',
  plan: LISTENING,
  play: async (app) => {
    const { world } = app.cloud;
    const { objectId } = productOf(app);
    const own = () => world.rbac.assignments().filter(({ principalId }) => principalId === objectId);
    const before = JSON.stringify(own());
    const put = (scope: string, name: string, role: string) =>
      putAsProduct(app, `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`, {
        properties: {
          roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
          principalId: objectId,
          principalType: 'ServicePrincipal',
        },
      });
    const vault = world.keyVault.vault(VAULT)?.id ?? '';
    const statuses = [await put(`${vault}/keys/cmk`, randomUUID(), CRYPTO_USER), await put(vault, randomUUID(), OWNER)];
    for (const { scope, name, role, condition } of own())
      if (condition !== undefined) statuses.push(await put(scope, name, role));
    return outcome(
      { writes: [], verdict: `Azure answers ${statuses.join(', ')}` },
      {
        'every request is refused': statuses.length === 3 && statuses.every((status) => status === 403),
        'the product has what it had': JSON.stringify(own()) === before,
      },
    );
  },
};
