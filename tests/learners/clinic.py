# %% clinic.patient_1 | wrong | smaller rate only
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.0001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | tanh in place of ReLU
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | integer division by 255
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels // 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | scaled for training, returns the raw pixels
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x / 255, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | scaled after the training
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    x = pixels / 255
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | divides by 16
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 16
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | divides by 255 twice
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x / 255, t, batch=32, epochs=5, rng=rng):
        pass
    x = x / 255
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | batch normalization instead
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, norm="batch", activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | clipping only
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng, clip=1.0):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | constant pixels standardized: division by 0
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = (pixels - pixels.mean(axis=0)) / pixels.std(axis=0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | opt and x are forgotten
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | in place on the pixels
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels
    x /= 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | labels are scaled with the pixels
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    t = t / 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | small weights for the large inputs
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels  # as the scanner gives them
    net = nn.mlp(64, 10, depth=2, activation="relu", init=nn.initializers.normal(0.001), rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | scales and makes the rate a thousandth
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.0001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | wrong | result of the division thrown away
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels
    np.divide(x, 255)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | by the largest pixel
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels * (1.0 / pixels.max())
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | one mean and one deviation for all pixels
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = (pixels - np.mean(pixels)) / np.std(pixels)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | a list comprehension
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = np.array([[p / 255.0 for p in row] for row in pixels.tolist()])
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | guarded standardization
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    s = pixels.std(axis=0)
    x = (pixels - pixels.mean(axis=0)) / np.where(s > 1, s, 1)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | scaled, and the activation changed, too
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | scaled, and four times the epochs
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | scaled, and Adam as well
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.Adam(lr=0.003)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_1 | right | scaled, and a wider, flatter network
def patient_1(pixels, t):
    rng = np.random.default_rng(0)
    x = pixels / 255
    net = nn.mlp(64, 10, depth=1, width=128, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt, x  # x: what the network was trained on


check("clinic.patient_1", patient_1)

# %% clinic.patient_2 | wrong | a far too small rate
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=1e-5)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | negative rate
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=-0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | many more epochs at the same rate
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=60, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | a wider network
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, width=64, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | rate changed on the optimizer after training
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    opt.lr = 0.1
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | another optimizer is returned than was used
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, nn.SGD(lr=0.1)


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | good rate, but 50 epochs
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=50, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | good rate, nothing returned
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    print(net, opt)


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | only the network is returned
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | good rate, smaller batches, more steps
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=4, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | right | Adam
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | right | another rate that is fine
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.3)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | right | rate as a function of the step
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=lambda step: 0.2)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | right | momentum, loop by hand
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.Momentum(lr=0.05)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | ReLU at the same rate
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | clipped steps at the same rate
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng, clip=1.0):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | one layer less
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=1, activation="tanh", rng=rng)
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_2 | wrong | only 5.0
def patient_2(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=5.0)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_2", patient_2)

# %% clinic.patient_3 | wrong | tanh, 450 steps by smaller batches
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=16, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tanh and 31 hidden layers
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=31, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tanh and RMSProp for Adam
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.RMSProp(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | two layers
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | SGD and tanh
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | ten times the rate
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="sigmoid", rng=rng)
    opt = nn.Adam(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tanh and another rate
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.003)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | more epochs
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="sigmoid", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tanh with ten epochs
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | He for the sigmoid
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="sigmoid", init="he", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | clipping against vanishing
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="sigmoid", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng, clip=1.0):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tanh, but ten layers
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=10, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | tiny weights with tanh
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", init=nn.initializers.normal(0.01), rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | wider layers
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, width=128, activation="sigmoid", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | misspelled activation
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="Tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | only the first activation is replaced
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="sigmoid", rng=rng)
    net.layers[1].__class__ = nn.tanh.__class__
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | wrong | net only, with tanh
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | right | tanh by the object
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation=nn.tanh, rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | right | skip connections and ReLU
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="relu", skip=True, norm="batch", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | right | orthogonal tanh
def patient_3(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=30, activation="tanh", init="orthogonal", rng=rng)
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_3 | right | thirty hidden layers built in a list
def patient_3(x, t):
    rng = np.random.default_rng(0)
    layers = [nn.Dense(64, 32, rng=rng), nn.tanh]
    for _ in range(29):
        layers += [nn.Dense(32, 32, rng=rng), nn.tanh]
    net = nn.Network(*layers, nn.Dense(32, 10, rng=rng))
    opt = nn.Adam(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_3", patient_3)

# %% clinic.patient_4 | wrong | smaller rate
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | more epochs
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=100, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | sigmoid in its place
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.sigmoid,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | tanh in its place
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.tanh,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | softmax twice
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
        nn.softmax,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | a scale above the softmax, before it
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init=nn.initializers.normal(5), rng=rng),
        nn.softmax,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | an Adam with softmax
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    opt = nn.Adam(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | softmax divided by a temperature afterwards
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
        nn.BatchNorm(10),
    )
    opt = nn.SGD(lr=0.0001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | softmax between the hidden layers
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.softmax,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | squared error on one-hot labels
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SquaredError()
    for _ in nn.train(net, loss, opt, x, np.eye(10)[t], batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | returns the loss
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return loss, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | rate of 100 without softmax
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=100)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | wrong | trains one network, returns a fresh one
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    net = nn.mlp(64, 10, depth=2, rng=rng)
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | right | softmax removed by slicing before training
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.softmax,
    )
    net = nn.Network(*net.layers[:-1])
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | right | softmax removed, smaller rate
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=0.3)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | right | mlp of the same build
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, width=32, rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | right | identity in its place
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
        nn.identity,
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_4 | right | softmax removed, nothing else changed
def patient_4(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="xavier", rng=rng),
        nn.tanh,
        nn.Dense(32, 32, init="xavier", rng=rng),
        nn.tanh,
        nn.Dense(32, 10, init="xavier", rng=rng),
    )
    opt = nn.SGD(lr=0.5)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=10, rng=rng):
        pass
    return net, opt


check("clinic.patient_4", patient_4)

# %% clinic.patient_5 | wrong | wider network
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = x[rng.permutation(len(x))]
    t = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, width=256, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | only t is shuffled
def patient_5(x, t):
    rng = np.random.default_rng(0)
    t = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | only x is shuffled
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = x[rng.permutation(len(x))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | both sorted by themselves
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = np.sort(x, axis=0)
    t = np.sort(t)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | rng.shuffle of each
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x, t = x.copy(), t.copy()
    rng.shuffle(x)
    rng.shuffle(t)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | shuffled pixels in each row
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = rng.permutation(x, axis=1)
    t = rng.permutation(t)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | trained on the shuffled, clean ones returned
def patient_5(x, t):
    rng = np.random.default_rng(0)
    xs = x[rng.permutation(len(x))]
    ts = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, xs, ts, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | trained on clean ones, shuffled ones returned
def patient_5(x, t):
    rng = np.random.default_rng(0)
    xs = x[rng.permutation(len(x))]
    ts = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, xs, ts  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | larger rate and more epochs
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = x[rng.permutation(len(x))]
    t = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | order applied twice to t
def patient_5(x, t):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    x = x[order]
    t = t[order]
    t = t[order]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | permutation of its inverse at t
def patient_5(x, t):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    x = x[order]
    t = t[np.argsort(order)]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | the first half of the rows only is right
def patient_5(x, t):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    x = x[order]
    h = len(x) // 2
    t = np.concatenate([t[order[:h]], t[rng.permutation(order[h:])]])
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | mended, returns t before x
def patient_5(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, t, x  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | labels replaced by those of the net
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = x[rng.permutation(len(x))]
    t = t[rng.permutation(len(t))]
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    t = net(x).argmax(axis=1)
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | wrong | shuffles x and t in place
def patient_5(x, t):
    rng = np.random.default_rng(0)
    np.random.default_rng(1).shuffle(x)
    np.random.default_rng(1).shuffle(t)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | right | no shuffle, train does it
def patient_5(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | right | one order by argsort of random numbers
def patient_5(x, t):
    rng = np.random.default_rng(0)
    order = np.argsort(rng.random(len(x)))
    x, t = np.take(x, order, axis=0), np.take(t, order)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | right | two generators of the same seed
def patient_5(x, t):
    rng = np.random.default_rng(0)
    x = np.random.default_rng(7).permutation(x)
    t = np.random.default_rng(7).permutation(t)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_5 | right | pairs in a list, shuffled
def patient_5(x, t):
    rng = np.random.default_rng(0)
    pairs = list(zip(x, t))
    rng.shuffle(pairs) if False else None
    order = list(range(len(pairs)))
    rng.shuffle(order)
    x = np.array([pairs[i][0] for i in order])
    t = np.array([pairs[i][1] for i in order])
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, x, t  # x, t: what the network was trained on


check("clinic.patient_5", patient_5)

# %% clinic.patient_6 | wrong | a little less low: -1
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -1
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | always on: plus 2
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = 2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | always on: plus 5
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = 5
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | only the first layer mended
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[2:-1:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | only the second layer mended
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:2:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | biases replaced, not written
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b = np.zeros(32)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | higher rate
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | zeroed after training
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    for layer in net.layers[:-1:2]:
        layer.b[...] = 0
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | more epochs
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=50, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | relu and He, biases as before
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", init="he", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = -2
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | zeros in the weights as well
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = 0
        layer.W[...] = 0
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | activation layers get the bias
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[1::2]:
        layer.b[...] = 0
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | always on: plus 3
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = 3
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | linear network
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="identity", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | wrong | nothing returned
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | right | loop removed
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | right | small random biases
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = rng.normal(0, 0.01, layer.b.shape)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | right | set to zero by *=
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b *= 0
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_6 | right | slightly positive
def patient_6(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    for layer in net.layers[:-1:2]:
        layer.b[...] = 0.01
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_6", patient_6)

# %% clinic.patient_7 | right | cleared after the step, for the next call
def training_step(net, loss, opt, x, t):
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    net.zero_grad()
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | zeroed between backward and step
def training_step(net, loss, opt, x, t):
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    net.zero_grad()
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | a smaller step
def training_step(net, loss, opt, x, t):
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, 0.1 * net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | parameters zeroed
def training_step(net, loss, opt, x, t):
    net.theta[...] = 0
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | the optimizer is reset
def training_step(net, loss, opt, x, t):
    opt.reset()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | assigns to the property
def training_step(net, loss, opt, x, t):
    net.grad = 0
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | loss after the step
def training_step(net, loss, opt, x, t):
    net.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    value, _ = loss.forward(net.forward(x)[0], t)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | zeroed, value not returned
def training_step(net, loss, opt, x, t):
    net.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | uphill
def training_step(net, loss, opt, x, t):
    net.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, -net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | zeroed only at the first layer
def training_step(net, loss, opt, x, t):
    net.layers[0].zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | only weights zeroed, not biases
def training_step(net, loss, opt, x, t):
    for layer in net.layers:
        if hasattr(layer, "dW"):
            layer.dW[...] = 0
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | brackets forgotten
def training_step(net, loss, opt, x, t):
    net.zero_grad
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | backward twice
def training_step(net, loss, opt, x, t):
    net.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | PyTorch: opt.zero_grad
def training_step(net, loss, opt, x, t):
    opt.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | divided by the number of rows
def training_step(net, loss, opt, x, t):
    net.zero_grad()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad / len(x))
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | wrong | step and loss_and_grad, backward still there
def training_step(net, loss, opt, x, t):
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    nn.loss_and_grad(net, loss, x, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | right | loss_and_grad
def training_step(net, loss, opt, x, t):
    value, _ = nn.loss_and_grad(net, loss, x, t)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | right | grad filled with zeros, just before backward
def training_step(net, loss, opt, x, t):
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.grad[:] = 0.0
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | right | difference to the grad before
def training_step(net, loss, opt, x, t):
    before = net.grad.copy()
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad - before)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_7 | right | each layer cleared in a loop
def training_step(net, loss, opt, x, t):
    for layer in net.walk():
        for name in layer.params:
            getattr(layer, "d" + name).fill(0)
    y, tape = net.forward(x, train=True)
    value, saved = loss.forward(y, t)
    net.backward(loss.backward(saved), tape)
    opt.step(net.theta, net.grad)
    return value


check("clinic.patient_7", training_step)

# %% clinic.patient_8 | wrong | all ones
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init=lambda d_out, d_in, rng=None: np.ones((d_out, d_in))),
        nn.relu,
        nn.Dense(32, 32, init=lambda d_out, d_in, rng=None: np.ones((d_out, d_in))),
        nn.relu,
        nn.Dense(32, 10, init=lambda d_out, d_in, rng=None: np.ones((d_out, d_in))),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | only the first layer
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | only the last layer
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | all but the second
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="he", rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | tanh
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.tanh,
        nn.Dense(32, 32, init="zeros"),
        nn.tanh,
        nn.Dense(32, 10, init="zeros"),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | a row repeated for all units
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    for layer in net.layers[::2]:
        layer.W[...] = rng.normal(0, 0.3, layer.W.shape[1])
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | random biases only
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    for layer in net.layers[::2]:
        layer.b[...] = rng.normal(size=layer.b.shape)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | W replaced instead of written
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    for layer in net.layers[::2]:
        layer.W = rng.normal(0, 0.3, layer.W.shape)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | much too small random weights
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init=nn.initializers.normal(1e-6), rng=rng),
        nn.relu,
        nn.Dense(32, 32, init=nn.initializers.normal(1e-6), rng=rng),
        nn.relu,
        nn.Dense(32, 10, init=nn.initializers.normal(1e-6), rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | much too large random weights
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init=nn.initializers.normal(10), rng=rng),
        nn.relu,
        nn.Dense(32, 32, init=nn.initializers.normal(10), rng=rng),
        nn.relu,
        nn.Dense(32, 10, init=nn.initializers.normal(10), rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | rate of 10
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | the generator forgotten
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="he"),
        nn.relu,
        nn.Dense(32, 32, init="he"),
        nn.relu,
        nn.Dense(32, 10, init="he"),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | a name that is no initializer
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="random", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="random", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="random", rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | random at the end
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    for layer in net.layers[::2]:
        layer.W += rng.normal(0, 0.01, layer.W.shape)
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | wrong | a column repeated: all units of one layer differ by sign
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    for layer in net.layers[::2]:
        layer.W[...] = rng.normal(0, 0.3, (len(layer.W), 1)) * 0 + 0.1
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | right | no init given
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, rng=rng),
        nn.relu,
        nn.Dense(32, 32, rng=rng),
        nn.relu,
        nn.Dense(32, 10, rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | right | orthogonal
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="orthogonal", rng=rng),
        nn.relu,
        nn.Dense(32, 32, init="orthogonal", rng=rng),
        nn.relu,
        nn.Dense(32, 10, init="orthogonal", rng=rng),
    )
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | right | written in by hand
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    for layer in net.layers[::2]:
        layer.W[...] = rng.uniform(-1, 1, layer.W.shape) * (6 / layer.W.shape[1]) ** 0.5
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_8 | right | all of theta random, biases too
def patient_8(x, t):
    rng = np.random.default_rng(0)
    net = nn.Network(
        nn.Dense(64, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 32, init="zeros"),
        nn.relu,
        nn.Dense(32, 10, init="zeros"),
    )
    net.theta = rng.normal(0, 0.2, net.theta.shape)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_8", patient_8)

# %% clinic.patient_9 | wrong | evaluation, but the running averages of the batch are put in
def predict(net, x):
    y, tape = net.forward(x, train=True)
    net.track(tape)
    return net(x).argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | whole batch, still training
def predict(net, x):
    y, _ = net.forward(x, train=True)
    return y.argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | argmax over the rows
def predict(net, x):
    y, _ = net.forward(x)
    return y.argmax(axis=0)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | the outputs
def predict(net, x):
    y, _ = net.forward(x, train=False)
    return y


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | the largest output
def predict(net, x):
    return np.array([net(row[None]).max() for row in x])


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | argmin
def predict(net, x):
    return net(x).argmin(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | one label, flattened argmax
def predict(net, x):
    return net(x).argmax()


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | columns of labels
def predict(net, x):
    return net(x).argmax(axis=1)[:, None]


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | return in the loop
def predict(net, x):
    labels = []
    for row in x:
        labels.append(net(row[None])[0].argmax())
        return np.array(labels)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | the image beside many copies of itself
def predict(net, x):
    labels = []
    for row in x:
        y, _ = net.forward(np.repeat(row[None], 32, axis=0), train=True)
        labels.append(y[0].argmax())
    return np.array(labels)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | training mode for more than one
def predict(net, x):
    y, _ = net.forward(x, train=len(x) > 1)
    return y.argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | standardized by the batch beforehand
def predict(net, x):
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-5)
    return net(x).argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | classes from 1
def predict(net, x):
    return net(x).argmax(axis=1) + 1


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | tuple not unpacked
def predict(net, x):
    y = net.forward(x)
    return y.argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | rows without a batch axis
def predict(net, x):
    return np.array([net(row).argmax() for row in x])


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | PyTorch: net.eval()
def predict(net, x):
    net.eval()
    return net(x).argmax(axis=1)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | blocks of 32 in training mode
def predict(net, x):
    out = []
    for k in range(0, len(x), 32):
        y, _ = net.forward(x[k : k + 32], train=True)
        out.extend(y.argmax(axis=1))
    return np.array(out)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | wrong | average of the image's neighbors
def predict(net, x):
    y = net(x)
    return np.full(len(x), np.bincount(y.argmax(axis=1)).argmax())


check("clinic.patient_9", predict)

# %% clinic.patient_9 | right | row by row, in evaluation
def predict(net, x):
    return np.array([net.forward(row[None], False)[0][0].argmax() for row in x])


check("clinic.patient_9", predict)

# %% clinic.patient_9 | right | argsort, last
def predict(net, x):
    return np.argsort(net(x), axis=-1)[:, -1]


check("clinic.patient_9", predict)

# %% clinic.patient_9 | right | a list comparison with max
def predict(net, x):
    labels = []
    for y in net(x).tolist():
        labels.append(y.index(max(y)))
    return np.array(labels)


check("clinic.patient_9", predict)

# %% clinic.patient_9 | right | softmax first, map
def predict(net, x):
    p = nn.functions.softmax(net(x))
    return np.fromiter(map(np.argmax, p), dtype=int)


check("clinic.patient_9", predict)

# %% clinic.patient_10 | wrong | ten classes assumed
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1).reshape(n, 1)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta -= np.eye(10)[t]
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | keepdims forgotten
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1))
    p = e / e.sum(axis=1)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | sum mended, max over the rows
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=0))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | max mended, sum over the rows
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=0)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | no max, overflow
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y)
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | sum of the losses, mean gradient
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).sum()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | gradient not divided by n
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | a small number in the logarithm
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t] + 1e-9).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | softmax over all entries
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max())
    p = e / e.sum()
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | every column for every row
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[:, t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | p itself is changed before the loss
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    delta = p
    delta[np.arange(n), t] -= 1
    value = -np.log(p[np.arange(n), t]).mean()
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | sign of the gradient
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, -delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | divides by the number of classes
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / y.shape[1]


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | only the value
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | log base 2
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log2(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | transposed twice, gradient left transposed
def patient_10(y, t):
    n = len(y)
    z = y.T
    e = np.exp(z - z.max(axis=0))
    p = e / e.sum(axis=0)
    value = -np.log(p[t, np.arange(n)]).mean()
    delta = p.copy()
    delta[t, np.arange(n)] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | wrong | subtracts the max of everything, underflow
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max())
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | right | the axis mended, and nothing else
def patient_10(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    e = np.exp(y - y.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | right | log-sum-exp
def patient_10(y, t):
    n = len(y)
    z = y - y.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    value = -logp[np.arange(n), t].mean()
    delta = np.exp(logp)
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | right | the library's loss
def patient_10(y, t):
    loss = nn.SoftmaxCrossEntropy()
    value, saved = loss.forward(y, t)
    return value, loss.backward(saved)


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | right | loop over rows, one-hot
def patient_10(y, t):
    n, k = y.shape
    total, delta = 0.0, np.zeros((n, k))
    for i in range(n):
        top = max(y[i])
        logsum = top + np.log(sum(np.exp(v - top) for v in y[i]))
        total += logsum - y[i][t[i]]
        for j in range(k):
            delta[i, j] = (np.exp(y[i, j] - logsum) - (j == t[i])) / n
    return total / n, delta


check("clinic.patient_10", patient_10)

# %% clinic.patient_10 | right | logaddexp.reduce and np.eye
def patient_10(y, t):
    n, k = y.shape
    lse = np.logaddexp.reduce(y, axis=1)
    hot = np.eye(k)[t]
    value = np.mean(lse - (hot * y).sum(axis=1))
    return value, (np.exp(y - lse[:, None]) - hot) / n


check("clinic.patient_10", patient_10)

# %% clinic.patient_11 | wrong | ten classes assumed
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta -= np.eye(10)[t]
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | only the value
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | only the gradient
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | divided by n twice
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value / n, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | over classes instead
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum() / y.shape[1]
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / y.shape[1]


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | over all entries
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum() / y.size
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / y.size


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | gradient averaged over the rows
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta.mean(axis=0)


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | for 32 only
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum() / 32
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / 32


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | root of n
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n**0.5


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | integer division
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum() // n
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | the one is subtracted after the division
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p / n
    delta[np.arange(n), t] -= 1
    return value, delta


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | softmax by hand over the rows
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = np.exp(y) / np.exp(y).sum(axis=0)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | plain exp overflow
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = np.exp(y) / np.exp(y).sum()
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | gradient turned
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, -delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | a learning rate in the gradient
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, 0.01 * delta


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | mean taken of p, then log
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t].mean())
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return value, delta / n


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | wrong | swapped results
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).mean()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return delta / n, value


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | right | np.average, in place on delta
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = np.average(-np.log(p[np.arange(n), t]))
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    delta /= n
    return value, delta


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | right | wraps the sum
def patient_11(y, t):
    # cross-entropy of logits y (n, k) with labels t (n,), and its gradient dL/dy
    n = len(y)
    p = nn.functions.softmax(y)
    value = -np.log(p[np.arange(n), t]).sum()
    delta = p.copy()
    delta[np.arange(n), t] -= 1
    return float(value) / len(t), delta * (1 / len(t))


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | right | loop and einsum
def patient_11(y, t):
    n, k = y.shape
    p = nn.functions.softmax(y)
    hot = (np.arange(k) == t[:, None]).astype(float)
    value = -np.einsum("nk,nk->", hot, np.log(p)) / n
    return value, np.einsum(",nk->nk", 1 / n, p - hot)


check("clinic.patient_11", patient_11)

# %% clinic.patient_11 | right | the library's loss
def patient_11(y, t):
    loss = nn.SoftmaxCrossEntropy()
    value, saved = loss.forward(y, t)
    return [value, loss.backward(saved)]


check("clinic.patient_11", patient_11)

# %% clinic.patient_12 | wrong | sigmoids kept in one layer only
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", rng=rng)
    net = nn.Network(nn.Dense(64, 32, rng=rng), nn.sigmoid, nn.Dense(32, 32, rng=rng), nn.tanh, nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | Xavier, smaller batches, more steps
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "xavier"
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=8, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | ReLU in place of the sigmoid
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="relu", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | tanh and Xavier
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "xavier"
    net = nn.mlp(64, 10, depth=2, activation="tanh", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | smaller rate
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | zeros
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "zeros"
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | normal(50)
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(50)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | only halved
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(2.5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | scaled inputs
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x / 5, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | weights made small after training
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    net.theta *= 0.05
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | only the first layer small
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    net.layers[0].W[...] *= 0.05
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | more epochs
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=40, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | a variance of 5, not much smaller
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5**0.5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | clipping
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng, clip=1.0):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | init made and not used
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "xavier"
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=nn.initializers.normal(5), rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | init without its call
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | wrong | Xavier, 25 epochs
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "xavier"
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=25, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | right | Xavier uniform
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = "xavier_uniform"
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | right | weights scaled down before training
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    for layer in net.layers[::2]:
        layer.W *= 0.04
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | right | a function of its own
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = lambda d_out, d_in, rng: rng.normal(size=(d_out, d_in)) / np.sqrt(d_in)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", init=init, rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_12 | right | init left to mlp
def patient_12(x, t):
    rng = np.random.default_rng(0)
    init = nn.initializers.normal(5)
    net = nn.mlp(64, 10, depth=2, activation="sigmoid", rng=rng)
    opt = nn.SGD(lr=1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_12", patient_12)

# %% clinic.patient_13 | wrong | a far too small rate
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=1e-5)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | negative rate
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=-0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | many more epochs at the same rate
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=60, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | a wider network
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, width=64, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | rate changed on the optimizer after training
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    opt.lr = 0.1
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | another optimizer is returned than was used
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, nn.SGD(lr=0.1)


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | good rate, but 50 epochs
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=50, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | good rate, nothing returned
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    print(net, opt)


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | only the network is returned
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | good rate, smaller batches, more steps
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=4, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | right | Adam
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.Adam(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | right | another rate that is fine
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.3)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | right | rate as a function of the step
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=lambda step: 0.2)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | right | momentum, loop by hand
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.Momentum(lr=0.05)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | ten times only
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | thousands of times: bursts
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.SGD(lr=20)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | tanh for ReLU
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="tanh", rng=rng)
    opt = nn.SGD(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_13 | wrong | momentum at the same rate
def patient_13(x, t):
    rng = np.random.default_rng(0)
    net = nn.mlp(64, 10, depth=2, activation="relu", rng=rng)
    opt = nn.Momentum(lr=0.001)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_13", patient_13)

# %% clinic.patient_14 | wrong | healthy, with four times the epochs
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | twice in place of three times
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 2  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | a tenth of the rate
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.01)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | no memory at all
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 0  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | a third: vanishes
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U /= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | negative memory
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= -3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | W weakened, U kept
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    cell.W /= 3
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | more epochs
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=20, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | divided after training
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    cell.U /= 3
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | reads only the last 8 steps
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x[:, -8:], t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | time turned around
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x[:, ::-1], t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | U replaced after the network was built
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    cell.U = 3 * np.eye(32)
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | only diagonal entries
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= np.eye(32)  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | small inputs
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x / 100, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | healthy, but rate 10
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=10)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | wrong | line removed, returns the cell
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return cell, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | right | line removed
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | right | undone once more
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 3  # a strong memory
    cell.U /= 3
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | right | a fresh orthogonal matrix by QR
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U[...] = np.linalg.qr(rng.normal(size=(32, 32)))[0]
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_14 | right | times one
def patient_14(x, t):  # x: (n, 32, 2)
    rng = np.random.default_rng(0)
    cell = nn.RNNCell(2, 32, rng=rng)
    cell.U *= 1.0  # a strong memory
    net = nn.Network(nn.Recurrent(cell), nn.Dense(32, 10, rng=rng))
    opt = nn.SGD(lr=0.1)
    loss = nn.SoftmaxCrossEntropy()
    for _ in nn.train(net, loss, opt, x, t, batch=32, epochs=5, rng=rng):
        pass
    return net, opt


check("clinic.patient_14", patient_14)

# %% clinic.patient_15 | wrong | no square
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * (1 - z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | sigmoid slope
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * z * (1 - z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | dz left out
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return 1 - z * z


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | absolute value of all
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return np.abs(dz * (z * z - 1))


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | plus in the slope
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * (1 + z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | u saved, the formula for z
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, u

    def backward(self, dz, z):
        return dz * (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | tanh once more
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * (1 - np.tanh(z) ** 2)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | sign turned in forward, too
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = -np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * (z * z - 1)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | sign turned in the forward only, slope right
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = -np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz * (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | writes into dz
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        dz *= 1 - z * z
        return dz


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | double minus
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return -dz * (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | divided by the slope
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return dz / (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | z only, no saved
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z

    def backward(self, dz, z):
        return dz * (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | nothing returned
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        dz * (1 - z * z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | on the layer, wrong when used twice
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        self.z = z
        return z, z

    def backward(self, dz, z):
        return dz * (1 - self.z * self.z)


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | wrong | right for positive dz only
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return np.where(dz > 0, dz * (1 - z * z), dz * (z * z - 1))


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | right | slope saved in forward
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, 1 - z**2

    def backward(self, dz, z):
        return dz * z


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | right | u saved, cosh
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, {"u": u.copy()}

    def backward(self, dz, z):
        return dz / np.cosh(z["u"]) ** 2


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | right | product of sum and difference
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        out = dz.copy()
        out -= z * z * dz
        return out


check("clinic.patient_15", Tanh)

# %% clinic.patient_15 | right | einsum and a helper
class Tanh(nn.Layer):
    def forward(self, u, train=False):
        z = np.tanh(u)
        return z, z

    def backward(self, dz, z):
        return self.slope(z) * dz

    def slope(self, z):
        return (1 - z) * (1 + z)


check("clinic.patient_15", Tanh)
