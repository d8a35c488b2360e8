export { openMat, matFlavour, type MatOptions } from './open-mat'
