import { askApp } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { examine } from './examined.ts';
import { productOf } from './mistakes.ts';
import type { Page } from './page.ts';
import { expiredKey, type Guarded, MINUTE, within } from './stories.ts';

/*
 * A subscription beside that of the product, with a server, a vault and a key of its own. The product looks after both once `scopes` names
 * both: its rights are made in each by infra/modules/rights.
 */

export const OTHER = '0b0b0b0b-0000-4000-8000-000000000002';
const SCOPE = `/subscriptions/${OTHER}`;
const ARM = 'https://management.azure.com';

/** What infra/product makes in a subscription and AzAPI does not register there: it looks at its own alone. */
const PROVIDERS = ['Microsoft.EventGrid', 'Microsoft.Insights'];

export const BILLS = { root: 'examples/mysql-flexible', vault: 'kv-bills', key: 'cmk', demand: { name: 'bills' } };

export const BILLS_GROUP = `${SCOPE}/resourceGroups/rg-bills`;

/** By what the page's command sends, as the owner. */
const register = async (place: Deployable): Promise<void> => {
  const { entra, rbac } = place.cloud.world;
  const principal = entra.createUser({ name: 'other-owner' });
  rbac.assign({ scope: SCOPE, role: 'Owner', principalId: principal.objectId, principalType: 'User' });
  const authorization = `Bearer ${await entra.issue({ principal, audience: ARM })}`;
  for (const namespace of PROVIDERS) {
    const url = `${ARM}${SCOPE}/providers/${namespace}/register?api-version=2021-04-01`;
    const { status, body } = await place.send({ method: 'POST', url, headers: { authorization }, body: {} });
    if (status >= 300) throw new Error(`${namespace} cannot be registered: ${status} ${JSON.stringify(body)}`);
  }
};

/** The person who deploys also owns this subscription, and the engineer may read it. */
export const openOther = (place: Deployable): void => {
  const { entra, rbac, subscriptions } = place.cloud.world;
  subscriptions.add({ id: OTHER, name: 'Other', tenantId: entra.tenantId, registrations: new Map() });
  const assign = (principalId: string, role: string, principalType: 'User' | 'ServicePrincipal') =>
    rbac.assign({ scope: SCOPE, role, principalId, principalType });
  assign(place.owner, 'Owner', 'ServicePrincipal');
  assign(place.engineer.objectId, 'Reader', 'User');
};

/** The providers that docs/deploy.md names are registered: by its own command where there is the Azure CLI. */
export const registerOther = async (place: Deployable, page: Page): Promise<void> => {
  await page.follow('More subscriptions', /^az provider register /);
  if (!page.hasAzureCli) await register(place);
};

type Reconciliation = {
  readonly key: string;
  readonly verdict: string;
  readonly nextAction: { readonly sentence: string };
};

/** What the product says of the key, once that holds; rejects with the sentence where it does not within so many minutes. */
const toldOf = async (
  place: Deployable,
  { vault, key }: Guarded,
  sentence: string,
  holds: (one: Reconciliation) => boolean,
): Promise<void> => {
  let told: readonly Reconciliation[] = [];
  for (let passed = 0; passed < 15; passed += 1) {
    const { value } = (await askApp(place, 'reconciliations?verdict=all')) as { value: readonly Reconciliation[] };
    told = value.filter((one) => one.key === `https://${vault}.vault.azure.net/keys/${key}`);
    if (told.some(holds)) return;
    await place.clock.advance(MINUTE);
  }
  throw new Error(`${sentence}: not within 15 minutes, but ${JSON.stringify(told)}`);
};

const isWell = ({ verdict }: Reconciliation): boolean => verdict === 'healthy';

/** Takes everything that the product holds in the other subscription; returns what gives it back. */
const takeRights = (place: Deployable): (() => void) => {
  const { rbac } = place.cloud.world;
  const product = productOf(place);
  const held = rbac
    .assignments()
    .filter(({ scope, principalId }) => principalId === product && scope.toLowerCase().startsWith(SCOPE));
  if (held.length === 0) throw new Error('the product holds nothing in the other subscription');
  for (const { scope, name } of held) rbac.unassign(scope, name);
  return () => {
    for (const { scope, role, name, principalId, principalType, madeBy, condition } of held)
      rbac.assign({
        scope,
        role,
        name,
        principalId,
        principalType,
        madeBy,
        ...(condition !== undefined && { condition }),
      });
  };
};

const PARTS = ['Observe', 'Keys', 'Grants', 'Consumers'].map((part) => `CMK Guardian ${part}`);

/** The doctor says of each part of the role that it is missing there, with the command that gives it. */
const doctorTells = async (place: Deployable): Promise<void> => {
  const findings = await examine(place);
  const missed = PARTS.filter(
    (part) =>
      !findings.some(
        ({ sentence, commands }) =>
          sentence.includes(`no role with what '${part}' allows, in subscription ${OTHER}`) &&
          commands.some((one) => one.includes(`--role '${part}' --scope ${SCOPE}`)),
      ),
  );
  if (missed.length > 0 || findings.length > PARTS.length)
    throw new Error(`the doctor was to miss ${PARTS.join(', ')} there alone, and said: ${JSON.stringify(findings)}`);
};

/** Without its rights there the product says that it sees nothing, with the command that mends it, and goes on once it has them. */
const tellsOfRights = async (place: Deployable): Promise<void> => {
  const giveBack = takeRights(place);
  const fix = `az role assignment create --role 'CMK Guardian Observe'`;
  await doctorTells(place);
  await toldOf(
    place,
    BILLS,
    'the product says what it may not see in the other subscription',
    ({ verdict, nextAction: { sentence } }) =>
      verdict === 'unseen' && sentence.includes(fix) && sentence.includes(`--scope ${SCOPE}`),
  );
  giveBack();
  await toldOf(place, BILLS, 'the product sees the other subscription again', isWell);
};

/** The sweep sees what is in the other subscription, an expired key heals there, and missing rights are told. */
export const guardsBoth = async (place: Deployable): Promise<void> => {
  console.log('a second subscription');
  await toldOf(place, BILLS, 'the sweep sees the server of the other subscription', isWell);
  await expiredKey(place, BILLS);
  const { servers } = place.cloud.world.mysql;
  await within(place, 20, 'the server of the other subscription serves again', () =>
    servers.all().some(({ name, availability }) => name === 'mysql-bills' && availability.condition === 'ready'),
  );
  await tellsOfRights(place);
};
