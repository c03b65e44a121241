/** Azure throttled, failed or did not answer, also after the retries: only a later try can cure it. */
export class AzureUnavailable extends Error {
  override readonly name = 'AzureUnavailable';
}
