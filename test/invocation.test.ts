import { describe, expect, it, vi } from 'vitest';
import { log, warn, withinInvocation } from '../src/invocation.ts';

const anInvocation = () => {
  const said: string[] = [];
  return {
    said,
    context: { log: (line: string) => said.push(line), warn: (line: string) => said.push(`warning: ${line}`) },
  };
};

describe('what is said while a function runs', () => {
  it('goes into the log of its own invocation, however many run at the same time', async () => {
    const [one, other] = [anInvocation(), anInvocation()];
    let letOn = () => {};
    const later = new Promise<void>((resolve) => {
      letOn = resolve;
    });
    const slow = withinInvocation(one.context, async () => {
      log('one begins');
      await later;
      warn('one ends');
    });
    await withinInvocation(other.context, async () => log('other'));
    letOn();
    await slow;
    expect(one.said).toEqual(['one begins', 'warning: one ends']);
    expect(other.said).toEqual(['other']);
  });

  it('goes to stderr where it is of no invocation, so that it is not lost', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      log('a line');
      warn('another');
      expect(write.mock.calls).toEqual([['a line\n'], ['warning: another\n']]);
    } finally {
      write.mockRestore();
    }
  });
});
