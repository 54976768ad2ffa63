// Starts the release in SHOP_RELEASE on a free port, and ends it.
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { join } = require('node:path');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The process, its base URL, what it printed so far, and `ended`, a promise of its exit code. */
async function start(environment = {}) {
  const port = await freePort();
  const process_ = spawn(process.execPath, [join(process.env.SHOP_RELEASE, 'dist/main.js')], {
    env: { PATH: process.env.PATH, DATABASE_URL: process.env.DATABASE_URL, PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const shop = { process: process_, port, url: `http://127.0.0.1:${port}`, output: '' };
  shop.ended = once(process_, 'exit').then(([code]) => code);
  for (const stream of [process_.stdout, process_.stderr]) stream.on('data', (data) => (shop.output += data));
  const listens = new Promise((resolve) => process_.stdout.on('data', () => shop.output.includes('listens on') && resolve()));
  await Promise.race([listens, shop.ended]);
  return shop;
}

/** Runs `use` with a shop that is gone afterwards. */
async function withShop(environment, use) {
  const shop = await start(environment);
  try {
    await use(shop);
  } finally {
    shop.process.kill('SIGKILL');
    await shop.ended;
  }
}

module.exports = { withShop };
