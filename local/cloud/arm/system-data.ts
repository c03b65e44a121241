import type { World } from '../service.ts';

/** `systemData` of a resource whose type has it, if this world shows it. */
export const systemDataJson = ({ switches }: Pick<World, 'switches'>, { createdAt }: { createdAt: number }) =>
  switches.consumerSystemData === 'missing' ? {} : { systemData: { createdAt: new Date(createdAt).toISOString() } };
