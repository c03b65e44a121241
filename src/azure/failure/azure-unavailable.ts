/** Azure throttled, failed or did not answer, also after the retries: only a later try can cure it. */
export class AzureUnavailable extends Error {
  override readonly name = 'AzureUnavailable';
}

/** The error is returned instead of thrown: what has no answer does not hide what has one. */
export const orUnavailable = (error: unknown): AzureUnavailable => {
  if (error instanceof AzureUnavailable) return error;
  throw error;
};
