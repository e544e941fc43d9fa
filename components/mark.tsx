/** The flux surface of the mark: R = R0 + r cos(θ + sin⁻¹δ sin θ), Z = κ r sin θ with κ = 1.32, δ = 0.4. */
const SURFACE =
  "M18.8 12.0C18.8 10.3 17.9 8.3 16.8 6.8C15.7 5.3 13.7 3.8 12.2 3.0C10.7 2.1 9.0 1.6 7.7 1.6C6.5 1.6 5.5 2.1 4.8 3.0C4.1 3.8 3.7 5.3 3.4 6.8C3.1 8.3 3.0 10.3 3.0 12.0C3.0 13.7 3.1 15.7 3.4 17.2C3.7 18.7 4.1 20.2 4.8 21.0C5.5 21.9 6.5 22.4 7.7 22.4C9.0 22.4 10.7 21.9 12.2 21.0C13.7 20.2 15.7 18.7 16.8 17.2C17.9 15.7 18.8 13.7 18.8 12.0Z";
/** Radially elongated eddies, longest at the outboard midplane. */
const EDDIES =
  "M12.5 15.5L12.8 17.4M13.6 13.7L15.7 15.3M13.9 12.0L17.1 12.0M13.6 10.3L15.7 8.7M12.5 8.5L12.8 6.6";
/** The letters of the name, each as strokes from its own origin. */
const LETTERS: [x: number, path: string][] = [
  [27, "M0 18V6L4.5 13L9 6V18"],
  [41, "M10.1 7.6A6 6 0 1 0 11.95 12.8H7.5"],
  [58, "M0 6V18M8 6L0 13.6M2.9 10.9L8.5 18"],
  [71, "M0 6V18H3.5A6 6 0 0 0 3.5 6Z"],
  [85, "M0 6V18H5.2A3.2 3.2 0 0 0 5.2 11.6H0M0 6H4.6A2.8 2.8 0 0 1 4.6 11.6"],
];

/** The mark, a poloidal cross-section with a ballooning mode, and the name; decoration, so whatever holds it needs a label. */
export function Wordmark() {
  return (
    <svg
      class="wordmark"
      viewBox="0 0 95 24"
      width="95"
      height="24"
      fill="none"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <g class="mark" stroke="currentColor">
        <path d={SURFACE} stroke-width="1.8" />
        <path d={EDDIES} stroke-width="1.6" />
        <circle cx="8.4" cy="12" r="1.3" fill="currentColor" stroke="none" />
      </g>
      <g stroke="currentColor" stroke-width="2">
        {LETTERS.map(([x, path]) => (
          <path d={path} transform={`translate(${x})`} />
        ))}
      </g>
    </svg>
  );
}
