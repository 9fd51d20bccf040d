import { test } from 'tap';
import { loggedUrl } from '../../src/http/logged-url.ts';

const JWT = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln';
const KNOWN = new Set(['q', 'unit', 'asOf', 'cursor']);

await test('of a URL the log has what the route knows, and no token', async (t) => {
  const cases: readonly (readonly [url: string, logged: string])[] = [
    ['/v1/tasks', '/v1/tasks'],
    ['/v1/tasks?q=水库&unit=u1&asOf=@5', '/v1/tasks?q=水库&unit=u1&asOf=@5'],
    ['/v1/tasks?q=%E6%B0%B4', '/v1/tasks?q=%E6%B0%B4'],
    [`/v1/tasks?access_token=${JWT}`, '/v1/tasks?access_token=[redacted]'],
    ['/v1/tasks?token=opaque&unit=u1', '/v1/tasks?token=[redacted]&unit=u1'],
    ['/v1/tasks?password', '/v1/tasks?password=[redacted]'],
    [`/v1/tasks?q=${JWT}`, '/v1/tasks?q=[redacted]'],
    [`/v1/tasks?q=see+${JWT}+here`, '/v1/tasks?q=see+[redacted]+here'],
    [`/v1/tasks?q=${JWT.replaceAll('.', '%2E')}`, '/v1/tasks?q=[redacted]'],
    [`/v1/tasks?q=${JWT.replace('eyJ', '%65yJ')}`, '/v1/tasks?q=[redacted]'],
    [`/v1/tasks?${JWT}`, '/v1/tasks?[redacted]'],
    [`/v1/tasks?${JWT}=1`, '/v1/tasks?[redacted]'],
    [`/v1/tasks/${JWT}/history`, '/v1/tasks/[redacted]/history'],
    [`/${JWT}`, '/[redacted]'],
    ['/v1/tasks?q=%zz', '/v1/tasks?q=[redacted]'],
    ['/v1/%zz?q=1', '/v1/[redacted]?q=1'],
    ['/v1/tasks?a=1?b=2', '/v1/tasks?a=[redacted]'],
    ['/v1/tasks?%61ccess_token=x', '/v1/tasks?[redacted]'],
  ];
  for (const [url, logged] of cases) t.equal(loggedUrl(url, KNOWN), logged, url);
});
