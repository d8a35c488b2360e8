import { expect, it } from 'vitest'
import { setupScript } from './setup-scripts'

const { requirementsOfExtra, wheelIdentity } = await setupScript('wheel-metadata.mjs')

// Lines as they stand in the METADATA of tensorflow 2.21.0 (all nvidia lines, three others), plus a description that lies.
const metadata = `Metadata-Version: 2.1
Name: tensorflow
Version: 2.21.0
Requires-Python: >=3.10
Requires-Dist: absl-py>=1.0.0
Requires-Dist: typing_extensions>=3.6.6
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-cuda-cupti-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-nvcc-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-nvrtc-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cuda-runtime-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"
Requires-Dist: nvidia-cufft-cu12<12.0,>=11.2.3.61; extra == "and-cuda"
Requires-Dist: nvidia-curand-cu12<11.0,>=10.3.6.82; extra == "and-cuda"
Requires-Dist: nvidia-cusolver-cu12<12.0,>=11.6.3.83; extra == "and-cuda"
Requires-Dist: nvidia-cusparse-cu12<13.0,>=12.5.1.3; extra == "and-cuda"
Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"
Requires-Dist: nvidia-nvjitlink-cu12<13.0,>=12.5.82; extra == "and-cuda"
Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"

The description may quote
Requires-Dist: nvidia-trap; extra == "and-cuda"
`

it('names the requirements of the extra, and only those', () => {
  const requirements = requirementsOfExtra(metadata, 'and-cuda')
  expect(requirements).toHaveLength(12)
  expect(requirements[0]).toBe('nvidia-cublas-cu12<13.0,>=12.5.3.2')
  expect(requirements[5]).toBe('nvidia-cudnn-cu12<10.0,>=9.3.0.75')
  expect(requirements[11]).toBe('nvidia-nvjitlink-cu12<13.0,>=12.5.82')
  expect(requirementsOfExtra(metadata, 'no-such-extra')).toEqual([])
})

it('leaves other conditions to pip, reads either quote and Windows line ends', () => {
  expect(requirementsOfExtra(metadata, 'gcs-filesystem')).toEqual(['tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32" and python_version < "3.13")'])
  expect(requirementsOfExtra("Requires-Dist: a (>=1) ; extra == 'x' and os_name == 'nt'\r\n\r\nbody", 'x')).toEqual(["a (>=1); os_name == 'nt'"])
})

it('reads name and version off a wheel in the index\'s spelling', () => {
  expect(wheelIdentity('tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl')).toEqual({ name: 'tensorflow-cpu', version: '2.21.0' })
  expect(wheelIdentity('nvidia_cublas_cu12-12.9.1.4-py3-none-manylinux_2_27_x86_64.whl')).toEqual({ name: 'nvidia-cublas-cu12', version: '12.9.1.4' })
})
