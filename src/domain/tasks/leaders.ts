import type { LeaderPost } from './events.ts';

/**
 * The responsible leaders: persons, posts, or persons by their posts. A document may name a post alone (分管副市长), and then no
 * person may be made of it. `leaders` is the list of names; `leaderPosts` is there where it says more than the names.
 */
export type Leaders = { readonly leaders: readonly string[]; readonly leaderPosts?: readonly LeaderPost[] | undefined };

/** All of them, in their order: by name alone where nothing says more. */
export const postsOf = ({ leaders, leaderPosts }: Leaders): readonly LeaderPost[] =>
  leaderPosts ?? leaders.map((name) => ({ name, title: null }));

export const namesIn = (posts: readonly LeaderPost[]): string[] => posts.flatMap(({ name }) => name ?? []);

/** The same in one form: the names are those in the posts, and posts without any title are names. */
export const leadersOf = (posts: readonly LeaderPost[]): Leaders => {
  const leaders = namesIn(posts);
  return posts.some(({ title }) => title !== null) ? { leaders, leaderPosts: posts } : { leaders };
};
