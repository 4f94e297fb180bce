// How often a server that ended is started again.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Restarts } from '../../src/restarts.ts';

test('a few times, unless long time passes between', () => {
  const restarts = new Restarts();
  const second = 1000;
  const allowed = [0, 1, 2, 3, 4, 5].map((time) => restarts.allow(time * second));
  assert.deepEqual(allowed, [true, true, true, true, false, false]);
  assert.equal(restarts.allow(400 * second), true);
});
