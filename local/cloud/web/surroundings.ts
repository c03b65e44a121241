import { sameId } from '../arm/resource-id.ts';
import type { Answer, GraphRow, Service } from '../service.ts';

/** What sites need of the cloud around them. It is there once all its services are. */
export type Surroundings = {
  /** Every resource of a type, as Resource Graph shows it. */
  resourcesOf(type: string): GraphRow[];
  /** What an https URL of this cloud answers to somebody without credentials. */
  get(url: string): Promise<Answer>;
  /** What a process of this resource needs to reach the cloud: proxy, authority, managed identity. */
  environmentOf(resourceId: string): Readonly<Record<string, string>>;
};

export const resourcesIn =
  (services: readonly Service[]): Surroundings['resourcesOf'] =>
  (type) =>
    services.flatMap(({ graph }) => (graph?.resources?.() ?? []).filter((row) => sameId(row.type, type)));
