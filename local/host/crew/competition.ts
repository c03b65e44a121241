import type { Crew, Member } from './crew.ts';

/** Gives work to a worker with room for it, the least busy first. Work that no worker has room for is queued. */
export type Competition = <T>(work: (member: Member) => Promise<T>) => Promise<T>;

/** @param limit how many pieces of work one worker may have at once */
export function createCompetition(crew: Crew, limit: number): Competition {
  const running = new WeakMap<Member, number>();
  const queue: ((member: Member) => void)[] = [];
  const load = (member: Member): number => running.get(member) ?? 0;
  const free = (): Member | undefined =>
    crew
      .up()
      .filter((member) => load(member) < limit)
      .sort((one, other) => load(one) - load(other))[0];
  const handOut = (): void => {
    for (let member = free(); member && queue.length > 0; member = free()) {
      running.set(member, load(member) + 1);
      queue.shift()?.(member);
    }
  };
  crew.watch(handOut);
  return async (work) => {
    const member = await new Promise<Member>((resolve) => {
      queue.push(resolve);
      handOut();
    });
    try {
      return await work(member);
    } finally {
      running.set(member, load(member) - 1);
      handOut();
    }
  };
}
