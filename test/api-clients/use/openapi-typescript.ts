import type { components, operations, paths } from '../made/openapi-typescript.ts';

type Answer = paths['/v1/tasks/{id}']['get']['responses'][200]['content']['application/json'];
type Refusal = operations['postTasksByIdReports']['responses'][409]['content']['application/problem+json'];

export const standing = ({ status, compliance, deadline }: Answer): string =>
  `${status satisfies components['schemas']['Task']['status']} ${compliance.late + compliance.missing} ${deadline ?? 'open'}`;

/** Every refusal of a report is told apart. */
export const explained = ({ code }: Refusal): string => {
  switch (code) {
    case 'already-reported':
      return 'amend it';
    case 'policy-missing':
      return 'adopt one';
    case 'task-closed':
      return 'reopen it';
    default:
      return code satisfies never;
  }
};
