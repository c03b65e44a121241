import { runSignIn } from '../sign-in/run.ts';
import type { Deployable } from './deployable.ts';

/** The registration as variables of infra/product. */
export type Registered = { readonly entra_client_id: string; readonly entra_object_id: string };

const GRAPH = 'https://graph.microsoft.com';

/** The output of `infra/entra.ts` for the engineer, who lets it write; rejects where it fails. */
const runEntra = async (place: Deployable, url: string): Promise<string> => {
  const said: string[] = [];
  const { tenantId } = place.cloud.world.entra;
  const code = await place.whilePassing(() =>
    runSignIn(['--tenant', tenantId, '--url', url, '--owner', place.owner, '--apply'], {
      token: () => place.token(GRAPH),
      send: place.send,
      wait: (seconds) => place.clock.sleep(seconds * 1_000),
      say: (text) => said.push(text),
    }),
  );
  if (code !== 0) throw new Error(`infra/entra.ts ended with ${code}:\n${said.join('\n')}`);
  return said.join('\n');
};

const idIn = (said: string, name: string): string => {
  const [, id] = new RegExp(`^${name} = "([0-9a-f-]{36})"$`, 'm').exec(said) ?? [];
  if (id === undefined) throw new Error(`infra/entra.ts does not tell ${name}:\n${said}`);
  return id;
};

/** Registers the app for this URL; a second run has nothing to do. */
export const register = async (place: Deployable, url: string): Promise<Registered> => {
  console.log('infra/entra.ts');
  const said = await runEntra(place, url);
  const again = await runEntra(place, url);
  if (!again.startsWith('Nothing to do')) throw new Error(`infra/entra.ts is not done after one run:\n${again}`);
  return {
    entra_client_id: idIn(said, 'entra_client_id'),
    entra_object_id: idIn(said, 'entra_object_id'),
  };
};
