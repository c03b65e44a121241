import type { HostAnswer } from '../../local/call-host.ts';
import { keyInstanceId } from '../../src/remediation/model/key-ref.ts';
import { writes } from '../builders/incident.ts';
import type { App } from '../builders/open-app.ts';
import { errorCode } from '../builders/people.ts';
import type { Outcome } from './attack.ts';

/** The writes of the product during an act: `METHOD path` each. */
export const writesDuring = async (app: App, act: () => Promise<unknown>): Promise<readonly string[]> => {
  const before = writes(app).length;
  await act();
  return writes(app).slice(before);
};

type Status = {
  readonly verdict: string;
  readonly decision?: { readonly findings: readonly { readonly kind: string }[] };
};

/** The product's verdict on a key, and its findings: `report: accessMissing`. `unknown key` where it has none. */
export const verdictOn = async (app: App, vault: string, key = 'cmk'): Promise<string> => {
  const id = keyInstanceId({ host: `${vault}.vault.azure.net`, name: key });
  const { status, body } = await app.call({ method: 'GET', path: `/api/reconciliations/${id}` });
  if (status === 404) return 'unknown key';
  const { verdict, decision } = body as Status;
  const kinds = [...new Set(decision?.findings.map(({ kind }) => kind))];
  return [verdict, kinds.join(', ')].filter(Boolean).join(': ');
};

/** The headers of a caller that holds a function key alone: `app.call` itself sends the master key. */
export const functionKey = (app: App): Record<string, string> => ({ 'x-functions-key': app.host().functionKey });

/** The answer of a route: `401 Unauthorized`. */
export const answered = (answer: HostAnswer): string =>
  [String(answer.status), errorCode(answer)].filter(Boolean).join(' ');

/** Checks that every claim is true; the first false claim is the reason of the failure. */
export const outcome = (
  told: Pick<Outcome, 'writes' | 'verdict'>,
  claims: Readonly<Record<string, boolean>>,
): Outcome => {
  const broken = Object.keys(claims).find((claim) => !claims[claim]);
  return { ...told, held: broken === undefined, ...(broken !== undefined && { whyNot: `not true: ${broken}` }) };
};
