const assert = require('node:assert/strict');
const { once } = require('node:events');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { test } = require('node:test');
const { withShop } = require('./running');

const { WebSocket } = createRequire(join(process.env.SHOP_RELEASE, 'package.json'))('ws');

const ask = async (shop, path) => {
  const answer = await fetch(shop.url + path);
  return { status: answer.status, body: await answer.json() };
};

test('each endpoint answers', () =>
  withShop({}, async (shop) => {
    assert.deepEqual(await ask(shop, '/api/version'), { status: 200, body: { version: process.env.SHOP_VERSION } });
    assert.equal((await ask(shop, '/api/health')).body.status, 'ok');
    const database = await ask(shop, '/api/db-health');
    assert.equal(database.status, 200);
    assert.ok(database.body.courses > 0);
    const courses = (await ask(shop, '/api/courses?limit=3')).body;
    assert.equal(courses.length, 3);
    assert.ok((await ask(shop, `/api/courses?after=${courses[2].id}`)).body[0].id > courses[2].id);
    assert.equal((await ask(shop, `/api/courses/${courses[0].slug}`)).body.category.id > 0, true);
    assert.ok((await ask(shop, '/api/categories')).body.length > 0);
    assert.deepEqual(await ask(shop, '/api/slow?ms=50'), { status: 200, body: { waited: 50 } });
  }));

test('what it cannot answer it refuses', () =>
  withShop({}, async (shop) => {
    assert.equal((await ask(shop, '/api/courses/no-such-course')).status, 404);
    for (const path of ['/api/slow?ms=10001', '/api/slow?ms=-1', '/api/slow?ms=x', '/api/courses?limit=101', '/api/courses?after=x']) {
      assert.equal((await ask(shop, path)).status, 400, path);
    }
  }));

test('the variable APP_VERSION does not change what it says it is', () =>
  withShop({ APP_VERSION: 'another' }, async (shop) => {
    assert.equal((await ask(shop, '/api/version')).body.version, process.env.SHOP_VERSION);
  }));

test('a WebSocket ticks and echoes', () =>
  withShop({}, async (shop) => {
    const socket = new WebSocket(`ws://127.0.0.1:${shop.port}/api/live`);
    const [tick] = await once(socket, 'message');
    assert.deepEqual(JSON.parse(tick), { event: 'tick', data: { tick: 0, version: process.env.SHOP_VERSION } });
    socket.send(JSON.stringify({ event: 'echo', data: 'Ω' }));
    const [echo] = await once(socket, 'message');
    assert.deepEqual(JSON.parse(echo), { event: 'echo', data: 'Ω' });
    socket.close();
  }));

test('without its database it is alive and says so', () =>
  withShop({ DATABASE_URL: 'postgres://app_ro:x@127.0.0.1:1/academy_prod' }, async (shop) => {
    assert.equal((await ask(shop, '/api/health')).status, 200);
    const { status, body } = await ask(shop, '/api/db-health');
    assert.equal(status, 503);
    assert.equal(body.status, 'unhealthy');
  }));

test('fault health: only the version is told', () =>
  withShop({ SHOP_FAULT: 'health' }, async (shop) => {
    assert.equal((await ask(shop, '/api/health')).status, 503);
    assert.equal((await ask(shop, '/api/db-health')).status, 503);
    assert.equal((await ask(shop, '/api/version')).status, 200);
  }));

test('fault errors: healthy, and every second request fails', () =>
  withShop({ SHOP_FAULT: 'errors' }, async (shop) => {
    assert.equal((await ask(shop, '/api/health')).status, 200);
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await ask(shop, '/api/courses?limit=1')).status);
    assert.deepEqual(statuses, [200, 500, 200, 500]);
  }));

test('fault slow: healthy, and the catalogue takes 1.5 s', () =>
  withShop({ SHOP_FAULT: 'slow' }, async (shop) => {
    const begun = performance.now();
    await ask(shop, '/api/health');
    const between = performance.now();
    await ask(shop, '/api/courses?limit=1');
    assert.ok(between - begun < 1000);
    assert.ok(performance.now() - between >= 1490);
  }));

test('fault crash: it ends with 1 and says why', () =>
  withShop({ SHOP_FAULT: 'crash' }, async (shop) => {
    assert.equal(await shop.ended, 1);
    assert.match(shop.output, /this version was built with the fault "crash"/);
  }));

test('a fault nobody knows is refused', () =>
  withShop({ SHOP_FAULT: 'helth' }, async (shop) => {
    assert.equal(await shop.ended, 1);
    assert.match(shop.output, /fault "helth" is none of none, health, errors, crash, slow/);
  }));
