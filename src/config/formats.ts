import * as z from 'zod/mini';
import { addDuration, isDuration } from '../remediation/duration.ts';
import { isSchedule } from './ncrontab.ts';
import { REVERSAL_STEPS } from './reversals.ts';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// Resource group names: 1 to 90 word characters, dots, hyphens and parentheses, no dot at the end.
const SCOPE = `/subscriptions/${GUID}(?:/resourceGroups/[\\w.()-]{0,89}[\\w()-])?`;
const RESOURCE = `${SCOPE}(?:/providers/[\\w.]+(?:/[\\w.()-]+){2,})?`;

// A start waits for every schema and every kind of it: one that can serve all is made once.
const text = z.string();

const matching = (pattern: string) => text.check(z.regex(new RegExp(`^(?:${pattern})$`, 'i')));

const entries = z.pipe(
  text,
  z.transform((list) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
);

const listOf = <Value>(entry: z.ZodMiniType<Value, string>) => z.pipe(entries, z.array(entry));

const isReversal = (step: string): boolean => REVERSAL_STEPS.some((known) => known === step);

const reversal = z
  .pipe(
    matching(`\\w+@(?:\\*|${RESOURCE})|all`),
    z.transform((entry) => {
      const [step = '', scope = '*'] = entry.split('@');
      return { step, scope };
    }),
  )
  .check(z.refine(({ step }) => step === 'all' || isReversal(step)));

const trimmedSlash = z.pipe(
  text,
  z.transform((id) => id.replace(/\/$/, '')),
);

const minutesOf = (iso: string): number => addDuration(new Date(0), iso).getTime() / 60_000;

export const guid = matching(GUID);
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.pipe(text, z.enum(values));
export const duration = text.check(z.refine(isDuration));
export const minutes = z.pipe(
  text.check(z.refine((iso) => isDuration(iso) && minutesOf(iso) > 0)),
  z.transform(minutesOf),
);
export const count = z.pipe(matching('[1-9]\\d{0,3}'), z.transform(Number));
export const percent = z.pipe(matching('100|[1-9]?\\d'), z.transform(Number));
export const quotaShare = z.pipe(matching('[1-9]\\d?|100'), z.transform(Number));
export const schedule = text.check(z.refine(isSchedule));
export const scopes = listOf(z.pipe(trimmedSlash, matching(SCOPE))).check(z.minLength(1));
export const reversals = z.pipe(
  listOf(reversal),
  z.transform((all) => (all.some(({ step }) => step === 'all') ? ('all' as const) : all)),
);
// Key Vault names: 3 to 24 letters, digits and hyphens, unique in the world.
export const vaultNames = listOf(matching('[a-z][a-z0-9-]{1,22}[a-z0-9]'));
// Azure Resource Manager: tag names have at most 512 characters, without <>%&\\?/.
export const tagName = matching('[^<>%&\\\\?/]{1,512}');
export const url = z.url({ protocol: /^https$/ });
export const audience = text.check(z.minLength(1));
// Table names: 3 to 63 letters and digits; the longest of ours adds seven.
export const tablePrefix = text.check(z.regex(/^[a-z][a-z0-9]{2,50}$/));
export const functionApp = matching(
  `/subscriptions/${GUID}/resourceGroups/[\\w.()-]{1,90}/providers/Microsoft\\.Web/sites/[\\w-]{2,60}`,
);
export const storageAccount = text.check(z.regex(/^[a-z0-9]{3,24}$/));
export const connectionString = text.check(
  z.regex(
    /^UseDevelopmentStorage=true;?$|(^|;)AccountName=[^;]+.*;AccountKey=|(^|;)TableEndpoint=.*;SharedAccessSignature=/i,
  ),
);
