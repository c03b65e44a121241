import { askApp } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { examine } from './examined.ts';
import { productOf } from './mistakes.ts';
import type { Page } from './page.ts';
import { expiredKey, type Guarded, MINUTE, within } from './stories.ts';

/*
 * A subscription beside that of the product, with a server, a vault and a key of its own. The product guards both once `scopes`
 * names both: infra/modules/rights makes its rights in each.
 */

export const OTHER = '0b0b0b0b-0000-4000-8000-000000000002';
const SCOPE = `/subscriptions/${OTHER}`;
const ARM = 'https://management.azure.com';

/** Providers of resources that infra/product makes in such a subscription. AzAPI registers providers only in its own. */
const PROVIDERS = ['Microsoft.EventGrid', 'Microsoft.Insights'];

export const BILLS = { root: 'examples/mysql-flexible', vault: 'kv-bills', key: 'cmk', demand: { name: 'bills' } };

export const BILLS_GROUP = `${SCOPE}/resourceGroups/rg-bills`;

/** Sends the requests of the page's command, as the owner. */
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

/** The deployer also owns this subscription, and the engineer may read it. */
export const openOther = (place: Deployable): void => {
  const { entra, rbac, subscriptions } = place.cloud.world;
  subscriptions.add({ id: OTHER, name: 'Other', tenantId: entra.tenantId, registrations: new Map() });
  const assign = (principalId: string, role: string, principalType: 'User' | 'ServicePrincipal') =>
    rbac.assign({ scope: SCOPE, role, principalId, principalType });
  assign(place.owner, 'Owner', 'ServicePrincipal');
  assign(place.engineer.objectId, 'Reader', 'User');
};

/** Registers the providers that docs/deploy.md names: by the page's own command where the Azure CLI is installed. */
export const registerOther = async (place: Deployable, page: Page): Promise<void> => {
  await page.follow('More subscriptions', /^az provider register /);
  if (!page.hasAzureCli) await register(place);
};

type Reconciliation = {
  readonly key: string;
  readonly verdict: string;
  readonly nextAction: { readonly sentence: string };
};

/**
 * The product's state of the key, once the condition holds; rejects with the sentence where it does not hold within so many
 * minutes.
 */
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

/** Removes all rights of the product in the other subscription; returns the function that gives them back. */
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

/** The doctor reports each missing part of the role there, with the command that assigns it. */
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

/**
 * Without its rights there the product reports that it sees nothing, with the command that helps, and goes on once it has them.
 */
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

/** The sweep sees the other subscription, an expired key heals there, and missing rights are reported. */
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
