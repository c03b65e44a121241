import type { Call } from '../service.ts';
import type { StoredResource, WrittenResource } from './stored-resource.ts';

/** A type of resource that is kept as it is written, and the properties that Azure adds to it. */
export type StoredType = {
  /** `Microsoft.Network/virtualNetworks/subnets`: of two segments it lies in a resource group, of more below its parent. */
  type: string;
  apiVersions: string[];
  /** Where it lies: in a region, everywhere (`global` is the only location that is taken), or where its parent does. */
  place: 'region' | 'global' | 'parent';
  /** The fields that a PATCH may have: tags alone, or any. */
  patch: 'tags' | 'all';
  /** The body of a PUT without its read-only properties; throws 400 with every mistake in it. */
  read(body: unknown): WrittenResource;
  /** The properties that Azure adds: ids, states, addresses. The same for the same resource. */
  complete?(resource: StoredResource, existing: StoredResource | undefined): StoredResource;
  /** Throws what else forbids it: what it names, what is there already, what its caller may not. */
  refuse?(resource: StoredResource, call: Call): void;
  /** Called once it is kept. */
  written?(resource: StoredResource, body: unknown): void;
  /** Throws where others still need it. */
  refuseDeletion?(resource: StoredResource): void;
  /** The resource as a read shows it; the resource itself when left out. */
  show?(resource: StoredResource): StoredResource;
};
