import { keyInstanceId } from '../../src/remediation/model/key-ref.ts';
import type { App } from '../builders/app.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';

type Said = {
  readonly verdict?: string;
  readonly decision?: {
    readonly findings: readonly { readonly kind: string }[];
    readonly verdicts: readonly { readonly verdict: string; readonly why?: string; readonly step: { kind: string } }[];
    readonly notes: readonly string[];
  };
};

/** The product's text about the key of a subject, in one line: for a reader who must find out why it was not healed. */
export const saidOfSubject = async (app: App, { links, name, vault }: Subject): Promise<string> => {
  const id = keyInstanceId({ host: `${vault}.vault.azure.net`, name: KEY_NAME });
  const { body } = await app.call({ method: 'GET', path: `/api/reconciliations/${id}` });
  const { verdict = 'never looked at', decision } = (body ?? {}) as Said;
  const findings = decision?.findings.map(({ kind }) => kind).join(', ');
  const steps = decision?.verdicts.map(({ step, verdict: what, why = '' }) => `${step.kind} ${what} ${why}`).join('; ');
  return `${name} (${links.join(' + ')}): ${verdict}; ${findings}; ${steps}; ${decision?.notes.join(' ')}`;
};
