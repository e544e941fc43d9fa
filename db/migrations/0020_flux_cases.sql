-- Nonlinear and quasilinear runs of the same physics (db/families/find_flux_cases.ts), rewritten by the job find_families. A case is in here only
-- where it has both kinds; its number is the smallest of its runs' numbers.
create table flux_cases (
  run_id bigint primary key references runs on delete cascade,
  case_id bigint not null
);
create index flux_cases_case on flux_cases (case_id);
