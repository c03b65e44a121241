import { randomBytes } from 'node:crypto';
import { type CloudName, ENDPOINTS } from '../../infra/doctor/options.ts';
import { apiVersion } from '../../src/remediation/model/api-versions.ts';
import type { AddCommand } from '../acting.ts';
import { canaryAt } from '../canary/canary.ts';
import { saidIn } from '../canary/trial.ts';
import { TRIALS } from '../canary/trials/trials.ts';
import { tryAll } from '../canary/try-all.ts';
import { confirmed } from '../confirmed.ts';
import { Usage } from '../failure.ts';
import { withProgress } from '../progress.ts';
import { text } from '../sheet/sheet.ts';
import { triedSheet } from '../sheets/tried.ts';
import type { Way } from '../sign-in/ways.ts';
import type { Surroundings } from '../surroundings.ts';

type Options = { readonly vault: string; readonly cloud: string; readonly yes?: true };

const VAULT_ID =
  /^\/subscriptions\/[\w-]+\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.KeyVault\/vaults\/[\w-]+$/i;

const cloudNamed = (name: string): CloudName => {
  if (Object.hasOwn(ENDPOINTS, name)) return name as CloudName;
  throw new Usage(`--cloud is '${name}'; it is one of ${Object.keys(ENDPOINTS).join(', ')}.`);
};

const tokens =
  ({ signIn }: Pick<Surroundings, 'signIn'>, way: Way | undefined, authority: string) =>
  (resource: string): Promise<string> =>
    signIn(way, { scope: `${resource}/.default`, authority });

/** The host of a vault's keys, as Azure names it. */
const hostOf = async ({ send }: Surroundings, arm: string, vaultId: string, token: string): Promise<string> => {
  const url = `${arm}${vaultId}?api-version=${apiVersion('Microsoft.KeyVault/vaults')}`;
  const answer = await send({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
  const { properties } = (answer.body ?? {}) as { readonly properties?: { readonly vaultUri?: string } };
  if (answer.status === 200 && properties?.vaultUri) return new URL(properties.vaultUri).origin;
  throw new Error(`The vault cannot be read: Azure has answered ${saidIn(answer)}.`);
};

const tried = async (surroundings: Surroundings, { vault, cloud, yes }: Options, way: Way | undefined) => {
  if (!VAULT_ID.test(vault))
    throw new Usage(`'${vault}' is no id of a vault. az keyvault show --name <vault> --query id tells it.`);
  const { arm, login } = ENDPOINTS[cloudNamed(cloud)];
  const keyName = `guardian-canary-${randomBytes(4).toString('hex')}`;
  const writes = `In the vault ${vault} a new key ${keyName} is made, changed, deleted, recovered, and deleted again. No other key is touched.`;
  await confirmed({ surroundings }, { blocks: [text(writes)], question: 'Try it?', isGiven: yes === true });
  const token = tokens(surroundings, way, login);
  const host = await hostOf(surroundings, arm, vault, await token(arm));
  const canary = canaryAt({ host, vaultId: vault, keyName, arm }, { ...surroundings, token });
  return withProgress(surroundings, { what: 'Trying', total: TRIALS.length }, (advance) => tryAll(canary, advance));
};

export const addVerifyAzure: AddCommand = (program, { tells }) =>
  void program
    .command('verify-azure')
    .description(
      'Tries what no document says of Azure, and the product counts on, with a new key in a vault of yours, which it deletes again. Takes the role Key Vault Crypto Officer there, and Reader.',
    )
    .requiredOption('--vault <id>', 'the resource id of a vault in which nothing important is')
    .option('--cloud <name>', 'public, usgov or china', 'public')
    .option('--yes', 'without a question')
    .action(
      tells(async (surroundings, options: Options) =>
        triedSheet(await tried(surroundings, options, program.opts<{ readonly signIn?: Way }>().signIn)),
      ),
    );
