/** The largest eigenvalues of a symmetric matrix and their vectors, in falling order. */
export interface Eigen {
  values: Float64Array
  /** [count][size], orthonormal rows. */
  vectors: Float64Array[]
}

const OVERSAMPLING = 12
const ROUNDS = 60

/**
 * The `count` leading eigenpairs of a positive semi-definite `matrix` [size * size] by subspace iteration with
 * Rayleigh-Ritz (Golub & Van Loan, ch. 8). Deterministic. Cost: 60 size^2 (count + 12) operations, 0.2 s for 400 bands.
 */
export function leadingEigenpairs(matrix: Float64Array, size: number, count: number): Eigen {
  const width = Math.min(size, count + OVERSAMPLING)
  let basis: Float64Array[] = Array.from({ length: width }, (_, k) => Float64Array.from({ length: size }, (_, i) => Math.cos((k + 1) * (i + 0.5) * (Math.PI / size)) + (i % width === k ? 1 : 0)))
  orthonormalise(basis)
  for (let round = 0; round < ROUNDS; round++) {
    basis = basis.map((vector) => multiply(matrix, vector))
    orthonormalise(basis)
  }
  const images = basis.map((vector) => multiply(matrix, vector))
  const small = new Float64Array(width * width)
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) small[i * width + j] = dot(basis[i] as Float64Array, images[j] as Float64Array)
  const { values, rotation } = jacobi(small, width)
  const order = Array.from(values.keys()).sort((p, q) => (values[q] as number) - (values[p] as number)).slice(0, count)
  const vectors = order.map((column) => {
    const vector = new Float64Array(size)
    for (let k = 0; k < width; k++) addScaled(vector, basis[k] as Float64Array, rotation[k * width + column] as number)
    return vector
  })
  orthonormalise(vectors)
  return { values: Float64Array.from(order, (column) => Math.max(0, values[column] as number)), vectors }
}

function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) sum += (p[i] as number) * (q[i] as number)
  return sum
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (source[i] as number)
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  const out = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    let sum = 0
    const start = row * size
    for (let i = 0; i < size; i++) sum += (matrix[start + i] as number) * (vector[i] as number)
    out[row] = sum
  }
  return out
}

/** Gram-Schmidt, twice for accuracy; a vector that vanishes is replaced by the first unit vector that does not. */
function orthonormalise(vectors: Float64Array[]): void {
  vectors.forEach((vector, k) => {
    const before = Math.sqrt(dot(vector, vector))
    for (let pass = 0; pass < 2; pass++) for (let j = 0; j < k; j++) addScaled(vector, vectors[j] as Float64Array, -dot(vector, vectors[j] as Float64Array))
    let norm = Math.sqrt(dot(vector, vector))
    for (let unit = 0; norm <= 1e-12 * before || norm === 0; unit++) {
      vector.fill(0)
      vector[(k + unit) % vector.length] = 1
      for (let pass = 0; pass < 2; pass++) for (let j = 0; j < k; j++) addScaled(vector, vectors[j] as Float64Array, -dot(vector, vectors[j] as Float64Array))
      norm = Math.sqrt(dot(vector, vector))
      if (norm > 1e-6) break
    }
    for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / norm
  })
}

/** Cyclic Jacobi rotations: eigenvalues and the rotation whose columns are the eigenvectors. */
function jacobi(matrix: Float64Array, size: number): { values: Float64Array; rotation: Float64Array } {
  const a = matrix.slice()
  const rotation = Float64Array.from({ length: size * size }, (_, i) => (Math.floor(i / size) === i % size ? 1 : 0))
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0
    let diagonal = 0
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i === j) diagonal += (a[i * size + i] as number) ** 2; else off += (a[i * size + j] as number) ** 2
    if (off <= 1e-26 * diagonal) break
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, rotation, size, p, q)
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i] as number), rotation }
}

function rotate(a: Float64Array, rotation: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q] as number
  if (apq === 0) return
  const theta = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let i = 0; i < size; i++) {
    const ip = a[i * size + p] as number
    const iq = a[i * size + q] as number
    a[i * size + p] = c * ip - s * iq
    a[i * size + q] = s * ip + c * iq
  }
  for (let i = 0; i < size; i++) {
    const pi = a[p * size + i] as number
    const qi = a[q * size + i] as number
    a[p * size + i] = c * pi - s * qi
    a[q * size + i] = s * pi + c * qi
    const rp = rotation[i * size + p] as number
    const rq = rotation[i * size + q] as number
    rotation[i * size + p] = c * rp - s * rq
    rotation[i * size + q] = s * rp + c * rq
  }
}
