import { addDuration, isDuration } from '../remediation/model/duration.ts';
import type { ScopeSetting } from '../remediation/model/reach.ts';
import { REVERSAL_STEPS } from '../remediation/steps/steps.ts';
import { isSchedule } from './ncrontab.ts';
import { listOf, matching, type Parse, parsedAs, someOf, textThat } from './parse.ts';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// Resource group names: 1 to 90 word characters, dots, hyphens and parentheses, no dot at the end.
const SCOPE = `/subscriptions/${GUID}(?:/resourceGroups/[\\w.()-]{0,89}[\\w()-])?`;
const RESOURCE = `${SCOPE}(?:/providers/[\\w.]+(?:/[\\w.()-]+){2,})?`;

/*
 * Names of management groups: 1 to 90 letters, digits, hyphens, underscores, dots and parentheses, a letter or digit first and no
 * dot at the end (Microsoft Learn, "Naming rules and restrictions for Azure resources").
 */
const MANAGEMENT_GROUP = '/providers/Microsoft\\.Management/managementGroups/[a-z0-9](?:[\\w.()-]{0,88}[\\w()-])?';

const where = matching(`\\*|${RESOURCE}`);

type Reversal = { readonly step: string; readonly scope: string };

/** Names of steps, and `all`, must have the right case; ids may have any case. */
const reversal: Parse<Reversal> = (text) => {
  if (text === 'all') return { value: { step: text, scope: '*' } };
  const [step = '', scope = '', ...more] = text.split('@');
  const isKnown = more.length === 0 && REVERSAL_STEPS.some((known) => known === step);
  return isKnown && 'value' in where(scope) ? { value: { step, scope } } : { wrong: [text] };
};

/** A URL with a password cannot be fetched. */
const isUrlOf = (text: string, protocols: readonly string[]): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocols.includes(protocol) && username === '' && password === '';
};
const isHttps = (text: string): boolean => isUrlOf(text, ['https:']);

const minutesOf = (iso: string): number => addDuration(new Date(0), iso).getTime() / 60_000;

export { oneOf } from './parse.ts';
export const guid = matching(GUID);
export const duration = textThat(isDuration);
export const minutes = parsedAs(
  textThat((iso) => isDuration(iso) && minutesOf(iso) > 0),
  minutesOf,
);
export const count = parsedAs(matching('[1-9]\\d{0,3}'), Number);
export const percent = parsedAs(matching('100|[1-9]?\\d'), Number);
export const quotaShare = parsedAs(matching('[1-9]\\d?|100'), Number);
export const schedule = textThat(isSchedule);
export const scopes = someOf(parsedAs(matching(`${SCOPE}/?`), (id) => id.replace(/\/$/, '')));
type ScopeEntry = { readonly kind: keyof ScopeSetting; readonly id: string };

const place = matching(SCOPE);
const managementGroup = matching(MANAGEMENT_GROUP);

/** Management groups are named by the last segment of their ids. A wrong entry is shown as it was written. */
const scopeEntry: Parse<ScopeEntry> = (text) => {
  const bare = (text.startsWith('!') ? text.slice(1) : text).trim().replace(/\/$/, '');
  if ('value' in place(bare)) return { value: { kind: text.startsWith('!') ? 'excluded' : 'named', id: bare } };
  const isGroup = !text.startsWith('!') && 'value' in managementGroup(bare);
  return isGroup
    ? { value: { kind: 'managementGroups', id: bare.slice(bare.lastIndexOf('/') + 1) } }
    : { wrong: [text] };
};

const scopeEntries = someOf(scopeEntry);

/**
 * The scope of the product: at least one subscription, resource group or management group, and the places that are
 * excluded.
 */
export const estateScope: Parse<ScopeSetting> = (text) => {
  const parsed = scopeEntries(text);
  if ('wrong' in parsed) return parsed;
  const of = (wanted: keyof ScopeSetting) => parsed.value.flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
  const setting = { named: of('named'), managementGroups: of('managementGroups'), excluded: of('excluded') };
  return setting.named.length + setting.managementGroups.length > 0 ? { value: setting } : { wrong: [text] };
};
const namedReversals = parsedAs(listOf(reversal), (all) =>
  all.some(({ step }) => step === 'all') ? ('all' as const) : all,
);
/** `none` must stand alone: beside other entries the meaning would be unclear. */
export const reversals: Parse<'all' | readonly Reversal[]> = (text) =>
  text === 'none' ? { value: [] } : namedReversals(text);
// Key Vault names: 3 to 24 letters, digits and hyphens, unique in the world.
export const vaultNames = listOf(matching('[a-z][a-z0-9-]{1,22}[a-z0-9]'));
// Azure Resource Manager: tag names have at most 512 characters, without <>%&\\?/.
export const tagName = matching('[^<>%&\\\\?/]{1,512}');
/** One line that is safe beside a command and in a message: the form of change numbers in systems of change management. */
export const changeNumber = matching('[a-z0-9][\\w .:#/-]{0,99}');
export const url = textThat(isHttps);
// Names of topics: 3 to 50 letters, digits and hyphens. `az eventgrid topic show --query endpoint` shows the endpoint.
export const topicEndpoint = matching(
  'https://[a-z0-9-]{3,50}\\.[a-z0-9-]{1,40}\\.eventgrid\\.azure\\.(?:net|us|cn)/api/events',
);
// A collector runs beside the app or in its network, and mostly without TLS.
export const collector = textThat((text) => isUrlOf(text, ['https:', 'http:']));
export const audience = textThat((text) => text.length > 0);
// Table names: 3 to 63 letters and digits. The product's longest suffix has seven.
export const tablePrefix = textThat((text) => /^[a-z][a-z0-9]{2,50}$/.test(text));
export const functionApp = matching(
  `/subscriptions/${GUID}/resourceGroups/[\\w.()-]{1,90}/providers/Microsoft\\.Web/sites/[\\w-]{2,60}`,
);
export const storageAccount = textThat((text) => /^[a-z0-9]{3,24}$/.test(text));
export const connectionString = textThat((text) =>
  /^UseDevelopmentStorage=true;?$|(^|;)AccountName=[^;]+.*;AccountKey=|(^|;)TableEndpoint=.*;SharedAccessSignature=/i.test(
    text,
  ),
);
