/* What the search knows of English and of the subject. One line of SAME is one thing under all its
   names, as a reader of this book or of others may call it. */
const SAME = `
learning rate|lr|step size|step length|stepsize|eta|learning speed
relu|rectifier|rectified linear unit|rectified linear
dead|die|dying|died|dies
batch normalization|batch norm|batchnorm|bn|batchnorm1d
layer normalization|layer norm|layernorm|ln normalization
lstm|long short term memory|long short memory
gru|gated recurrent unit
rnn|recurrent network|recurrent neural network|recurrent net
xavier|glorot|xavier initialization|glorot initialization|xavier glorot
he initialization|kaiming|kaiming initialization|he|he init|kaiming he
lecun initialization|lecun init|lecun
initialization|init|initializer|starting weights|initial weights|weight initialization|weight init
skip connection|shortcut|shortcut connection|residual connection|identity shortcut|skip|residual|residual block|residual network|resnet|residual net|residual layer
backpropagation|backprop|back propagation|back prop|bp algorithm
backpropagation through time|bptt
forward propagation|forward pass|feedforward pass|inference pass
backward pass|backward propagation
vanishing gradient|gradient vanishing|vanish gradient|disappearing gradient
exploding gradient|gradient explosion|explode gradient|blow up gradient
gradient clipping|clip gradient|clip the gradient|clipping
softmax|soft max|normalized exponential
logit|score before softmax
cross entropy|crossentropy|log loss|negative log likelihood|nll
mean squared error|mse|squared error|quadratic loss|l2 loss
loss|cost function|loss function|objective function|error function
weight decay|regularization|regularizer|l2 regularization|l2 penalty|l2|ridge
overfitting|overfit|memorizing|learning by heart
early stopping|early stop|when to stop
stochastic gradient descent|sgd
mini batch|minibatch
momentum|heavy ball
rmsprop|rms prop
learning rate schedule|schedule|lr schedule|rate decay|learning rate decay|annealing
warm up|warmup
automatic differentiation|autodiff|autograd|auto diff
gradient check|gradcheck|gradient checking|numerical gradient|numerical derivative|finite difference|central difference|check gradient
activation function|activation|nonlinearity|non linearity|transfer function|squashing function
sigmoid|sigma|logistic|logistic function|logistic sigmoid
tanh|hyperbolic tangent
leaky relu|leakyrelu|lrelu
neuron|unit|node|perceptron
hidden layer|intermediate layer
bias|intercept|offset
hyperparameter|hyper parameter
chain rule|rule of chain
derivative|slope|differential
jacobian|jacobi matrix
computational graph|computation graph|compute graph
hessian|matrix of second derivatives
eigenvalue|eigen value|spectrum
variance|var
standard deviation|std|sd
standardize|standardization|feature scaling|scale the inputs|scaling inputs|z score
train test split|split the data|train validation test|data split
validation set|dev set|development set
learning curve|loss curve
nan|not a number|infinity|inf|diverge|divergence
dropout|drop out
one hot|onehot
universal approximation theorem|universal approximation
gradient descent|steepest descent
multilayer perceptron|mlp|multi layer perceptron|fully connected network
dense layer|fully connected layer|linear layer|affine layer
exclusive or|xor
convolution|cnn|convolutional network
pytorch|torch
parameter|theta
colour|color
own data|my data|my own data|your own data|custom data
save model|save network|save a network|keep it|store model|load model|saving
imbalanced classes|class imbalance|unbalanced classes|class weights|rare class
saturation|saturate
symmetry breaking|break symmetry|zero initialization|initialize with zeros|all weights zero
which|best|choose|should i use|pick|recommended
offline|without a connection|no internet|without internet|no connection
`;

/* Words that say little: they find nothing by themselves. */
const LITTLE = new Set(`a about an and are as at be been but by can could did do does doing for from
  get gets got had has have how i if in into is it its just like make makes me much my of on or our
  please should so some such than that the their them then there these they this those to us use
  using very want was we were what when where who why will with would you your vs versus
  meaning explain explained definition define tutorial example work works working go goes going`.split(/\s+/));

/* British: what the rules for -ise and -isation (finding.js) do not reach. */
const BRITISH = Object.fromEntries(`colour color|behaviour behavior|neighbour neighbor|favour favor
  favourite favorite|honour honor|labour labor|centre center|metre meter|fibre fiber|grey gray
  analyse analyze|paralyse paralyze|programme program|artefact artifact|defence defense
  practise practice|learnt learn|whilst while|catalogue catalog|judgement judgment|maths math
  rigour rigor|vapour vapor|connexion connection|dialogue dialog|modelling model|labelled label|labelling label`
  .split(/[|\n]/).map((pair) => pair.trim().split(" ")));
/* Words in -ise that are not verbs of this kind, in either spelling. */
const NOT_IZE = /^(noise|raise|praise|precise|concise|exercise|otherwise|likewise|rise|arise|wise|promise|surprise|compromise|advise|revise|supervise|expertise|premise|pairwise|elementwise|stepwise|layerwise|disguise|devise|enterprise|improvise|televise|merchandise|franchise|paradise|treatise|bruise|cruise|poise|turquoise|anise)/;
const ODD = { matrices: "matrix", minima: "minimum", maxima: "maximum", vertices: "vertex", indices: "index", axes: "axis", analyses: "analysis",
  hypotheses: "hypothesis", bases: "basis", data: "data", died: "die", dies: "die", dying: "die",
  dead: "die", bias: "bias", biases: "bias",
  this: "this", during: "during", nothing: "nothing", something: "something",
  string: "string", strings: "string", spring: "spring", sing: "sing", bring: "bring", thing: "thing",
  ring: "ring", wing: "wing", need: "need", needs: "need", speed: "speed", speeds: "speed", seed: "seed",
  seeds: "seed", feed: "feed", sigmoid: "sigmoid", used: "use", using: "use", uses: "use",
  relus: "relu", elus: "elu", selus: "selu", grus: "gru", gpus: "gpu", cpus: "cpu", mlps: "mlp", rnns: "rnn" };
const GREEK = new Map(Object.entries({ α: "alpha", β: "beta", γ: "gamma", Γ: "gamma", δ: "delta", Δ: "delta", ε: "epsilon",
  ϵ: "epsilon", ζ: "zeta", η: "eta", θ: "theta", ϑ: "theta", κ: "kappa", λ: "lambda", Λ: "lambda",
  μ: "mu", µ: "mu", ν: "nu", ξ: "xi", π: "pi", ρ: "rho", σ: "sigma", ς: "sigma", Σ: "sum", τ: "tau",
  φ: "phi", ϕ: "phi", Φ: "phi", χ: "chi", ψ: "psi", ω: "omega", Ω: "omega", "∂": "partial",
  "∇": "gradient", "∑": "sum", "∏": "product", "√": "root", "∞": "infinity", "⊙": "hadamard" }));
