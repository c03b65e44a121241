/** A message that nobody has taken yet. `at`: of what it tells; `dueAt`: when it is sent again (ISO 8601). */
export type Waiting<Message> = {
  readonly message: Message;
  readonly at: string;
  readonly tries: number;
  readonly dueAt: string;
};

/** Where messages of one kind wait. What it throws is logged: no repair fails of it. */
export type Outbox<Message> = {
  keep(waiting: Waiting<Message>): Promise<void>;
  /** Those that are due, oldest first. */
  due(now: string, count: number): Promise<readonly Waiting<Message>[]>;
  /** `false`: somebody else has it. */
  claim(waiting: Waiting<Message>, next: Pick<Waiting<Message>, 'tries' | 'dueAt'>): Promise<boolean>;
  remove(waiting: Waiting<Message>): Promise<void>;
};
