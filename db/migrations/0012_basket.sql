-- Runs that a user has picked. No reference to runs: a run that is uploaded again keeps its number, and its place here.
create table basket_runs (
  user_id uuid not null references users on delete cascade,
  run_id bigint not null,
  picked_at timestamptz not null default now(),
  primary key (user_id, run_id)
);
