import { type HostProcess, newFolder, startHostProcess } from './host-process.ts';

/** Starts an orchestration past the app, whose functions may be killed. */
export async function startPast(host: HostProcess, name: string, id: string, input: unknown = null): Promise<void> {
  const { status } = await host.durable('POST', `/orchestrators/${name}/${id}`, JSON.stringify(input));
  if (status !== 202) throw new Error(`start ${name}: ${status}`);
}

export type CrashStory = { crashed: boolean; output: unknown };

/** A parent with three children runs on a host that kills itself right after journal line k, and goes on on the next. */
export async function crashAfterLine(line: number): Promise<CrashStory> {
  const state = newFolder();
  let host = await startHostProcess({ state, env: { HOST_CRASH_AFTER_LINE: String(line) } });
  const crashed = await Promise.race([host.gone.then(() => true), untilEnded(host).then(() => false)]);
  if (crashed) host = await startHostProcess({ state });
  const { output } = await host.until('story');
  await host.kill();
  return { crashed, output };
}

/** Never resolves if the host dies meanwhile. */
async function untilEnded(host: HostProcess): Promise<void> {
  try {
    await startPast(host, 'parent', 'story');
    await host.until('story');
  } catch {
    await new Promise(() => {});
  }
}

export const EXPECTED = {
  a: ['Hello a', 'Hello b'],
  b: ['Hello c'],
  failure: "Orchestrator function 'thrower' failed: child broke",
};
