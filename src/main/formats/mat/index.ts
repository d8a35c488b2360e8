export { listMatCubes, openMat, matFlavour, type MatOptions } from './open-mat'
