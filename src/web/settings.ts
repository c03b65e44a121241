import type { Door } from './door.ts';

/** GET: the settings that the app runs by. `inForce`: without the values of those that are secret. */
export const openSettingsDoor =
  (inForce: readonly object[]): Door =>
  async () => ({ status: 200, body: { value: inForce } });
