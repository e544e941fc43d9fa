-- Runs of a realistic catalogue; the table bench says how many.
select setseed(0.4);

create function pg_temp.pick(words text[], skew double precision) returns text language sql volatile as
$$ select words[1 + floor(cardinality(words) * random() ^ skew)::int] $$;

insert into input_names (name, aliases) select 'param_' || n, array['param_' || n] from generate_series(1, 120) n;
-- Few values for most parameters, hundreds for the physical ones.
insert into input_values (name_id, word, number)
select k.id, number::text as word, number from input_names k, generate_series(1, case when k.id % 10 = 0 then 400 else 4 end) number order by k.id, number;
create temporary table first_values on commit drop as
select name_id, min(id) as id, count(*)::int as n from input_values where name_id <= (select inputs from bench) group by name_id;

-- One physics each, shared by the wavenumbers of a spectrum.
create temporary table blocks on commit drop as
select b, code, kind, q, s_hat, r_over_R, beta,
  case when kind = 'nonlinear' then 1 else 10 + (8 * random())::int end as n_runs,
  pg_temp.pick('{mr_a,mr_b,mr_c,mr_d,mr_e,mr_f,mr_g,mr_h,mr_i,mr_j,mr_k,mr_l}', 2.5) as person,
  pg_temp.pick('{DIII-D,JET,NSTX,MAST-U,ITER,ASDEX,SPARC,C-Mod,TCV,W7-X}', 2) as device,
  pg_temp.pick('{cori,perlmutter,local,marconi,stampede}', 2) as platform,
  pg_temp.pick('{pyrokinetics,mgkdb_gui,script,portal}', 3) as workflow,
  pg_temp.pick('{s-alpha,miller,MXH,traced}', 2) as geometry,
  case when random() < 0.7 then 1 + floor(3 * random() ^ 2)::int end as confidence,
  2 + floor(2 * random() ^ 2)::int as n_species,
  pg_temp.pick('{"{itg}","{itg,cbc}","{pedestal}","{etg,pedestal}","{mtm,pedestal,nstx}","{tem}","{}","{validation}"}', 1.5)::text[] as keywords,
  case when random() < 0.3 then pg_temp.pick('{"Cyclone base case","scan in the ion gradient","pedestal top of a spherical tokamak","with impurity, see the paper","for the surrogate model, batch two","convergence test of nz and nv"}', 1.3) || ' ' || b end as comments,
  coalesce(beta > 2e-4, false) as em,
  random_normal(5, 2.5) as rlti, random_normal(6, 3) as rlte, random_normal(2.2, 1.2) as rlne,
  case when random() < 0.8 then 0.2 + 0.7 * random() end as kappa_part,
  case when random() < 0.1 then null else exp(random_normal(-2.5, 1.2)) end as nu,
  array(select id + (b * 997 + name_id * b % 31) % n from first_values where name_id <> 10 order by id) as inputs
from (
  select b, pg_temp.pick('{TGLF,CGYRO,GENE,GS2,GX}', 1.7) as code,
    case when random() < 0.85 then 'linear' when random() < 0.5 then 'nonlinear' else 'quasilinear' end as kind,
    -- Stored with its sign by some codes, absolute in the catalogue.
    abs((case when random() < 0.3 then -1 else 1 end) * (1 + exp(random_normal(0.2, 0.6)))) as q,
    random_normal(0.9, 0.8) as s_hat, 0.05 + 0.3 * random() as r_over_R,
    case when random() < 0.35 then null else exp(random_normal(-6, 1.6)) end as beta
  from generate_series(1, (select blocks from bench)) b
) physics;

insert into runs (source_id, folder_path, run_suffix, row_hash, detail, inputs, kind, collection, code, layout, folder, suffix, uploaded_at, updated_at,
  keywords, comments, "user", device, scenario, platform, workflow, confidence, confidence_raw, confidence_scale, q, s_hat, "r_over_R", "a_over_R", kappa, delta,
  zeta, p_prime, "alpha_MHD", geometry, "RLTe", "RLTi", "RLne", "RLni", "Ti_Te", eta_e, eta_i, beta_e, electromagnetic, fields, "gamma_E", rotation, nu_ee, nu_ii,
  nu_star_e, n_species, adiabatic, "Z_eff", "Z_imp", n_imp, mass_i, ky, ky_input, kx, n_ky, ky_lo, ky_hi, ky_values, gamma, omega, gamma_tolerance,
  gamma_over_ky2, direction, stability, convergence, implausible, mode, "Q_e", "Q_i", "Q_i_main", "G_e", em_share, t_end, saturated, nx, nky, nz, nv, nw,
  converter_version, has, n_files, n_missing, bytes)
select lpad(to_hex(1546300800 + serial * (select 220000000 / runs from bench)), 8, '0') || lpad(to_hex(serial), 16, '0'),
  '/global/cfs/cdirs/m' || b % 40 || '/' || person || '/scan_' || b || '/run_' || k || '/', '_' || lpad(k::text, 4, '0'), md5(serial::text),
  jsonb_build_object('text', (select string_agg(md5((serial + n)::text), '') from generate_series(1, (select detail_bytes from bench) / 32) n)),
  inputs || array(select id + serial::int % n from first_values where name_id = 10), kind,
  case when kind = 'linear' then 'linear' else 'nonlinear' end, code, case when serial % 9 = 0 then 'gkdb' else 'imas' end,
  'scan_' || b || '/run_' || k, '_' || lpad(k::text, 4, '0'), to_timestamp(1546300800 + serial * (select 220000000 / runs from bench)),
  case when serial % 11 = 0 then to_timestamp(1770000000 + serial % 1000000) end, keywords, comments, person, device,
  case when b % 3 = 0 then 'shot ' || 100000 + b % 5000 end, platform, workflow, confidence, confidence::text, case when confidence is not null then '0 to 3' end,
  q, s_hat, r_over_R, r_over_R * (1.4 + random()), 1 + kappa_part, case when kappa_part is not null then 0.4 * (random() - 0.2) end,
  case when kappa_part is not null then 0.05 * random_normal(0, 1) end, beta * 12 * rlte, q * q * beta * 12 * rlte, geometry, rlte, rlti, rlne,
  rlne + random_normal(0, 0.3), exp(random_normal(0, 0.2)), rlte / nullif(rlne, 0), rlti / nullif(rlne, 0), beta, em, case when em then 'phi,Apar' else 'phi' end,
  case when b % 7 = 0 then random_normal(0, 0.1) end, null, nu, nu / 60, nu * q * 3, n_species, case when b % 6 = 0 then 'electrons' else 'none' end,
  1 + random() * (n_species - 2), case when n_species > 2 then 6 end, case when n_species > 2 then 0.02 * random() end, 2,
  case when kind = 'linear' then ky end, ky * (1 + r_over_R), case when kind = 'linear' then 0 end, case when kind = 'linear' then 1 else 16 end, ky, ky,
  case when kind = 'linear' then array[ky] else '{}' end, gamma, omega, case when kind = 'linear' and serial % 3 > 0 then exp(random_normal(-7, 2)) end,
  gamma / ky ^ 2, case when omega > 0 then 'ion' when omega < 0 then 'electron' end,
  case when gamma > 0 then 'unstable' when gamma <= 0 then 'stable' end, case when kind <> 'linear' then null when serial % 3 > 0 then 'converged' when serial % 2 > 0 then 'unknown' else 'not converged' end,
  abs(gamma) > 40, case when gamma > 0 then case when ky > 3 then 'ETG' when omega > 0 then 'ITG' when em and beta > 2e-3 then 'MTM' else 'TEM' end end,
  flux * rlte, flux * rlti, flux * rlti * 0.95, flux * rlne / 3, case when em and flux is not null then 0.2 * random() end,
  case when kind = 'linear' then 50 + 200 * random() else 800 * random() end,
  case when kind = 'nonlinear' then case when serial % 4 = 0 then 'no' else 'yes' end end, 16 * 2 ^ (serial % 4), case when kind = 'linear' then 1 else 24 end,
  24 + 8 * (b % 4), 32 + 16 * (b % 3), 8 + 8 * (b % 2), '1.' || b % 5, case when serial % 5 = 0 then '{plots,diagnostics}'::text[] else '{mode_structure}' end,
  6 + b % 9, case when b % 50 = 0 then 1 else 0 end, 100000 + (1e7 * random() ^ 6)::bigint
from (
  select runs.*, row_number() over (order by b, k) as serial,
    -- Growth follows the gradients and the wavenumber; some are stable, a few absurd.
    case when kind <> 'linear' then null when random() < 0.003 then -12.95 when random() < 0.02 then null
      else 0.05 * (rlti + rlte - 4) * ky / (1 + ky ^ 1.5) + random_normal(0, 0.02) end as gamma,
    case when kind = 'linear' then (case when rlti > rlte then 1 else -1 end) * ky * (0.6 + 0.2 * random()) end as omega,
    case when kind <> 'linear' then exp(random_normal(0.5, 1.5)) end as flux
  from (select *, case when b % 8 = 0 then 5 else 0.05 end * 1.35 ^ k as ky from blocks, generate_series(1, n_runs) k) runs
) spread
where serial <= (select runs from bench);
