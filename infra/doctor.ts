/** `npm run doctor -- --help`: finds the faults of an installation, from outside. */
import { DefaultAzureCredential } from '@azure/identity';
import { ENDPOINTS } from './doctor/options.ts';
import { runDoctor } from './doctor/run.ts';
import { sendByFetch } from './sign-in/graph.ts';

process.exitCode = await runDoctor(process.argv.slice(2), {
  token: async (cloud, resource) => {
    const credential = new DefaultAzureCredential({ authorityHost: ENDPOINTS[cloud].login });
    return (await credential.getToken(`${resource}/.default`)).token;
  },
  send: sendByFetch,
  say: (text) => console.log(text),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
