-- Families of runs (physics/families.ts), rewritten by the job find_families. A family's number is the smallest of its runs' numbers.

-- A number to five significant digits; what is smaller than 1e-7 is a zero that went through arithmetic. Not strict: then it is inlined.
create function significant_digits(x double precision) returns real
language sql immutable parallel safe as $$
  select case when abs(x) < 1e-7 then 0::real when abs(x) > 1e30 then 1e30::real
    else (round(x * (1 + 1e-12) * 10 ^ (4 - floor(log(abs(x))))) * 10 ^ (floor(log(abs(x))) - 4))::real end
$$;

-- Every run has a spectrum, be it alone in it; twins only where another code has the same physics and k_y.
create table run_families (
  run_id bigint primary key references runs on delete cascade,
  spectrum_id bigint not null,
  twins_id bigint
);
-- For the members of a family, and for collapsing a search by spectrum.
create index run_families_spectrum on run_families (spectrum_id);
create index run_families_twins on run_families (twins_id) where twins_id is not null;

-- What a search shows of a spectrum: runs of one code and kind with the same physics.
create table spectra (
  id bigint primary key,
  n_runs integer not null,
  n_ky integer not null,
  ky_lo double precision,
  ky_hi double precision,
  -- Of the runs that are not implausible.
  gamma_max double precision,
  ky_at_max double precision,
  run_at_max bigint
);

-- Spectra that differ in one parameter, under that parameter; a spectrum is in one scan of each at most.
create table scan_spectra (
  spectrum_id bigint not null,
  varied text not null,
  scan_id bigint not null,
  value double precision not null,
  primary key (spectrum_id, varied)
);
create index scan_spectra_scan on scan_spectra (scan_id, varied);
