/** The status, title, meaning and fix of a problem. */
export type Problem = {
  readonly status: number;
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
};

/** Every code of a refusal. docs/problems.md has the same in words, and a test compares the two. */
export const PROBLEMS = {
  BadRequest: {
    status: 400,
    title: 'The request is not understood',
    meaning: 'A parameter or a member of the body is unknown, missing, or has a value that is not understood.',
    fix: '`detail` names each fault, and what would be understood. Nothing was started.',
  },
  BadJson: {
    status: 400,
    title: 'The body is not JSON',
    meaning: 'What was sent as the body cannot be parsed as JSON in UTF-8.',
    fix: 'Send JSON, with `Content-Type: application/json`.',
  },
  TooMuch: {
    status: 400,
    title: 'The body holds too much',
    meaning: 'The body nests deeper, or holds more values, than is read.',
    fix: 'Send less: no command needs so much.',
  },
  TooLarge: {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body has more bytes than are read.',
    fix: 'Send less: no command needs so much.',
  },
  Unauthorized: {
    status: 401,
    title: 'It is not proven who asks',
    meaning: 'There is no token, or one that is not accepted: `detail` says why.',
    fix: 'Send `Authorization: Bearer` with a token of your own sign-in for this API.',
  },
  Forbidden: {
    status: 403,
    title: 'This person or application may not do this',
    meaning: 'The token is good, and lacks the app role that this takes.',
    fix: 'Have the app role assigned that `detail` names, and sign in again: a token shows the roles of when it was issued.',
  },
  NoApprovers: {
    status: 403,
    title: 'Nobody can sign in here',
    meaning: 'This takes a token, and no setting says whose tokens count.',
    fix: 'Set `GUARDIAN_APPROVER_TENANT` and `GUARDIAN_APPROVER_AUDIENCE`, or send a key to the twin below `/api/keyed` where there is one.',
  },
  MovedToKeyed: {
    status: 308,
    title: 'A key opens this elsewhere now',
    meaning: 'The route asks for a token. What a key opens has a place of its own, below `/api/keyed`.',
    fix: 'Send the key to the address in `Location`, and change what sends it: the next version answers 401 here.',
  },
  TokenNotVerified: {
    status: 503,
    title: 'The token could not be verified now',
    meaning: 'The keys of Entra that sign tokens could not be fetched. It says nothing against the token.',
    fix: 'Send the same request again.',
  },
  RequesterCannotApprove: {
    status: 403,
    title: 'Nobody approves what they have requested',
    meaning: 'The same person has requested what this plan does.',
    fix: 'Another person with the app role `Approver` approves it.',
  },
  WouldShorten: {
    status: 403,
    title: 'An override that stands would end earlier',
    meaning: 'A key adds overrides, and shortens none.',
    fix: 'Leave `until` out or name a later time; to shorten, a person with the app role `Approver` sends it.',
  },
  TooManyOverrides: {
    status: 409,
    title: 'So many overrides are in force already',
    meaning: 'Every look at a key reads every override, and so many are kept at most; those that stand go on standing.',
    fix: 'Lift overrides that nobody needs (`GET /api/overrides`), or give one for what is above: a resource group or a subscription.',
  },
  OutOfScope: {
    status: 403,
    title: 'It is outside the scope of the product',
    meaning: 'What was named lies outside `GUARDIAN_SCOPE`, where nothing is read or repaired.',
    fix: 'Name what lies inside, or widen the setting and assign the roles there.',
  },
  NotFound: {
    status: 404,
    title: 'There is no such thing',
    meaning: 'Nothing bears the name that was given.',
    fix: '`detail` names the list that has what there is.',
  },
  Ambiguous: {
    status: 409,
    title: 'Several things bear this name',
    meaning: 'What was named may be any of `candidates`, or has several keys in use. Nothing was started.',
    fix: 'Name one of the candidates by its id.',
  },
  NoSuchRoute: {
    status: 404,
    title: 'There is no such route',
    meaning: 'Nothing is answered at this path.',
    fix: 'Compare it with the table of docs/http.md. What a key opens is below `/api/keyed`.',
  },
  WrongMethod: {
    status: 405,
    title: 'The route takes another method',
    meaning: 'There is something at this path, and not by this method.',
    fix: 'Use one of those that `Allow` names.',
  },
  UnknownKey: {
    status: 404,
    title: 'Nothing was ever entered of this key',
    meaning: 'There is no ledger of this key, and no anchor knows of one.',
    fix: 'Compare the key with those of `GET /api/reconciliations`.',
  },
  NoDrift: {
    status: 409,
    title: 'Nothing is to be repaired',
    meaning: 'Everything was looked at just now, and nothing needs this.',
    fix: 'Nothing has to be done.',
  },
  CannotActNow: {
    status: 409,
    title: 'It cannot be done as things are',
    meaning:
      'A pause, a do-not-heal record or a fact stands in the way, or a person must mend something first. Nothing was started.',
    fix: '`detail` says what to do first; then send it again.',
  },
  AlreadyApplied: {
    status: 409,
    title: 'It is being applied already',
    meaning:
      'The plan was approved, and every step that is left of it has begun: a no would stop nothing, and is not recorded.',
    fix: 'See how it ends in its incident. Undo it as the ledger says, or reject the plan where it does not succeed and is asked again.',
  },
  RejectedMeanwhile: {
    status: 409,
    title: 'It was rejected in the same instant',
    meaning:
      'Another word stands against the yes, of the same instant or later: `rejections` has who said no, when and why. The yes is kept in the ledger, and does not count.',
    fix: 'Read the rejection. Who still approves sends the same request again.',
  },
  PlanChanged: {
    status: 409,
    title: 'Another plan would be carried out now',
    meaning: 'The world has changed since this plan was asked, so that more would be done than was read.',
    fix: 'Read the plan `planId` of the answer, and approve that.',
  },
  ReportReplaced: {
    status: 409,
    title: 'The report was made anew',
    meaning:
      'The pages before this one were of a report that was replaced since. Pages of two reports do not fit together.',
    fix: 'Begin again with the first page, without `part` and `report`.',
  },
  LedgerBroken: {
    status: 409,
    title: 'The ledger is not proven',
    meaning: 'The record of this key was changed, or cannot be compared with its anchors.',
    fix: '`GET /api/ledger?key=` says where it breaks.',
  },
  KeyDisabled: {
    status: 409,
    title: 'The key version is disabled',
    meaning: 'The version that a consumer is to be pointed at is disabled.',
    fix: 'Enable it first, or name another version.',
  },
  NotAsNamed: {
    status: 409,
    title: 'What is seen is not what was named',
    meaning: 'What is there now differs from what the request says of it.',
    fix: 'Compare `detail` with what is yours, and name that.',
  },
  AtWork: {
    status: 409,
    title: 'It is being done already',
    meaning: 'The same is at work.',
    fix: 'Nothing has to be started.',
  },
  NotUnderstood: {
    status: 409,
    title: 'The alert is still not understood',
    meaning: 'It was read again, and stays in quarantine.',
    fix: 'Look at what it is about by `POST /api/reconciliations`.',
  },
  CannotBeRead: {
    status: 422,
    title: 'Azure does not show what was named',
    meaning: 'It could not be read, so that nobody knows whether it is there. Nothing was started.',
    fix: '`detail` says why; `GET /api/coverage` has the command that lets the product see it.',
  },
  NeverMatches: {
    status: 422,
    title: 'The record would forbid nothing',
    meaning: 'No repair ever touches what was named.',
    fix: 'Name one of the forms in `detail`.',
  },
  NotWoken: {
    status: 503,
    title: 'A look could not be promised',
    meaning: 'Durable Functions could not be reached.',
    fix: 'Send the same request again after `Retry-After` seconds.',
  },
  AzureUnavailable: {
    status: 503,
    title: 'Azure does not answer',
    meaning: 'Azure is throttled, down or out of reach, so that the product could not look.',
    fix: 'Send the same request again after `Retry-After` seconds.',
  },
  InternalError: {
    status: 500,
    title: 'The product has failed',
    meaning: 'It is a fault of the product, and not of the request.',
    fix: 'Send the request again; if it fails again, look for the name of the route in the log of the function app.',
  },
} as const satisfies Readonly<Record<string, Problem>>;

export type ProblemCode = keyof typeof PROBLEMS;
