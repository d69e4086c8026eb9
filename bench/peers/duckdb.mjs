// SPDX-License-Identifier: Apache-2.0
// Runs a list of steps in DuckDB and prints what each duty took. A step has a duty and one of: sql; keep, files
// [{from, to}] that are hashed (SHA-256) while they are copied and synced; sync, files that are synced.
// Usage: node duckdb.mjs STEPS.json
import { createHash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const plan = JSON.parse(await readFile(process.argv[2], 'utf8'));

async function keep({ from, to }) {
  const hash = createHash('sha256');
  const source = await open(from, 'r');
  const copy = await open(to, 'w');
  const buffer = Buffer.alloc(1 << 20);
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    await copy.write(piece);
  }
  await copy.sync();
  await copy.close();
  await source.close();
  return hash.digest('hex');
}

async function syncFile(path) {
  const file = await open(path, 'r');
  await file.sync();
  await file.close();
}

if (plan.database) await rm(plan.database, { force: true });
const instance = await DuckDBInstance.create(plan.database ?? ':memory:', { threads: String(plan.threads) });
const connection = await instance.connect();

const duties = {};
for (const step of plan.steps) {
  const begin = performance.now();
  if (step.sql) {
    try {
      await connection.run(step.sql);
    } catch (error) {
      console.error(`${error.message}\nin: ${step.sql.slice(0, 3000)}`);
      process.exit(1);
    }
  }
  for (const file of step.keep ?? []) await keep(file);
  for (const file of step.sync ?? []) await syncFile(file);
  duties[step.duty] = (duties[step.duty] ?? 0) + (performance.now() - begin) / 1000;
}
connection.closeSync();
instance.closeSync();
console.log(JSON.stringify({ duties }));
