// SPDX-License-Identifier: GPL-3.0-or-later
// DuckDB as a peer of bench-views: reads one request a line, {"load": FILE} or {"ask": [SQL, ...]}, and answers with one line.
// Started by peers.py, which also puts the package @duckdb/node-api beside it.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();

const columns = "{'t':'BIGINT','a':'UINTEGER','country':'USMALLINT','asn':'UINTEGER','account':'UINTEGER','server':'USMALLINT'," +
  "'service':'UTINYINT','s':'UTINYINT','w':'UINTEGER','f':'UINTEGER','g':'UINTEGER','bad':'UTINYINT'}";

async function answer(request) {
  if (request.load) {
    await connection.run(`CREATE OR REPLACE TABLE e AS SELECT * FROM read_csv('${request.load}', delim='\t', header=false, columns=${columns})`);
    return { done: true };
  }
  const started = process.hrtime.bigint();
  const results = [];
  for (const sql of request.ask) {
    results.push(await (await connection.runAndReadAll(sql)).getRows());
  }
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  return { ms, rows: results.map((rows) => rows.map((row) => row.map(Number))) };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}
