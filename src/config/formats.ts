import { addDuration, isDuration } from '../remediation/model/duration.ts';
import { REVERSAL_STEPS } from '../remediation/steps/steps.ts';
import { isSchedule } from './ncrontab.ts';
import { listOf, matching, type Parse, parsedAs, someOf, textThat } from './parse.ts';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// Resource group names: 1 to 90 word characters, dots, hyphens and parentheses, no dot at the end.
const SCOPE = `/subscriptions/${GUID}(?:/resourceGroups/[\\w.()-]{0,89}[\\w()-])?`;
const RESOURCE = `${SCOPE}(?:/providers/[\\w.]+(?:/[\\w.()-]+){2,})?`;

const where = matching(`\\*|${RESOURCE}`);

type Reversal = { readonly step: string; readonly scope: string };

/** Names of steps and `all` are written in their own casing, ids in any. */
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
const namedReversals = parsedAs(listOf(reversal), (all) =>
  all.some(({ step }) => step === 'all') ? ('all' as const) : all,
);
/** `none` stands alone: beside others it is no entry, and nobody can tell which of both was meant. */
export const reversals: Parse<'all' | readonly Reversal[]> = (text) =>
  text === 'none' ? { value: [] } : namedReversals(text);
// Key Vault names: 3 to 24 letters, digits and hyphens, unique in the world.
export const vaultNames = listOf(matching('[a-z][a-z0-9-]{1,22}[a-z0-9]'));
// Azure Resource Manager: tag names have at most 512 characters, without <>%&\\?/.
export const tagName = matching('[^<>%&\\\\?/]{1,512}');
/** One line that is safe beside a command and in a message: what systems of change management give for a number. */
export const changeNumber = matching('[a-z0-9][\\w .:#/-]{0,99}');
export const url = textThat(isHttps);
// Names of topics: 3 to 50 letters, digits and hyphens. The endpoint is what `az eventgrid topic show --query endpoint` says.
export const topicEndpoint = matching(
  'https://[a-z0-9-]{3,50}\\.[a-z0-9-]{1,40}\\.eventgrid\\.azure\\.(?:net|us|cn)/api/events',
);
// A collector runs beside the app, or in its network, and mostly without TLS.
export const collector = textThat((text) => isUrlOf(text, ['https:', 'http:']));
export const audience = textThat((text) => text.length > 0);
// Table names: 3 to 63 letters and digits; the longest of ours adds seven.
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
