/** `node infra/entra.ts --help`: makes the app registration with which people sign in and action groups send alerts. */
import { setTimeout } from 'node:timers/promises';
import { DefaultAzureCredential } from '@azure/identity';
import { CLOUDS, type CloudName } from './sign-in/clouds.ts';
import { runSignIn } from './sign-in/run.ts';

const token = async (cloud: CloudName, tenantId: string): Promise<string> => {
  const { login, graph } = CLOUDS[cloud];
  const credential = new DefaultAzureCredential({ tenantId, authorityHost: login });
  const { token: issued } = await credential.getToken(`${graph}/.default`);
  return issued;
};

process.exitCode = await runSignIn(process.argv.slice(2), {
  token,
  wait: (seconds) => setTimeout(seconds * 1_000),
  say: (text) => console.log(text),
});
