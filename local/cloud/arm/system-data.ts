import type { World } from '../service.ts';

/** `systemData` of a resource that shows it, if this world's do. */
export const systemDataJson = ({ switches }: Pick<World, 'switches'>, { createdAt }: { createdAt: number }) =>
  switches.consumerSystemData === 'missing' ? {} : { systemData: { createdAt: new Date(createdAt).toISOString() } };
