import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../src/remediation/model/action-pattern.ts';
import { isDuration } from '../../src/remediation/model/duration.ts';
import { keyId, keyVersionId, parseKeyId, parseVaultUrl } from '../../src/remediation/model/key-ref.ts';
import { isIn, named, parseOverrideTarget } from '../../src/remediation/model/override-target.ts';
import { inScope, parseLooseResourceId, parseResourceId, within } from '../../src/remediation/model/resource-id.ts';
import { readAlert } from '../../src/signals/alert.ts';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import { freeText } from '../../src/web/free-text.ts';
import { parseBody } from '../../src/web/parse-body.ts';
import { BOUNDS, readJson } from '../../src/web/read-body.ts';
import { anyBody, anyPayload, anyText } from '../builders/arbitrary-input.ts';
import { isExhaustive } from '../run/exhaustive.ts';

/** In all, over the three kinds of input. */
const INPUTS = isExhaustive ? 100_000 : 1_000;

const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

const readText = (text: string): void => {
  const [strict, loose] = [parseResourceId(text), parseLooseResourceId(text)];
  if (strict) expect(parseResourceId(strict.id)).toEqual(strict);
  for (const read of [strict, loose]) {
    if (!read) continue;
    expect(read.id.length).toBeLessThanOrEqual(2_048 * 3);
    expect(read.id.split('/').some((segment) => segment === '.' || segment === '..')).toBe(false);
    expect(read.id).not.toMatch(UNSEEN);
  }
  const { key, version } = parseKeyId(text) ?? {};
  if (key)
    expect(parseKeyId(version ? keyVersionId(key, version) : keyId(key))).toEqual({ key, ...(version && { version }) });
  const target = parseOverrideTarget(text);
  if (target) expect(parseOverrideTarget(target.id)).toEqual(target);
  parseVaultUrl(text);
  isDuration(text);
  covers([text], 'microsoft.keyvault/vaults/read');
  within(text, text);
  inScope(text, [text]);
  isIn(named(text), named(text));
  readQuery(CONTRACT['get-posture'], new URLSearchParams({ row: text, verdict: text, [text]: text }));
};

const idsIn = (reading: object): readonly string[] => JSON.stringify(reading).match(/"(?:id|vaultId)":"[^"]*"/g) ?? [];

const readPayload = (payload: unknown): void => {
  for (const parse of [parseKeyVaultEvent, parseResourceEvent]) {
    const signal = parse(payload);
    if (signal.kind === 'signal') for (const id of idsIn(signal)) expect(id).not.toMatch(/\/\.\.?\/|[%?#]/);
    else expect(signal.why).toMatch(/^.{1,400}$/);
  }
  expect(readAlert(payload)).toHaveProperty('reading');
};

const readBody = async (body: string): Promise<void> => {
  const read = await readJson({ chunks: [Buffer.from(body)] }, BOUNDS.command);
  if (read.kind === 'refused') {
    expect([400, 413]).toContain(read.answer.status);
    return;
  }
  const checked = parseBody(freeText, read.value, '"why"');
  if (checked.kind === 'refused') expect(JSON.stringify(checked.answer).length).toBeLessThan(10_000);
};

/** Megabytes that are in use once all is collected that can be. */
const inUse = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 1_024 / 1_024;
};

describe('Whatever is put into a parser', () => {
  it('it throws nothing, gives nothing that leads elsewhere, and keeps no memory', async () => {
    const runs = Math.ceil(INPUTS / 3);
    const once = { numRuns: Math.ceil(runs / 10) };
    const rounds = async (numRuns: number): Promise<void> => {
      fc.assert(fc.property(anyText, readText), { numRuns });
      fc.assert(fc.property(anyPayload, readPayload), { numRuns });
      await fc.assert(fc.asyncProperty(anyBody, readBody), { numRuns });
    };
    await rounds(once.numRuns);
    const before = inUse();
    await rounds(runs - once.numRuns);
    expect(inUse() - before).toBeLessThan(30);
  });
});
