// Prints the paths of the packages that the shop needs at run time, by the lock file. `npm ls --omit=dev` would add what is
// only an optional peer of one of them, here the whole of prisma's and TypeScript's tools.
//
// usage: node production-files.js package-lock.json
const { readFileSync } = require('node:fs');

const { packages } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const [path, { dev, devOptional, optional, peer }] of Object.entries(packages)) {
  if (path && !dev && !devOptional && !optional && !peer) console.log(path);
}
