/** A request to the management API, from the webhook or from the SDK's loopback endpoint. */
export type ApiRequest = {
  method: string;
  /** Decoded segments below the base, such as ['instances', id, 'raiseEvent', name]. */
  path: string[];
  query: URLSearchParams;
  /** The URL for asking again. */
  href: string;
  contentType: string;
  continuationToken: string;
  body: string;
};

export type ApiResponse = { status: number; json?: unknown; headers?: Record<string, string> };

export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
