import type { Problem } from './api.ts';

/** Where what answers is no Guardian, or its host has refused before the app was asked. */
const UNEXPLAINED: Readonly<Record<number, string>> = {
  401: 'The key or token is not accepted. Send a key of this function app, or sign in again. No such key lifts a pause or a do-not-heal: that takes a sign-in with the app role Approver, or where nobody approves, the master key.',
  403: 'The function app, or what stands before it, does not let you in from here.',
  404: 'There is no CMK Guardian at this address, or it has not started.',
};

const ELSEWHERE =
  'What answers there leads elsewhere, where nothing that proves who asks is sent. Write the address of the function app itself.';

/** A browser does not say where it would have been led: its status is 0 then. */
const leadsElsewhere = (status: number): boolean => status === 0 || (status >= 300 && status < 400);

const sentenceOf = (status: number): string =>
  (leadsElsewhere(status) ? ELSEWHERE : UNEXPLAINED[status]) ??
  `What answers there refuses, and does not say why. Look at the function app: is it running? (${status})`;

/** The app has refused: `message` is a sentence with its fix, `problem` what RFC 9457 says of it, where the app itself has answered. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? sentenceOf(status));
    this.name = 'Refused';
    this.status = status;
    this.problem = problem;
  }
}
