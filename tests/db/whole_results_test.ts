import { test } from "../setup.ts";
import { expect } from "expect";
import { sql } from "../../db/sql.ts";

/** Fails at the fourth row, when three have been sent. */
const FAILING = "select 100 / (n - 4) as n from generate_series(1, 9) n";

test("a statement that fails after its first rows leaves no holes in the next result of its connection", async () => {
  const one = await sql.reserve();
  try {
    await expect(one.unsafe(FAILING)).rejects.toThrow("division by zero");
    const rows = await one`select n from generate_series(1, 3) n`;
    expect([...rows]).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(rows.count).toBe(3);

    await expect(one.unsafe(FAILING)).rejects.toThrow("division by zero");
    expect((await one`select 1 where false`).length).toBe(0);

    await expect(one.unsafe(FAILING)).rejects.toThrow("division by zero");
    const values = await one`select n from generate_series(1, 2) n`.values();
    expect([...values]).toEqual([[1], [2]]);
  } finally {
    one.release();
  }
});

test("the batches of a cursor have no holes either, and those of one that fails leave none", async () => {
  const one = await sql.reserve();
  try {
    await expect(one.unsafe(FAILING)).rejects.toThrow("division by zero");
    const batches: unknown[] = [];
    const cursor = one`select n from generate_series(1, 5) n`.cursor(2);
    for await (const rows of cursor) batches.push(rows.map((r) => r.n));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);

    // The first batch is whole, the second fails at its fourth row.
    const failing = one.unsafe(
      "select 100 / (n - 9) as n from generate_series(1, 20) n",
    ).cursor(5);
    const read = async () => {
      for await (const rows of failing) expect(rows.length).toBe(5);
    };
    await expect(read()).rejects.toThrow("division by zero");
    expect([...await one`select 7 as n`]).toEqual([{ n: 7 }]);
  } finally {
    one.release();
  }
});
