import { test } from 'tap';
import { accept, decideBy, reject, whereExists, type OtherThan } from '../../src/kernel/decider.ts';

type Lamp = { readonly lit: boolean };
type Command = { readonly type: 'Hang' } | { readonly type: 'Light'; readonly by: string } | { readonly type: 'Quench' };
type Event = { readonly type: 'Hung' | 'Lit' | 'Quenched' };

const decide = decideBy<Lamp | null, Command, Event>({
  Hang: (lamp) => (lamp === null ? accept({ type: 'Hung' }) : reject('nothing-changed', 'it hangs already')),
  ...whereExists<Lamp, OtherThan<Command, 'Hang'>, Event>(reject('task-unknown', 'no lamp hangs here'), {
    Light: ({ lit }, { by }) => (lit ? reject('nothing-changed', `it burns, ${by}`) : accept({ type: 'Lit' })),
    Quench: ({ lit }) => (lit ? accept({ type: 'Quenched' }) : accept()),
  }),
});

await test('a command is decided by the rule of its type', async (t) => {
  t.same(decide(null, { type: 'Hang' }, 0), { ok: true, events: [{ type: 'Hung' }] });
  t.same(decide({ lit: false }, { type: 'Light', by: 'Li' }, 0), { ok: true, events: [{ type: 'Lit' }] });
  t.same(decide({ lit: true }, { type: 'Light', by: 'Li' }, 0), {
    ok: false,
    refusal: { code: 'nothing-changed', detail: 'it burns, Li' },
  });
  t.same(decide({ lit: false }, { type: 'Quench' }, 0), { ok: true, events: [] });
});

await test('what does not exist refuses every command that needs it, with one word', async (t) => {
  const refused = { ok: false, refusal: { code: 'task-unknown', detail: 'no lamp hangs here' } };
  t.same(decide(null, { type: 'Light', by: 'Li' }, 0), refused);
  t.same(decide(null, { type: 'Quench' }, 0), refused);
});

await test('a type that no rule decides is found in no rule by accident', async (t) => {
  for (const type of ['Burn', 'toString', 'constructor', '__proto__', 'hasOwnProperty', ''])
    t.throws(() => decide({ lit: true }, { type } as never, 0), { message: `there is no rule for ${type}` }, type);
});
