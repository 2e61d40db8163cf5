"""What readers type, and the section of the book that must come first: page#section."""

FIRST = """
# What a beginner types
what is a matrix                    | reference/tools#matrices
what is an eigenvector              | reference/tools#eigenvectors
log scale                           | reference/tools#logarithmic-scales
least squares                       | reference/tools#least-squares
complex numbers                     | reference/tools#complex-roots
norm of a matrix                    | reference/tools#the-norm-of-a-matrix
what does the @ sign mean           | 01_forward_propagation#from-one-node-to-a-layer-to-a-batch
what is a gradient                  | 03_gradient_descent#one-step-downhill
sigmoid or relu which is better     | 05_remedies/activations#which-one-to-take
he normal                           | 05_remedies/initialization#relu-needs-he
why zero weights fail               | 05_remedies/initialization#not-zero-and-not-equal
dying relu                          | 05_remedies/activations#units-that-die
dead neurons                        | 05_remedies/activations#units-that-die
what is a neural network            | 01_forward_propagation#a-network-is-nodes-and-edges
what is a neuron                    | 01_forward_propagation#one-node-three-inputs
why do we need activation functions | 01_forward_propagation#why-weighted-sums-alone-are-not-enough
which activation function should I use | 05_remedies/activations#which-one-to-take
how many layers                     | 01_forward_propagation#why-depth-then
number of parameters                | 01_forward_propagation#what-it-costs
xor                                 | 01_forward_propagation#a-small-task-that-no-affine-map-can-do
universal approximation             | 01_forward_propagation#any-curve-from-relus
softmax                             | 01_forward_propagation#the-output-layer
logits                              | 01_forward_propagation#the-output-layer
is p a probability                  | 01_forward_propagation#is-p-a-probability
chain rule                          | 02_chain_rule#the-chain-rule
backprop                            | 02_chain_rule#what-backpropagation-computes
backpropagation                     | 02_chain_rule#what-backpropagation-computes
cross entropy                       | 02_chain_rule#softmax-and-cross-entropy-p-t
finite differences                  | 02_chain_rule#checking-gradients
autograd                            | 02_chain_rule#build-the-engine
who invented backpropagation        | 02_chain_rule#who-found-it-and-when
learning rate                       | 03_gradient_descent#how-long-a-step
step size                           | 03_gradient_descent#how-long-a-step
learning rate too high              | 03_gradient_descent#how-long-a-step
local minimum                       | 03_gradient_descent#deeper-where-the-slope-is-zero
saddle point                        | 03_gradient_descent#deeper-where-the-slope-is-zero
how to choose the learning rate     | 03_gradient_descent#finding-the-learning-rate
learning rate schedule              | 03_gradient_descent#schedules
momentum                            | 03_gradient_descent#momentum-a-ball-with-inertia
adam                                | 03_gradient_descent#rmsprop-and-adam-a-step-length-for-each-weight
batch size                          | 03_gradient_descent#whose-gradient-batch-mini-batch-one-sample
training loop                       | 03_gradient_descent#four-steps-in-a-circle
overfitting                         | 03_gradient_descent#when-to-stop
early stopping                      | 03_gradient_descent#when-to-stop
test set                            | 03_gradient_descent#opening-the-test-set
vanishing gradients                 | 04_vanishing_gradients
exploding gradients                 | 04_vanishing_gradients#the-mirror-image-exploding
gradient clipping                   | 04_vanishing_gradients#the-mirror-image-exploding
derivative of the sigmoid           | 02_chain_rule#deeper-the-slopes-of-the-sigmoid-and-of-tanh
Glorot                              | 05_remedies/initialization#backward-and-why-glorot-averages
Xavier initialization               | 05_remedies/initialization#backward-and-why-glorot-averages
Kaiming                             | 05_remedies/initialization#relu-needs-he
He initialization                   | 05_remedies/initialization#relu-needs-he
orthogonal initialization           | 05_remedies/initialization#beyond-the-average-orthogonal
batchnorm                           | 05_remedies/batch_normalization
BN                                  | 05_remedies/batch_normalization
layer norm                          | 05_remedies/batch_normalization#layer-normalization
eval mode                           | 05_remedies/batch_normalization#training-and-evaluation
weight decay                        | 05_remedies/batch_normalization#weights-without-a-length
resnet                              | 05_remedies/skip_connections#a-wire-around-the-layer
shortcut connection                 | 05_remedies/skip_connections#a-wire-around-the-layer
highway network                     | 05_remedies/skip_connections#deeper-the-highway-half-a-year-before
degradation problem                 | 05_remedies/skip_connections#deeper-and-worse
long short-term memory              | 05_remedies/lstm_gru#a-path-that-adds
gru                                 | 05_remedies/lstm_gru#the-gru-the-same-idea-with-one-state
bptt                                | 05_remedies/lstm_gru#backpropagation-through-time
why does my network not learn       | 06_practice#a-method
loss does not go down               | 06_practice#a-method
my loss is nan                      | 06_practice#check-6-are-the-steps-of-the-right-size
overfit one batch                   | 06_practice#check-3-learn-one-batch-by-heart
why is the first loss 2.3           | 03_gradient_descent#before-the-first-step-ln-10
pytorch                             | 06_practice#what-pytorch-does-inside
load csv                            | 06_own_data#from-a-file-to-numbers
imbalanced classes                  | 06_own_data#what-peeking-and-class-weights-do
confusion matrix                    | 06_own_data#the-test-once
save a network                      | 06_own_data#keep-it
compare two networks                | laboratory
offline                             | reference/doors#without-a-connection
Hochreiter 1991                     | reference/bibliography#hochreiter1991
loss function                       | 02_chain_rule#one-number-for-how-wrong-we-are
accuracy does not improve           | 06_practice#a-method
loss goes up                        | 06_practice#check-6-are-the-steps-of-the-right-size
vectorization                       | 01_forward_propagation#from-one-node-to-a-layer-to-a-batch
computation graph                   | 02_chain_rule#the-same-thing-as-a-graph
long term dependencies              | 04_vanishing_gradients#the-same-in-time
edge of chaos                       | 04_vanishing_gradients#the-edge-between
memory cell                         | 05_remedies/lstm_gru#a-path-that-adds
mnist                               | 01_forward_propagation#a-real-network-reads-real-digits
chapter 4                           | 04_vanishing_gradients
answers                             | exercises/index
# British
initialisation                      | 05_remedies/initialization
batch normalisation                 | 05_remedies/batch_normalization
regularisation                      | 05_remedies/batch_normalization#weights-without-a-length
standardise the inputs              | 06_own_data#one-scale-from-the-training-rows
what centring is for                | 05_remedies/activations#what-centering-is-for
colours                             | reference/notation#colors-in-the-figures
# Slips
gradiant descent                    | 03_gradient_descent#one-step-downhill
initalization                       | 05_remedies/initialization
vanishing gradeint                  | 04_vanishing_gradients
backpropogation                     | 02_chain_rule#what-backpropagation-computes
lerning rate                        | 03_gradient_descent#how-long-a-step
sofmax                              | 01_forward_propagation#the-output-layer
learningrate                        | 03_gradient_descent#how-long-a-step
# Signs
η                                   | 03_gradient_descent#how-long-a-step
δ                                   | 02_chain_rule#four-formulas-for-a-layer
∂L/∂W                               | 02_chain_rule#four-formulas-for-a-layer
κ                                   | 03_gradient_descent#the-slowest-direction
γ and β                             | 05_remedies/batch_normalization#what-gamma-and-beta-are-for
# Names in code
loss_and_grad                       | reference/api/learning#nnbook_lib.network.loss_and_grad
nn.diagnose                         | reference/api/practice#nnbook_lib.inspection.diagnosis.diagnose
from_torch                          | reference/api/practice#nnbook_lib.pytorch.bridge.from_torch
SoftmaxCrossEntropy                 | reference/api/learning#nnbook_lib.losses.SoftmaxCrossEntropy
gradient_norms                      | reference/api/deep#nnbook_lib.inspection.diagnostics.gradient_norms
nn.Residual()                       | reference/api/forward#nnbook_lib.containers.Residual
# While one types
expl                                | 04_vanishing_gradients#the-mirror-image-exploding
vanishing gra                       | 04_vanishing_gradients
overfit                             | 03_gradient_descent#when-to-stop
"""
ASKED = [
    tuple(map(str.strip, line.split("|")))
    for line in FIRST.strip().splitlines()
    if not line.startswith("#")
]
