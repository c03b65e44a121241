import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deployable } from './deployable.ts';
import { ROOTS } from './roots.ts';
import { unfolded, type Workshop } from './tofu.ts';

export type Values = Readonly<Record<string, unknown>>;

export type Deploying = {
  /** Writes the values into the file that OpenTofu reads by itself. */
  type(root: string, values: Values): void;
  apply(root: string, values: Values): Promise<void>;
  /** Rejects unless OpenTofu refuses the values with these words. */
  refused(root: string, values: Values, words: string): Promise<void>;
  /** Rejects where a plan would make any change. */
  unchanged(root: string, values: Values): Promise<void>;
  /**
   * Changes the state to that of an earlier version, in which a resource has another address; rejects unless a plan does nothing
   * but move it.
   */
  moves(root: string, values: Values, from: string, to: string): Promise<void>;
  destroy(root: string, values: Values, codes?: readonly number[]): Promise<void>;
};

const HOW = ['-no-color', '-input=false', '-concise'];

/**
 * A root with its values, in a workshop and a cloud. `elsewhere`: a subscription beside the deployer's, for a root that has a
 * state of its own there.
 */
export const deploying = (workshop: Workshop, place: Deployable, elsewhere?: string): Deploying => {
  const environment = { ...place.environment, ...(elsewhere && { ARM_SUBSCRIPTION_ID: elsewhere }) };
  const state = elsewhere ? [`-state=${elsewhere}.tfstate`] : [];
  const tofu = async (root: string, args: readonly string[], values: Values, codes: readonly number[] = [0]) => {
    const file = `${root.replaceAll('/', '-')}.${elsewhere ?? 'deployed'}.tfvars.json`;
    writeFileSync(path.join(workshop.folder, root, file), JSON.stringify({ ...ROOTS[root], ...values }));
    return place.whilePassing(() =>
      workshop.run(root, [...args, ...state, `-var-file=${file}`], { environment, codes }),
    );
  };
  return {
    type: (root, values) =>
      writeFileSync(
        path.join(workshop.folder, root, 'terraform.tfvars.json'),
        JSON.stringify({ ...ROOTS[root], ...values }),
      ),
    apply: async (root, values) => void (await tofu(root, ['apply', '-auto-approve', ...HOW], values)),
    refused: async (root, values, words) => {
      const said = await tofu(root, ['apply', '-auto-approve', ...HOW], values, [1]);
      if (!unfolded(said).includes(words))
        throw new Error(`infra/${root} was to be refused with '${words}', and was with:\n${said}`);
    },
    unchanged: async (root, values) => void (await tofu(root, ['plan', '-detailed-exitcode', ...HOW], values)),
    moves: async (root, values, from, to) => {
      await workshop.run(root, ['state', 'mv', ...state, to, from], { environment });
      const said = await tofu(root, ['plan', '-detailed-exitcode', ...HOW], values, [2]);
      const [moved, nothing] = [`${from} has moved to ${to}`, 'Plan: 0 to add, 0 to change, 0 to destroy.'];
      if (![moved, nothing].every((words) => unfolded(said).includes(words)))
        throw new Error(`${from} was to become ${to} and nothing else was to change:\n${said}`);
      // OpenTofu refuses a plan of one module alone, as the page has it, while another resource of the state has still to move.
      await workshop.run(root, ['state', 'mv', ...state, from, to], { environment });
    },
    destroy: async (root, values, codes) =>
      void (await tofu(root, ['destroy', '-auto-approve', ...HOW], values, codes)),
  };
};
