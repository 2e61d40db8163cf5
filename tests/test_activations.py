"""Activations as values: they are copied, pickled, and take what is a number."""

import copy
import pickle

import numpy as np
import pytest

import nnbook_lib as nn

U = np.array([-3, -1, 0, 1, 2])


@pytest.mark.parametrize("name", nn.ACTIVATIONS)
@pytest.mark.parametrize("kind", [bool, np.int8, np.uint8, np.int64, list])
def test_whole_numbers_count_as_floats(name, kind):
    f = nn.ACTIVATIONS[name]
    u = U.tolist() if kind is list else np.abs(U).astype(kind)
    exact = np.asarray(u).astype(float)
    (z, saved), (wanted, saved_exact) = f.forward(u), f.forward(exact)
    assert z.dtype == wanted.dtype == float and np.array_equal(z, wanted)
    assert np.array_equal(f.slope(saved), f.slope(saved_exact))
    if kind is np.int64:
        assert np.array_equal(f.df(U), f.df(U * 1.0)) and np.array_equal(f.f(U), f.f(U * 1.0))


@pytest.mark.parametrize("name", nn.ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_slope_has_the_precision_of_u(name, dtype):
    f, u = nn.ACTIVATIONS[name], U.astype(dtype)
    assert f.slope(f.forward(u)[1]).dtype == f.df(u).dtype == f.f(u).dtype == dtype


@pytest.mark.parametrize("f", [nn.relu, nn.softplus, nn.softmax])
@pytest.mark.parametrize("u", ["word", None, np.array(["1"]), np.array([1, None])])
def test_what_is_no_number_is_refused(f, u):
    with pytest.raises(TypeError, match=f"(?i){f.label()} expects numbers; got .*dtype=float"):
        f(u)


def bent(u):
    return u * np.abs(u)


def bent_slope(u):
    return 2 * np.abs(u)


@pytest.mark.parametrize("slope", [0.01, 0.25, 0.123456789, 1 / 3, 1e-9])
def test_a_slope_is_pickled_to_its_last_digit(slope):
    f = nn.leaky_relu_with(slope)
    for twin in (pickle.loads(pickle.dumps(f)), copy.copy(f), copy.deepcopy(f)):
        assert twin.df(np.array([-1.0]))[0] == slope and twin.name == f.name
    assert nn.leaky_relu_with(slope + 1e-12).name != nn.leaky_relu_with(slope).name


def test_activations_of_your_own_are_pickled_or_refused(rng):
    mine = nn.Activation("relu", bent, bent_slope, init="lecun", interval=(-5, 5))
    net = nn.Network(nn.Dense(2, 3, rng=rng), mine, nn.Dense(3, 1, rng=rng))
    twin = pickle.loads(pickle.dumps(net))
    x = rng.standard_normal((4, 2))
    assert np.array_equal(net(x), twin(x)), "and it is not the library's relu"
    assert twin.layers[1].interval == (-5, 5) and copy.deepcopy(net).layers[1] is mine
    for lost in (nn.Activation("mine", lambda u: u, np.ones_like), leaky_of_a_lambda()):
        with pytest.raises(pickle.PicklingError, match=f"{lost.name}.*with def"):
            pickle.dumps(lost)
        assert copy.copy(lost) is lost and copy.deepcopy(lost) is lost


def leaky_of_a_lambda():
    def inner(u):
        return u

    return nn.Activation("inner", inner, np.ones_like)


@pytest.mark.parametrize("slope", [-0.1, 1, np.nan, "0.1", True, None])
def test_slopes_out_of_range_are_refused(slope):
    with pytest.raises(ValueError, match="leaky_relu_with: slope"):
        nn.leaky_relu_with(slope)


def test_softplus_is_exact_and_overflows_nowhere():
    u = np.array([-1e4, -40.0, -1e-9, 0.0, 1e-9, 40.0, 1e4])
    assert np.allclose(nn.functions.softplus(u), np.logaddexp(0, u), rtol=1e-15, atol=0)
