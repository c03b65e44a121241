import type { Notice } from './notice.ts';
import { kindOfStatus, type Posted, TIMEOUT_MS } from './posted.ts';

/** What fetch says in its message may be the URL, which is a secret: only the name of the failure is told. */
const nameOf = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  return String(cause?.code ?? name);
};

/** Posts a notice as JSON. Never throws, and never says where the webhook is. */
export const post = async (webhook: string, notice: Notice): Promise<Posted> => {
  try {
    const { ok, status, body } = await fetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await body?.cancel();
    return ok ? { kind: 'taken' } : { kind: kindOfStatus(status), why: `answered ${status}` };
  } catch (error) {
    return { kind: 'failed', why: `failed: ${nameOf(error)}` };
  }
};
