import { newExpiry } from '../../remediation/extend-expiry.ts';
import type { StepSpec } from '../../remediation/steps.ts';
import type { Sources } from '../observe.ts';
import { sendOnce } from './send-once.ts';
import type { Target } from './target.ts';

type ExtendKeyExpiry = Extract<StepSpec, { kind: 'extendKeyExpiry' }>;

/**
 * Reads the pinned version: one data-plane call, and one ARM call more where this process has not looked the vault up
 * in the last ten minutes. Sending is one PATCH of that version, never of the latest.
 */
export const readExtension = async ({ keyVersions, vaults }: Sources, step: ExtendKeyExpiry): Promise<Target> => {
  const { key, version } = step.parameters;
  const vault = await vaults.locate(key.host);
  if (vault.kind !== 'present')
    return { kind: 'blocked', why: vault.kind === 'unknown' ? vault.reason : `${key.host} is gone` };
  const of = { key, version, vault: vault.value };
  const read = await keyVersions.read(of);
  if (read.kind !== 'present')
    return { kind: 'blocked', why: read.kind === 'unknown' ? read.reason : `${step.target}/${version} is gone` };
  const facts = read.value;
  const expiry = newExpiry(facts, step.parameters, new Date());
  if (expiry.kind === 'blocked') return expiry;
  if (expiry.kind === 'noDrift') return { kind: 'noDrift', why: `${facts.kid} expires ${facts.expiresOn ?? 'never'}` };
  const subject = { what: facts.kid, vaultName: vault.value.name, scope: vault.value.id };
  const until = expiry.expiresOn.toISOString();
  return {
    kind: 'drift',
    why: `${facts.kid} expires ${facts.expiresOn ?? 'never'}`,
    tags: facts.tags,
    send: (signal) =>
      sendOnce(subject, async () => {
        const correlationIds = await keyVersions.writeExpiry(of, expiry.expiresOn, signal);
        return { kind: 'done', why: `${facts.kid} is valid until ${until}`, correlationIds };
      }),
  };
};
