import { symbol } from "../physics/symbol.ts";
import { CommandLine, Python } from "./getting_started_code.tsx";
import { ConversionTable } from "./conversion_table.tsx";
import { Sym } from "./symbol.tsx";

/** From a question to numbers and files, on the web, in a shell and in Python. `origin` is the site's public address. */
export function GettingStartedPage({ origin }: { origin: string }) {
  return (
    <>
      <h1>Getting started</h1>
      <p class="lede">
        From a question to plots and files: in the browser, in a shell, in
        Python.
      </p>
      <nav class="toc" aria-label="On this page">
        <a href="#web">In the browser</a>
        <a href="#shell">In a shell</a>
        <a href="#python">In Python</a>
        <a href="#units">Normalisation</a>
      </nav>
      <Web />
      <CommandLine origin={origin} />
      <Python />
      <Units />
    </>
  );
}

function Web() {
  return (
    <section id="web" class="prose">
      <h2>In the browser</h2>
      <ol>
        <li>
          <a href="/register">Register</a>, confirm your address, and wait for
          the approval; then <a href="/login">log in</a>.
        </li>
        <li>
          <a href="/runs">Search</a>. Every filter is in the address of the
          page: bookmark it, or send it to a colleague. A range matches only
          runs that have a value; tick <em>also runs without a value</em>{" "}
          to keep the others.
        </li>
        <li>
          Open a run. Its page goes from what it is, over plots and numbers, to
          its files, each of which you can fetch by itself.
        </li>
        <li>
          Press <em>Download</em>{" "}
          on a run or on a search. You are told how many files and bytes that
          is, and what is missing, before anything starts. The archive is built
          in the background: close the page, come back later.
        </li>
        <li>
          Fetch the archive under{" "}
          <a href="/downloads">Downloads</a>. It is a zip file with one folder
          per run and a{" "}
          <code>MANIFEST.tsv</code>, which lists every file with its size and
          checksum, and what could not be had.
        </li>
      </ol>
      <p>
        Numbers on pages are rounded to three digits; point at one to see all of
        it. CSV and JSON have full precision. The{" "}
        <a href="/glossary">glossary</a> explains every column.
      </p>
    </section>
  );
}

function Units() {
  return (
    <section id="units" class="prose">
      <h2>Normalisation</h2>
      <p>
        Addresses, CSV and JSON hold numbers as they are stored, in the
        normalisation of the GKDB: lengths in{" "}
        <Sym parts={symbol("R_0")} />, the major radius of the flux surface's
        centre; speeds in{" "}
        <Sym parts={symbol('v_{ref} "= √(2"T_e/m_D")"')} />; Larmor radii{" "}
        <Sym parts={symbol('ρ_{ref} "= "m_Dv_{ref}/eB_{ref}')} />; temperatures
        and densities in those of the electrons. The files of a plot are in the
        units that its page was switched to, which stand in their heads.
      </p>
      <p>
        Most papers use <Sym parts={symbol('c_s "= √("T_e/m_D")"')} />{" "}
        and the minor radius <i class="sym">a</i>. Multiply by:
      </p>
      <ConversionTable />
      <p>
        For example, with <Sym parts={symbol("a/R_0")} />{" "}
        = 1/3 a growth rate of 0.21 <Sym parts={symbol("v_{ref}/R_0")} />{" "}
        is 0.099 <Sym parts={symbol("c_s/a")} />. Wavenumbers: as{" "}
        <Sym parts={symbol('ρ_{ref} "= √2 "ρ_s')} />,{" "}
        <Sym parts={symbol('k_yρ_s "= "k_yρ_{ref}"/√2"')} />. Both Larmor radii
        are in <Sym parts={symbol("B_0")} />, the toroidal field at{" "}
        <Sym parts={symbol("R_0")} />; CGYRO and TGLF use{" "}
        <Sym parts={symbol("B_{unit}")} />, so that their own gyro-Bohm fluxes
        differ from these by{" "}
        <Sym parts={symbol('"("B_{unit}/B_0")"^2')} />. What is stored as{" "}
        <Sym parts={symbol("k_y")} />{" "}
        also holds a metric factor of the flux surface, so it is not the number
        in the input file; that one is the column <code>ky_input</code>. Where
        {" "}
        <Sym parts={symbol("a/R_0")} /> is not known from the input, units with
        {" "}
        <i class="sym">a</i> cannot be had.
      </p>
    </section>
  );
}
