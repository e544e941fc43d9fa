-- Any parameter of an input file can be searched. Codes repeat the same few values over thousands of runs, so each name with each value stands
-- here once, and a run holds the numbers of its pairs: one small index answers comparisons as well as equalities, whereas a GIN index over
-- the jsonb itself (detail->'input') answers equalities only.

create table input_names (
  id integer generated always as identity primary key,
  -- As in physics/simulation.ts, in lower case.
  name text not null unique,
  -- What people may write for it: with or without its namelist and the number of its repetition.
  aliases text[] not null
);

create table input_values (
  id integer generated always as identity primary key,
  name_id integer not null references input_names,
  word text not null,
  -- Null when the value is no number.
  number double precision,
  unique (name_id, word)
);
create index input_values_number on input_values (name_id, number);

alter table runs add column inputs integer[] not null default '{}';
create index runs_inputs on runs using gin (inputs);
