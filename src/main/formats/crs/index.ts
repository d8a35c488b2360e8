export { crsFromEpsg, proj4ForCrs, wktForCrs } from './crs-from-epsg'
export { crsFromWkt, unitOfWkt } from './crs-from-wkt'
export { crsFromEnviMapInfo, enviMapInfoProjection } from './envi-projection'
export { crsFromGeoKeys, geoKeysForCrs } from './geo-keys'
