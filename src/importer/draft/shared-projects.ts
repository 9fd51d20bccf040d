import { bare, fold } from '../../kernel/text-folding.ts';

const VERBS = /^(?:重点|积极|大力|加快|推进|推动|抓好|打造|实施|启动|争取|建设)+/u;
const SIZE = /^投资[\d.]+[万亿]?元/u;
// Shorter words (开发区, 新材料) are common to texts that share no project.
const SHORTEST = 5;

const windows = (letters: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, letters.length - SHORTEST + 1) }, (_, at) => letters.slice(at, at + SHORTEST)));

/** The names in a list that ends in 等…项目, without what is done to them and what they cost. */
const projectNames = (text: string): readonly string[] =>
  fold(text)
    .split(/[,;。]/u)
    .flatMap((clause) => /^(.+)等[^等]*项目/u.exec(clause)?.[1]?.split('、') ?? [])
    .map((name) => name.replace(VERBS, '').replace(SIZE, ''))
    .filter((name) => bare(name).length >= SHORTEST);

type Worded = { readonly number: number; readonly text: string };

export type SharedProject = { readonly project: string; readonly listedIn: number; readonly alsoIn: readonly number[] };

/** Projects that one task lists by name and another names too: 保税物流中心 (lines 37, 76), 仰韶文化产业园 (lines 77, 133). */
export const sharedProjects = (tasks: readonly Worded[]): readonly SharedProject[] => {
  const bareTasks = tasks.map(({ number, text }) => ({ number, letters: bare(text) }));
  const byWindow = new Map<string, (typeof bareTasks)[number][]>();
  for (const task of bareTasks) {
    for (const window of windows(task.letters)) {
      const holders = byWindow.get(window);
      if (holders === undefined) byWindow.set(window, [task]);
      else holders.push(task);
    }
  }
  return tasks.flatMap(({ number, text }) =>
    projectNames(text).flatMap((project): readonly SharedProject[] => {
      const letters = bare(project);
      const others =
        byWindow.get(letters.slice(0, SHORTEST))?.filter((other) => other.number !== number && other.letters.includes(letters)) ?? [];
      return others.length > 0 ? [{ project, listedIn: number, alsoIn: others.map((other) => other.number) }] : [];
    }),
  );
};
