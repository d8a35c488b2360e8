export { crsFromEpsg, wktForCrs } from './crs-from-epsg'
export { crsFromWkt } from './crs-from-wkt'
export { crsFromEnviMapInfo, enviMapInfoProjection, type EnviProjection } from './envi-projection'
export { crsFromGeoKeys, geoKeysForCrs, RASTER_TYPE_KEY } from './geo-keys'
