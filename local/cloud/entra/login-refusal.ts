import type { ExchangeIds } from '../plane.ts';
import type { Answer } from '../service.ts';

/** An error as Entra answers it: the OAuth code, and an AADSTS number in the description. */
export const loginRefusal = (status: number, error: string, error_description: string): Answer => ({
  status,
  body: { error, error_description, error_codes: [Number(/\d+/.exec(error_description)?.[0] ?? 0)] },
});

type RefusalBody = { error: string; error_description: string; error_codes: number[] };

const isRefusal = (body: unknown): body is RefusalBody =>
  typeof body === 'object' && body !== null && 'error_codes' in body;

/** Adds the ids that Microsoft's support asks for: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const traced = (answer: Answer, { requestId, correlationId }: ExchangeIds, now: number): Answer => {
  if (!isRefusal(answer.body)) return answer;
  const { error, error_description, error_codes } = answer.body;
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const trace = `Trace ID: ${requestId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  const body = {
    ...{ error, error_description: `${error_description} ${trace}`, error_codes, timestamp },
    ...{ trace_id: requestId, correlation_id: correlationId },
    error_uri: `https://login.microsoftonline.com/error?code=${error_codes[0]}`,
  };
  return { ...answer, body };
};
