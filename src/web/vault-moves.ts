import { randomUUID } from 'node:crypto';
import type { Guardian } from '../loop/guardian.ts';
import { moveEntry, type VaultMove } from '../loop/memory/vault-moves.ts';
import { lookNow } from '../loop/reconcile/look.ts';
import { PRODUCT_CHAIN } from '../loop/record.ts';
import { wakeAll } from '../loop/wake/wake-all.ts';
import { asBaseline } from '../remediation/model/baseline.ts';
import type { Finding } from '../remediation/model/findings.ts';
import { keyOf } from '../remediation/model/key-ref.ts';
import { nameOf, parseResourceId } from '../remediation/model/resource-id.ts';
import type { KeyState } from '../store/key-state.ts';
import { signature } from './callers.ts';
import { vaultMove } from './contract/approvals.ts';
import { type Door, type DoorAnswer, type DoorRequest, notWoken, refusal } from './door.ts';
import { type ParsedBody, readBody, shownIn } from './parse-body.ts';

const VAULT = 'microsoft.keyvault/vaults';
type Named = Pick<VaultMove, 'from' | 'to'> & { readonly host?: string; readonly why: string };

const read = async (request: DoorRequest): Promise<ParsedBody<Named>> => {
  const parsed = await readBody(request, vaultMove);
  if (parsed.kind === 'refused') return parsed;
  const [from, to] = [parsed.value.from, parsed.value.to].map(parseResourceId);
  const { host, why } = parsed.value;
  if (from?.type === VAULT && to?.type === VAULT && nameOf(from.id) === nameOf(to.id))
    return { kind: 'value', value: { from: from.id, to: to.id, why, ...(host !== undefined && { host }) } };
  const message = `from and to are ARM ids of a vault of one name, since it keeps its host. Send such as ${shownIn(vaultMove)}.`;
  return { kind: 'refused', answer: refusal(400, 'BadRequest', message) };
};

/** The keys whose baseline is in that vault, or in another vault that was accepted for it. */
const keysIn = async ({ store }: Guardian, { from, host }: Named): Promise<readonly KeyState[]> => {
  const states: KeyState[] = [];
  for await (const state of store.keyRows.list()) {
    const { host: its } = keyOf(state.keyId);
    const isNamed = its.split('.', 1)[0] === nameOf(from) && (host === undefined || host.toLowerCase() === its);
    if (isNamed && asBaseline(state.baseline) !== undefined) states.push(state);
  }
  return states;
};

const conflict = (message: string): DoorAnswer => refusal(409, 'NotAsNamed', message);

/** The move as it is seen now, or a refusal where it is not the move that was named. */
const seenMove = (found: Finding | undefined, { from, to }: Named): VaultMove | DoorAnswer => {
  if (found === undefined)
    return conflict('What bears the name is the vault that is known: there is nothing to accept.');
  const { was, madeAt } = found.evidence;
  if (found.target !== to || was !== from)
    return conflict(
      `What is seen is ${found.target} instead of ${String(was)}. Find out which is yours, and name these.`,
    );
  return typeof madeAt === 'string'
    ? { from, to, birth: madeAt }
    : conflict(`${to} is deleted, or does not show when it was made: what is accepted must be seen.`);
};

/**
 * POST: a person with the role Approver states that the vault which has the name now is the right one: it was moved, or made
 * again on purpose. That is entered in the ledger, and holds for the vault that exists at this time; it approves no step. 409
 * where another vault is seen than the one named.
 */
export const acceptVaultMove: Door = async (request, guardian, durable) => {
  const named = await read(request);
  if (named.kind === 'refused') return named.answer;
  const states = await keysIn(guardian, named.value);
  const [state] = states;
  if (!state) return conflict(`No key is known of a vault ${named.value.from}.`);
  const { decision } = await lookNow(guardian, state);
  const move = seenMove(
    decision.findings.find(({ kind }) => kind === 'vaultForeign'),
    named.value,
  );
  if ('status' in move) return move;
  const said = { id: randomUUID(), at: new Date().toISOString(), by: signature(request.caller), why: named.value.why };
  const { ledger } = guardian.store;
  await ledger.append(PRODUCT_CHAIN, await ledger.head(PRODUCT_CHAIN), [moveEntry(move, said)]);
  try {
    const keys = states.map(({ keyId }) => keyId);
    await wakeAll(durable, keys.map(keyOf));
    return { status: 202, body: { ...move, by: said.by, at: said.at, why: said.why, keys } };
  } catch (error) {
    return notWoken(error);
  }
};
