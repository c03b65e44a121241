/** The caller asked for what the task hub refuses; `status` is the HTTP status to tell it with. */
export class HubError extends Error {
  override name = 'HubError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
