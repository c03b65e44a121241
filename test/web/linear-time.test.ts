import { describe, expect, it } from 'vitest';
import { covers } from '../../src/remediation/model/action-pattern.ts';
import { parseKeyId, parseVaultUrl } from '../../src/remediation/model/key-ref.ts';
import { parseOverrideTarget } from '../../src/remediation/model/override-target.ts';
import { parseLooseResourceId, parseResourceId, within } from '../../src/remediation/model/resource-id.ts';
import { readAlert } from '../../src/signals/alert.ts';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';
import { freeText } from '../../src/web/free-text.ts';
import { parseBody } from '../../src/web/parse-body.ts';
import { BOUNDS, readJson } from '../../src/web/read-body.ts';
import { processorMs } from '../builders/processor-time.ts';
import { sampled } from '../run/exhaustive.ts';

const SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111';
const GROUP = `${SUBSCRIPTION}/resourceGroups/data/providers`;
const KEYS = 'https://contoso.vault.azure.net/keys/';

/** Inputs with a valid beginning and more and more of the same text: a parser that goes back would go back further each time. */
const BEGINNINGS = sampled([GROUP, '', KEYS], 0, 1);
const MORE = sampled(
  ['/a', ' ', '[', 'a*', '/', 'a', '.', '-', '%2', '/providers/a/b/c', '{"a":', '\\"', ',', '*', '\n', 'İ'],
  ...[0, 1],
);

const event = (text: string) => ({
  eventType: 'Microsoft.Resources.ResourceWriteSuccess',
  topic: SUBSCRIPTION,
  subject: text,
  data: {
    ...Object.fromEntries(
      text
        .slice(0, 50_000)
        .split('')
        .map((sign, at) => [`${sign}${at}`, at]),
    ),
    Id: text,
  },
});
const keyEvent = (text: string) => ({
  ...event(text),
  eventType: 'Microsoft.KeyVault.KeyExpired',
  topic: text,
  subject: text,
});
const alert = (text: string) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: { alertTargetIDs: [text], monitorCondition: 'Fired' },
    alertContext: { condition: { allOf: [text] }, claims: text },
  },
});

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseResourceId,
  parseLooseResourceId,
  parseKeyId,
  parseVaultUrl,
  parseOverrideTarget,
  within: (text) => within(text, `${text}/`),
  covers: (text) => covers([text, `${text}b`], 'microsoft.keyvault/vaults/read'),
  freeText: (text) => parseBody(freeText, text, '"why"'),
  parseResourceEvent: (text) => parseResourceEvent(event(text)),
  parseKeyVaultEvent: (text) => parseKeyVaultEvent(keyEvent(text)),
  readAlert: (text) => readAlert(alert(text)),
  readJson: (text) => readJson({ chunks: [Buffer.from(text)] }, BOUNDS.event),
};

const SMALL = 2_000;
/** Ten times the text may take ten times as long; where time grows with the square it takes a hundred times. */
const SLACK = 40;
/** Shorter times cannot be measured well. */
const FLOOR_MS = 2;

describe('The processor time of a parser', () => {
  it.each(Object.entries(READERS))('grows with its input, and no faster: %s', async (_name, read) => {
    for (const beginning of BEGINNINGS)
      for (const more of MORE) {
        const textOf = (times: number): string => beginning + more.repeat((SMALL * times) / more.length);
        await read(textOf(1));
        const [short, long] = [textOf(10), textOf(100)];
        const [less, most] = [await processorMs(() => read(short)), await processorMs(() => read(long))];
        const of = `${JSON.stringify(beginning)} and ${JSON.stringify(more)}`;
        expect({ of, holds: most <= SLACK * Math.max(less, FLOOR_MS) || `${less} ms, then ${most} ms` }).toEqual({
          of,
          holds: true,
        });
      }
  });
});
