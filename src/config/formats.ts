import * as z from 'zod/mini';
import { addDuration, isDuration } from '../remediation/duration.ts';
import { isSchedule } from './ncrontab.ts';
import { REVERSAL_STEPS } from './reversals.ts';

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// Resource group names: 1 to 90 word characters, dots, hyphens and parentheses, no dot at the end.
const SCOPE = `/subscriptions/${GUID}(?:/resourceGroups/[\\w.()-]{0,89}[\\w()-])?`;
const RESOURCE = `${SCOPE}(?:/providers/[\\w.]+(?:/[\\w.()-]+){2,})?`;

const matching = (pattern: string) => z.string().check(z.regex(new RegExp(`^${pattern}$`, 'i')));

const listOf = <Value>(entry: z.ZodMiniType<Value, string>) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    ),
    z.array(entry),
  );

const isReversal = (step: string): boolean => REVERSAL_STEPS.some((known) => known === step);

const reversal = z
  .pipe(
    matching(`\\w+@(?:\\*|${RESOURCE})|all`),
    z.transform((text) => {
      const [step = '', scope = '*'] = text.split('@');
      return { step, scope };
    }),
  )
  .check(z.refine(({ step }) => step === 'all' || isReversal(step)));

const trimmedSlash = z.pipe(
  z.string(),
  z.transform((text) => text.replace(/\/$/, '')),
);

export const guid = matching(GUID);
export const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.pipe(z.string(), z.enum(values));
export const duration = z.string().check(z.refine(isDuration));
export const minutes = z.pipe(
  z.pipe(
    duration,
    z.transform((text) => addDuration(new Date(0), text).getTime() / 60_000),
  ),
  z.number().check(z.positive()),
);
export const count = z.pipe(z.pipe(matching('\\d{1,4}'), z.transform(Number)), z.number().check(z.positive()));
export const schedule = z.string().check(z.refine(isSchedule));
export const scopes = listOf(z.pipe(trimmedSlash, matching(SCOPE))).check(z.minLength(1));
export const reversals = z.pipe(
  listOf(reversal),
  z.transform((entries) => (entries.some(({ step }) => step === 'all') ? ('all' as const) : entries)),
);
// Key Vault names: 3 to 24 letters, digits and hyphens, unique in the world.
export const vaultNames = listOf(matching('[a-z][a-z0-9-]{1,22}[a-z0-9]'));
// Azure Resource Manager: tag names have at most 512 characters, without <>%&\\?/.
export const tagName = matching('[^<>%&\\\\?/]{1,512}');
export const url = z.url({ protocol: /^https$/ });
export const audience = z.string().check(z.minLength(1));
// Table names: 3 to 63 letters and digits; the longest of ours adds seven.
export const tablePrefix = z.string().check(z.regex(/^[a-z][a-z0-9]{2,50}$/));
export const storageAccount = z.string().check(z.regex(/^[a-z0-9]{3,24}$/));
export const connectionString = z
  .string()
  .check(
    z.regex(
      /^UseDevelopmentStorage=true;?$|(^|;)AccountName=[^;]+.*;AccountKey=|(^|;)TableEndpoint=.*;SharedAccessSignature=/i,
    ),
  );
