const assert = require('node:assert/strict');
const { once } = require('node:events');
const { Agent, get } = require('node:http');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { test } = require('node:test');
const { withShop } = require('./running');

const { WebSocket } = createRequire(join(process.env.SHOP_RELEASE, 'package.json'))('ws');
const CLIENTS = 20;

const ask = (shop, path, agent) =>
  new Promise((resolve, reject) => {
    const request = get(shop.url + path, { agent }, (answer) => {
      answer.resume().on('error', reject).on('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection }));
    });
    request.on('error', (error) => reject(Object.assign(error, { reused: request.reusedSocket })));
  });

/** Sends one request after the other until it is told to leave, or nobody is there any more. Every answer counts. */
async function keepAsking(shop, agent) {
  const answers = [];
  for (;;) {
    try {
      answers.push(await ask(shop, '/api/slow?ms=20', agent));
    } catch (error) {
      // Refused: it was never let in. Reset: the kept-alive connection was closed while idle, as HTTP allows (RFC 9112, 9.3.1).
      const refused = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && error.reused);
      return { answers, lost: refused ? 0 : 1, error };
    }
    if (answers.at(-1).connection === 'close') return { answers, lost: 0 };
  }
}

test('SIGTERM under load: all that was let in is answered, WebSockets are told, and it ends with 0', () =>
  withShop({}, async (shop) => {
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
    const socket = new WebSocket(`ws://127.0.0.1:${shop.port}/api/live`);
    await once(socket, 'open');
    const clients = Array.from({ length: CLIENTS }, () => keepAsking(shop, agent));
    const slow = Array.from({ length: CLIENTS }, () => ask(shop, '/api/slow?ms=1500'));
    // They are in: an answer to something sent after them has come back.
    await ask(shop, '/api/health');
    await ask(shop, '/api/slow?ms=300');
    shop.process.kill('SIGTERM');
    const [code, reason] = await once(socket, 'close');
    assert.equal(code, 1001);
    assert.equal(String(reason), 'another version takes over');
    await assert.rejects(ask(shop, '/api/health'), { code: 'ECONNREFUSED' });
    for (const answer of await Promise.all(slow)) assert.deepEqual(answer, { status: 200, connection: 'close' });
    const results = await Promise.all(clients);
    assert.equal(results.reduce((sum, { lost }) => sum + lost, 0), 0, String(results.find(({ lost }) => lost)?.error));
    assert.ok(results.every(({ answers }) => answers.length > 0 && answers.every(({ status }) => status === 200)));
    assert.equal(await shop.ended, 0);
    assert.match(shop.output, /ended, nothing was cut off/);
    agent.destroy();
  }));

test('when the grace is over it cuts off what is left, says so, and ends with 1', () =>
  withShop({ SHOP_GRACE_SECONDS: '1' }, async (shop) => {
    const late = ask(shop, '/api/slow?ms=8000').catch((error) => error.code);
    await ask(shop, '/api/slow?ms=100');
    shop.process.kill('SIGTERM');
    assert.equal(await late, 'ECONNRESET');
    assert.equal(await shop.ended, 1);
    assert.match(shop.output, /cut off what took longer than 1 s/);
  }));
