import type { GraphAnswer } from '../../infra/sign-in/graph.ts';

type ErrorBody = { readonly code?: string; readonly innererror?: ErrorBody };

/** The code of a refusal; the inner one, where the service hides its reason there. */
export const known = ({ body }: GraphAnswer): string | undefined => {
  const { error } = (body ?? {}) as { readonly error?: ErrorBody };
  return error?.innererror?.code ?? error?.code;
};
