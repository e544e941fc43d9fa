/** Real documents that several tests look at, by what is special about them. */
export const ADIABATIC = "69b0b04433813c4fceb55318";
export const GENE = "693be9f80b03f3c6806c9e68";
export const GENE_NONLINEAR = "69b651e851ba8da357d6907a";
export const GX = "690ab9000b03f3c6806c9e8b";
export const NO_SHEAR = "69a26930f66e9336c4142482";
export const TGLF = "6967f870ae5c1280a329bcfd";
export const TRANSPORT = "68b7f580ae5c1280a329bcd8";
