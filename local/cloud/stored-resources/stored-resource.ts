/** A resource as Azure Resource Manager shows it, kept as one piece. */
export type StoredResource = {
  id: string;
  name: string;
  type: string;
  location?: string;
  tags?: Record<string, string>;
  kind?: string;
  sku?: unknown;
  identity?: unknown;
  etag?: string;
  properties: Record<string, unknown>;
};

/** The written part of a resource: all but the fields that come from its path. */
export type WrittenResource = Omit<StoredResource, 'id' | 'name' | 'type'>;
