"""Writes reference.json: what Keras 3 and numpy make of the layers that src/main/model builds from plain operations.

Run: python3 -m venv venv && venv/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1 && venv/bin/python reference.py
Weights and inputs come from a hash of name and index, which `filled` in reference.ts repeats, so none are stored.
"""
import json
import os
import pathlib

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '2'
import keras
import numpy as np
import tensorflow as tf
from keras import layers as L


def hashed(name, size):
    """`size` numbers in [-1, 1) as float64: FNV-1a of the name, then the finaliser of MurmurHash3 over the index."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    h = np.arange(size, dtype=np.uint32) ^ np.uint32(seed)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return h / 2.0 ** 31 - 1


def filled(name, *shape):
    size = int(np.prod(shape))
    x = hashed(name, size)
    kind = name.split('/')[-1]
    if kind == 'kernel':
        x = x * 2 * np.sqrt(3 * shape[-1] / size)
    elif kind in ('gamma', 'variance'):
        x = 1 + 0.5 * x
    elif kind != 'input':
        x = 0.3 * x
    return x.reshape(shape).astype(np.float32)


def digits(values, every=1):
    return [float(f'{v:.7g}') for v in np.asarray(values, np.float64).ravel()[::every]]


def attention(x, name, f):
    d = f // 4
    layer = L.MultiHeadAttention(4, d)
    n, h, w, _ = x.shape
    tokens = L.Reshape((h * w, f))(x)
    y = layer(tokens, tokens)
    weights = []
    for part in ('query', 'key', 'value'):
        weights += [filled(f'{name}/{part}/kernel', f, 4, d), filled(f'{name}/{part}/bias', 4, d)]
    layer.set_weights(weights + [filled(f'{name}/output/kernel', 4, d, f), filled(f'{name}/output/bias', f)])
    return L.Reshape((h, w, f))(layer(tokens, tokens)), layer


PATHS = {}


def named(layer, name, *kinds):
    """Sets the layer's weights in the order of `kinds` and remembers what each variable is called over there."""
    layer.set_weights([filled(f'{name}/{kind}', *v.shape) for kind, v in zip(kinds, layer.weights)])
    for kind, v in zip(kinds, layer.weights):
        PATHS[f'{name}/{kind}'] = v
    return layer


class Build:
    """The published network on symbolic or real inputs, one layer object a name."""

    def __init__(self, training):
        self.training = training
        self.layers = []

    def run(self, layer, name, x, *kinds, **call):
        y = layer(x, **call)
        self.layers.append((layer, name, kinds))
        return y

    def conv(self, x, name, f, size):
        return self.run(L.Conv2D(f, size, padding='same'), name, x, 'kernel', 'bias')

    def norm(self, x, name):
        return self.run(L.BatchNormalization(), name, x, 'gamma', 'beta', 'mean', 'variance')

    def gate(self, a, name, f):
        d1, d2 = L.Dense(f // 2, activation='relu'), L.Dense(f)
        logits = d2(d1(L.GlobalAveragePooling2D()(a))) + d2(d1(L.GlobalMaxPooling2D()(a)))
        self.layers += [(d1, f'{name}/squeeze', ('kernel', 'bias')), (d2, f'{name}/excite', ('kernel', 'bias'))]
        return L.Multiply()([L.Reshape((1, 1, f))(L.Activation('sigmoid')(logits)), a])

    def block(self, x, f):
        name = f'block{f}'
        u = L.LeakyReLU(0.1)(self.norm(self.conv(x, f'{name}/conv', f, 3), f'{name}/batch-norm'))
        _, h, w, _ = u.shape
        mha = L.MultiHeadAttention(4, f // 4)
        t = L.Reshape((h * w, f))(u)
        m = mha(t, t)
        self.layers.append((mha, f'{name}/attention', tuple(f'{a}/{b}' for a in ('query', 'key', 'value', 'output') for b in ('kernel', 'bias'))))
        a = self.run(L.LayerNormalization(), f'{name}/layer-norm', u + L.Reshape((h, w, f))(m), 'gamma', 'beta')
        return L.Concatenate()([self.gate(a, name, f), self.conv(x, f'{name}/skip', f, 1)])

    def up(self, x, f):
        name = f'up{f}'
        a = self.run(L.Conv2DTranspose(f, 4, 2, padding='same'), f'{name}/main', x, 'kernel', 'bias')
        b = self.run(L.Conv2DTranspose(f, 4, 2, padding='same'), f'{name}/skip', x, 'kernel', 'bias')
        return L.Concatenate()([L.LeakyReLU(0.1)(self.norm(a, f'{name}/batch-norm')), b])

    def network(self, scale, h, w):
        i = x = L.Input((h, w, 32))
        for f in (32, 64, 128):
            x = self.block(x, f)
        for f in {2: [256], 4: [256, 128], 8: [256, 128, 16]}[scale]:
            x = self.up(x, f)
        return self.model(i, self.conv(x, 'output', 32, 3))

    def model(self, inputs, outputs):
        model = keras.Model(inputs, outputs)
        for layer, name, kinds in self.layers:
            named(layer, name, *kinds)
        return model


def block_reference(f, maps, n, h, w):
    build = Build(False)
    i = L.Input((h, w, maps))
    model = build.model(i, build.block(i, f))
    x = filled('block/input', n, h, w, maps)
    return digits(model(x, training=False), 3)


def up_reference(f, maps, n, h, w):
    build = Build(False)
    i = L.Input((h, w, maps))
    model = build.model(i, build.up(i, f))
    return digits(model(filled('up/input', n, h, w, maps), training=False), 7)


def paper_loss(p, t, kernels, spectral):
    d = p - t
    loss = tf.reduce_mean(d ** 2) + tf.reduce_mean((d[:, 1:] - d[:, :-1]) ** 2) + tf.reduce_mean((d[:, :, 1:] - d[:, :, :-1]) ** 2)
    if spectral:
        loss += tf.reduce_mean((d[..., 1:] - d[..., :-1]) ** 2)
    return loss + 1e-4 * tf.add_n([tf.reduce_sum(k ** 2) for k in kernels])


def network_reference(scale, n, h, w, every, gradients):
    PATHS.clear()
    model = Build(True).network(scale, h, w)
    x = filled('network/input', n, h, w, 32)
    inference = digits(model(x, training=False), every)
    result = {'parameters': model.count_params(), 'inference': inference}
    if not gradients:
        return result
    target = filled('target/input', n, h * scale, w * scale, 32)
    trainable = {k: v for k, v in PATHS.items() if k.split('/')[-1] not in ('mean', 'variance')}
    kernels = [v.value for k, v in trainable.items() if k.endswith('/kernel')]
    with tf.GradientTape() as tape:
        y = model(x, training=True)
        loss = paper_loss(y, target, kernels, True)
    grads = tape.gradient(loss, [v.value for v in trainable.values()])
    result['training'] = digits(y, every)
    result['loss'] = digits([loss])[0]
    # of every gradient its length and its product with a hashed direction
    result['gradients'] = {
        k: digits([np.linalg.norm(g), np.dot(np.ravel(g).astype(np.float64), hashed(k + '/probe', int(np.prod(g.shape))))])
        for k, g in zip(trainable, (g.numpy() for g in grads))}
    # one training call has moved the statistics once
    result['buffers'] = {k: digits(v.numpy(), 16) for k, v in PATHS.items() if k not in trainable}
    return result


def layer_references():
    x = filled('layer/input', 2, 3, 4, 32)
    out = {}
    y, _ = attention(tf.constant(x), 'attention', 32)
    out['attention'] = digits(y)
    norm = L.LayerNormalization()
    norm(x)
    named(norm, 'layer-norm', 'gamma', 'beta')
    out['layerNorm'] = digits(norm(x))
    batch = L.BatchNormalization()
    batch(x)
    named(batch, 'batch-norm', 'gamma', 'beta', 'mean', 'variance')
    out['batchNormInference'] = digits(batch(x, training=False))
    out['batchNormTraining'] = digits(batch(x, training=True))
    out['batchNormMoved'] = digits(np.concatenate([batch.moving_mean.numpy(), batch.moving_variance.numpy()]))
    i = L.Input((3, 4, 32))
    build = Build(False)
    out['channelGate'] = digits(build.model(i, build.gate(i, 'gate', 32))(x))
    small = filled('small/input', 2, 3, 5, 6)
    transposed = L.Conv2DTranspose(4, 4, 2, padding='same')
    transposed(small)
    named(transposed, 'transposed', 'kernel', 'bias')
    out['transposed'] = digits(transposed(small))
    return out


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def window_attention(x, name, heads, window):
    """Window by window and head by head, in float64 numpy."""
    n, rows, cols, c = x.shape
    d = c // heads
    kernel, bias = filled(f'{name}/qkv/kernel', c, 3 * c), filled(f'{name}/qkv/bias', 3 * c)
    position = filled(f'{name}/position', heads, window ** 2, window ** 2)
    out_kernel, out_bias = filled(f'{name}/output/kernel', c, c), filled(f'{name}/output/bias', c)
    y = np.zeros((n, rows, cols, c))
    for s in range(n):
        for r in range(0, rows, window):
            for q in range(0, cols, window):
                tokens = x[s, r:r + window, q:q + window].reshape(-1, c).astype(np.float64)
                mixed = np.zeros_like(tokens)
                for head in range(heads):
                    take = lambda part: tokens @ kernel[:, part * c + head * d:][:, :d] + bias[part * c + head * d:][:d]
                    weights = softmax(take(0) @ take(1).T / np.sqrt(d) + position[head])
                    mixed[:, head * d:(head + 1) * d] = weights @ take(2)
                y[s, r:r + window, q:q + window] = (mixed @ out_kernel + out_bias).reshape(window, window, c)
    return y


def studio_detail(x, channels, blocks, heads, window, scale):
    """The studio network with attention and gate in every block, in numpy but for the convolutions and pixel shuffling."""
    def conv(t, name, f):
        return tf.nn.conv2d(np.float32(t), filled(f'{name}/kernel', 3, 3, t.shape[-1], f), 1, 'SAME').numpy() + filled(f'{name}/bias', f)

    def leaky(t):
        return np.where(t > 0, t, 0.1 * t)

    def norm(t, name):
        m, v = t.mean(-1, keepdims=True), t.var(-1, keepdims=True)
        return (t - m) / np.sqrt(v + 1e-5) * filled(f'{name}/gamma', t.shape[-1]) + filled(f'{name}/beta', t.shape[-1])

    def gate(t, name):
        y = t.copy()
        for s in range(t.shape[0]):
            for r in range(0, t.shape[1], window):
                for q in range(0, t.shape[2], window):
                    part = t[s, r:r + window, q:q + window]
                    logits = 0
                    for pooled in (part.mean((0, 1)), part.max((0, 1))):
                        hidden = np.maximum(0, pooled @ filled(f'{name}/squeeze/kernel', channels, channels // 4) + filled(f'{name}/squeeze/bias', channels // 4))
                        logits = logits + hidden @ filled(f'{name}/excite/kernel', channels // 4, channels) + filled(f'{name}/excite/bias', channels)
                    y[s, r:r + window, q:q + window] = part * 2 / (1 + np.exp(-logits))
        return y

    h = head = conv(x, 'head', channels)
    for b in range(blocks):
        y = conv(leaky(conv(h, f'block{b}/first', channels)), f'block{b}/second', channels)
        y = y + window_attention(norm(h, f'block{b}/norm'), f'block{b}/attention', heads, window)
        h = h + gate(y, f'block{b}')
    detail = conv(leaky(conv(h, 'tail', channels) + head), 'detail', scale ** 2)
    return tf.nn.depth_to_space(detail - detail.mean(-1, keepdims=True), scale).numpy()


def adam_reference():
    """Keras' AdamW with global clipping on four weights, the last two without decay; numpy for what Keras does otherwise."""
    start = np.array([1, -2, 3, -4], np.float32)
    gradients = [np.array([3, -1, 0.5, 2]) * (1 + 0.5 * np.sin(t)) for t in range(6)]
    rates = [0.1, 0.1, 0.05, 0.05, 0.02, 0.01]
    free, held = keras.Variable(start[2:], name='free'), keras.Variable(start[:2], name='held')
    optimizer = keras.optimizers.AdamW(learning_rate=0.1, weight_decay=0.2, beta_1=0.9, beta_2=0.98, epsilon=1e-9, global_clipnorm=2.0)
    optimizer.exclude_from_weight_decay(var_list=[free])
    optimizer.build([held, free])
    steps, average, averages = [], start.astype(np.float64), []
    for t, (g, rate) in enumerate(zip(gradients, rates), 1):
        optimizer.learning_rate = rate
        optimizer.apply([tf.constant(g[:2], tf.float32), tf.constant(g[2:], tf.float32)])
        now = np.concatenate([held.numpy(), free.numpy()])
        keep = min(0.3, (1 + t) / (10 + t))
        average = keep * average + (1 - keep) * now
        steps.append(digits(now))
        averages.append(digits(average))
    # Algorithm 2 of Loshchilov & Hutter 2019 with an epsilon that matters: Keras adds it at another place
    w, m, v, large = start.astype(np.float64), 0, 0, []
    for t, (g, rate) in enumerate(zip(gradients, rates), 1):
        m, v = 0.9 * m + 0.1 * g, 0.98 * v + 0.02 * g ** 2
        w = w - rate * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.98 ** t)) + 0.5)
        large.append(digits(w))
    return {'gradients': [digits(g) for g in gradients], 'rates': rates, 'weights': steps, 'averages': averages, 'largeEpsilon': large}


def loss_reference():
    e, r = tf.constant(filled('estimate/input', 2, 4, 5, 6)), tf.constant(filled('reference/input', 2, 4, 5, 6))
    ey, ex = tf.image.image_gradients(e)
    ry, rx = tf.image.image_gradients(r)
    rows, cols = (ey - ry)[:, :-1], (ex - rx)[:, :, :-1]
    bands = np.diff(e, axis=-1) - np.diff(r, axis=-1)
    return {
        'mse': digits([tf.reduce_mean(keras.losses.mean_squared_error(r, e))])[0],
        'spatial': digits([tf.reduce_mean(rows ** 2) + tf.reduce_mean(cols ** 2)])[0],
        'spectral': digits([np.mean(bands ** 2)])[0],
    }


reference = {
    'made with': f'tensorflow {tf.__version__}, keras {keras.__version__}, numpy {np.__version__}',
    'layers': layer_references(),
    'block64': block_reference(64, 12, 2, 3, 4),
    'up16': up_reference(16, 10, 2, 3, 4),
    'network2': network_reference(2, 2, 5, 4, 13, True),
    'network4': network_reference(4, 1, 3, 4, 17, False),
    'network8': network_reference(8, 1, 2, 3, 29, False),
    'windowAttention': digits(window_attention(filled('window/input', 2, 6, 9, 8), 'window', 2, 3), 2),
    'studio': digits(studio_detail(filled('studio/input', 2, 6, 9, 4), 8, 2, 2, 3, 3)),
    'adam': adam_reference(),
    'losses': loss_reference(),
}
path = pathlib.Path(__file__).with_name('reference.json')
path.write_text(json.dumps(reference, separators=(',', ':')) + '\n')
print(path, path.stat().st_size)
