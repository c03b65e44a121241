import type { Call } from '../service.ts';
import type { StoredResource, WrittenResource } from './stored-resource.ts';

/** A type of resource that is kept as it is written, and the properties that Azure adds to it. */
export type StoredType = {
  /**
   * `Microsoft.Network/virtualNetworks/subnets`: a type of two segments is in a resource group, a type of more segments below its
   * parent.
   */
  type: string;
  apiVersions: string[];
  /** Its location: a region, none (`global` is the only accepted location), or that of its parent. */
  place: 'region' | 'global' | 'parent';
  /** The fields that a PATCH may have: tags alone, or any. */
  patch: 'tags' | 'all';
  /** The body of a PUT without its read-only properties; throws 400 with every mistake in it. */
  read(body: unknown): WrittenResource;
  /** The properties that Azure adds: ids, states, addresses. The same for the same resource. */
  complete?(resource: StoredResource, existing: StoredResource | undefined): StoredResource;
  /**
   * Throws for further reasons to refuse a write: resources to which it refers, existing resources, missing rights of the caller.
   */
  refuse?(resource: StoredResource, call: Call): void;
  /** Called once the resource is stored. */
  written?(resource: StoredResource, body: unknown): void;
  /** Throws while other resources still need it. */
  refuseDeletion?(resource: StoredResource): void;
  /** The resource as a read shows it; the resource itself when left out. */
  show?(resource: StoredResource): StoredResource;
};
