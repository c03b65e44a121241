import { sameId } from '../arm/resource-id.ts';
import type { Answer, GraphRow, Service } from '../service.ts';

/** The parts of the cloud that sites need. They are set once all services exist. */
export type Surroundings = {
  /** Every resource of a type, as Resource Graph shows it. */
  resourcesOf(type: string): GraphRow[];
  /** The answer of an https URL of this cloud to a client without credentials. */
  get(url: string): Promise<Answer>;
  /** The environment by which a process of this resource reaches the cloud: proxy, authority, managed identity. */
  environmentOf(resourceId: string): Readonly<Record<string, string>>;
};

export const resourcesIn =
  (services: readonly Service[]): Surroundings['resourcesOf'] =>
  (type) =>
    services.flatMap(({ graph }) => (graph?.resources?.() ?? []).filter((row) => sameId(row.type, type)));
