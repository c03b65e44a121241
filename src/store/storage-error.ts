type ServiceError = {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly odataError?: { readonly code?: unknown }; readonly errorCode?: unknown };
};

/** The code that Table or Blob Storage answered, such as `TableNotFound`; empty when the service did not answer. */
export const storageErrorCode = (error: unknown): string => {
  const { code, details } = (error ?? {}) as ServiceError;
  return String(details?.odataError?.code ?? details?.errorCode ?? code ?? '');
};

export const storageStatus = (error: unknown): number | undefined => {
  const { statusCode } = (error ?? {}) as ServiceError;
  return typeof statusCode === 'number' ? statusCode : undefined;
};

/** The write was refused because the row does not exist, or is not any more as the writer read it. */
export const isConflict = (error: unknown): boolean => {
  const status = storageStatus(error);
  return status === 404 || status === 409 || status === 412;
};
