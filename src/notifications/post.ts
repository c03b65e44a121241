import type { Notice } from './notice.ts';
import { kindOfStatus, type Posted, TIMEOUT_MS, whyNotTaken } from './posted.ts';
import { webhookRetryMs } from './retry-after.ts';

/** The message of a fetch error may hold the URL, which is a secret: only the name of the error is used. */
const nameOf = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  return String(cause?.code ?? name);
};

/** Posts a body as JSON. Never throws, ends within seconds, and never names the URL. */
export const postJson = async (url: string, body: unknown, type = 'application/json'): Promise<Posted> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
      // No redirect is followed: the content and a routing key are only for the configured receiver.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    const { ok, status } = answer;
    if (ok) return { kind: 'taken' };
    const after = webhookRetryMs(answer.headers.get('retry-after'), Date.now());
    return {
      kind: kindOfStatus(status),
      why: whyNotTaken(status),
      ...(after !== undefined && { retryAfterMs: after }),
    };
  } catch (error) {
    return { kind: 'failed', why: `failed: ${nameOf(error)}` };
  }
};

/** Posts a notice in its own form. Never throws, and never names the webhook's URL. */
export const post = (webhook: string, notice: Notice): Promise<Posted> => postJson(webhook, notice);
