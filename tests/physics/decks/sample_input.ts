/** A CGYRO input of an electromagnetic case with kinetic electrons, as its user would paste it. */
export const CGYRO_INPUT = `N_SPECIES=2
RMIN=0.6
RMAJ=3.0  # major radius
Q=2.0
S=1.0
BETAE_UNIT=0.001
Z_1=1
DENS_1=1.0
TEMP_1=1.0
MASS_1=1.0
DLNNDR_1=1.0
DLNTDR_1=3.0
Z_2=-1
DENS_2=1.0
TEMP_2=1.0
MASS_2=0.0002724486
DLNNDR_2=1.0
DLNTDR_2=2.5
NU_EE=0.1
KY=0.3
`;
