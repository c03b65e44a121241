/** The task hub refuses the request; `status` is the HTTP status of the refusal. */
export class HubError extends Error {
  override name = 'HubError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
