import { expect, it } from 'vitest';
import { oncePer } from '../../../src/remediation/model/once-per.ts';

it('What was worked out of an object is worked out once by each function, also where that is nothing', () => {
  const asked: string[] = [];
  const nameOf = oncePer(({ name }: { name: string }) => {
    asked.push(`name of ${name}`);
    return name;
  });
  const nothingOf = oncePer(({ name }: { name: string }) => void asked.push(`nothing of ${name}`));
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  for (const _again of [1, 2])
    for (const each of [one, other]) expect([nameOf(each), nothingOf(each)]).toEqual([each.name, undefined]);
  expect(asked).toEqual(['name of one', 'nothing of one', 'name of other', 'nothing of other']);
});

it('An object that looks the same is another object', () => {
  const sum = oncePer(({ numbers }: { numbers: number[] }) => numbers.reduce((all, one) => all + one, 0));
  const one = { numbers: [1] };
  expect([sum(one), sum({ numbers: [1, 2] }), sum({ ...one })]).toEqual([1, 3, 1]);
});
