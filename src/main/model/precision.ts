/** The precision that TensorFlow's library computes with in this process: the environment decides it at the start. */
export function precisionInUse(): 'float32' | 'bfloat16' {
  return process.env.ONEDNN_DEFAULT_FPMATH_MODE === 'BF16' ? 'bfloat16' : 'float32'
}
