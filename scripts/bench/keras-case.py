"""The published network in Keras 3, beside which `npm run bench -- --only keras` measures ours.

Run as `python keras-case.py train|infer SCALE BATCH SIDE STEPS`; prints the median cost of a step as JSON. Graph mode, as
Keras' own `fit` and `predict` run it; the same TensorFlow version, processor cores and sizes as ours.
"""
import json
import os
import statistics
import sys
import time

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BANDS = 32
WARM_UP_STEPS = 3
PARAMETERS = {2: 2_571_760, 4: 4_595_952, 8: 4_662_608}
DECAY = keras.regularizers.L2(1e-4)


def dual_attention_block(x, channels):
    rows, cols = x.shape[1:3]
    y = layers.Conv2D(channels, 3, padding='same', kernel_regularizer=DECAY)(x)
    y = layers.LeakyReLU(negative_slope=0.1)(layers.BatchNormalization()(y))
    y = layers.Reshape((rows * cols, channels))(y)
    attention = layers.MultiHeadAttention(num_heads=4, key_dim=channels // 4)(y, y)
    y = layers.LayerNormalization(epsilon=1e-3)(y + attention)
    y = layers.Reshape((rows, cols, channels))(y)
    squeeze = layers.Dense(channels // 2, activation='relu', kernel_initializer='he_normal')
    excite = layers.Dense(channels, kernel_initializer='he_normal')
    gate = keras.ops.sigmoid(excite(squeeze(layers.GlobalAveragePooling2D(keepdims=True)(y))) + excite(squeeze(layers.GlobalMaxPooling2D(keepdims=True)(y))))
    return layers.Concatenate()([gate * y, layers.Conv2D(channels, 1, kernel_regularizer=DECAY)(x)])


def enlarge(x, channels):
    y = layers.Conv2DTranspose(channels, 4, strides=2, padding='same', kernel_regularizer=DECAY)(x)
    y = layers.LeakyReLU(negative_slope=0.1)(layers.BatchNormalization()(y))
    return layers.Concatenate()([y, layers.Conv2DTranspose(channels, 4, strides=2, padding='same', kernel_regularizer=DECAY)(x)])


def network(scale, side):
    inputs = x = keras.Input((side, side, BANDS))
    for channels in (32, 64, 128):
        x = dual_attention_block(x, channels)
    for channels in (256, 128, 16)[:{2: 1, 4: 2, 8: 3}[scale]]:
        x = enlarge(x, channels)
    model = keras.Model(inputs, layers.Conv2D(BANDS, 3, padding='same', kernel_regularizer=DECAY)(x))
    if model.count_params() != PARAMETERS[scale]:
        raise ValueError(f'{model.count_params()} parameters instead of {PARAMETERS[scale]}')
    return model


def loss(truth, estimate):
    error = estimate - truth
    rows = error[:, 1:] - error[:, :-1]
    cols = error[:, :, 1:] - error[:, :, :-1]
    spectral = error[..., 1:] - error[..., :-1]
    mean_square = lambda x: tf.reduce_mean(tf.square(x))
    return mean_square(error) + mean_square(rows) + mean_square(cols) + mean_square(spectral)


def main():
    task, (scale, batch, side, steps) = sys.argv[1], map(int, sys.argv[2:6])
    keras.utils.set_random_seed(20)
    model = network(scale, side)
    random = np.random.default_rng(1)
    low = tf.constant(random.standard_normal((batch, side, side, BANDS), dtype=np.float32))
    high = tf.constant(random.standard_normal((batch, side * scale, side * scale, BANDS), dtype=np.float32))
    if task == 'train':
        optimizer = keras.optimizers.AdamW(1e-4, weight_decay=1e-3, clipnorm=1.0)

        @tf.function
        def step():
            with tf.GradientTape() as tape:
                value = loss(high, model(low, training=True)) + tf.add_n(model.losses)
            optimizer.apply(tape.gradient(value, model.trainable_variables), model.trainable_variables)
            return value
    else:

        @tf.function
        def step():
            return model(low, training=False)

    walls, processors = [], []
    for index in range(WARM_UP_STEPS + steps):
        wall, processor = time.perf_counter(), time.process_time()
        step().numpy()
        if index >= WARM_UP_STEPS:
            walls.append(time.perf_counter() - wall)
            processors.append(time.process_time() - processor)
    print(json.dumps({'wallSeconds': statistics.median(walls), 'cpuSeconds': statistics.median(processors), 'keras': keras.__version__, 'tensorflow': tf.__version__}))


if __name__ == '__main__':
    main()
