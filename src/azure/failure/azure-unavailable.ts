/** Azure throttled, failed or did not answer, also when it was asked again: only a later try can cure it. */
export class AzureUnavailable extends Error {
  override readonly name = 'AzureUnavailable';
}
