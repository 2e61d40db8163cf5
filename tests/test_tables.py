"""A table of one's own: what is read from a CSV file, and the sentence where it cannot be."""

import re

import numpy as np
import pytest

import nnbook_lib as nn

BIRDS = "mass,bill,kind\n3,1.5,owl\n5,2.5,hen\n4,7.25,owl\n"
X, T = [[3, 1.5], [5, 2.5], [4, 7.25]], [1, 0, 1]


def read(tmp_path, content, **options):
    path = tmp_path / "birds.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return nn.read_table(path, **{"target": "kind"} | options)


WRITTEN = {  # the same table as different programs write it: its text, its encoding
    "commas": (BIRDS, "utf-8"),
    "spaces after commas": (BIRDS.replace(",", ", "), "utf-8"),
    "Windows line ends": (BIRDS.replace("\n", "\r\n"), "utf-8"),
    "old line ends": (BIRDS.replace("\n", "\r"), "utf-8"),
    "a byte-order mark": (BIRDS, "utf-8-sig"),
    "Excel's Unicode text": (BIRDS.replace(",", "\t"), "utf-16"),
    "a European Excel": (BIRDS.replace(",", ";").replace(".", ","), "cp1252"),
    "for Excel": ("sep=;\n" + BIRDS.replace(",", ";"), "utf-8"),
    "bars": (BIRDS.replace(",", "|"), "utf-8"),
    "columns of spaces": (BIRDS.replace(",", "   "), "utf-8"),
    "quotes": (re.sub(r"([^,\n]+)", r'"\1"', BIRDS), "utf-8"),
    "quoted decimal commas": (re.sub(r"(\d)\.(\d+)", r'"\1,\2"', BIRDS), "utf-8"),
    "commas at the end": (BIRDS.replace("\n", ",,\n"), "utf-8"),
    "blank lines": ("\n" + BIRDS.replace("\n", "\n\n,,\n"), "utf-8"),
    "pandas' index": (",mass,bill,kind\n0,3,1.5,owl\n1,5,2.5,hen\n2,4,7.25,owl\n", "utf-8"),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_a_table_is_read_however_it_was_written(tmp_path, how):
    text, encoding = WRITTEN[how]
    table = read(tmp_path, text.encode(encoding))
    assert table.x.tolist() == X and table.t.tolist() == T
    assert table.columns == ("mass", "bill") and table.classes == ("hen", "owl")


def test_a_comma_in_a_name_or_a_number_parts_no_cells(tmp_path):
    table = read(tmp_path, "mass, g;bill, mm;kind\n3,0;1,5;owl\n5,1;2,5;hen\n")
    assert table.columns == ("mass, g", "bill, mm") and table.x.tolist() == [[3, 1.5], [5.1, 2.5]]


LETTERS = {
    "cp932": "体重,長さ,種類,ペンギン,猫",
    "utf-8": "体重,長さ,種類,ペンギン,猫",
    "cp1252": "größe,länge,art,süß,“x”",
    "mac_roman": "größe,länge,art,süß,Äh",
}


@pytest.mark.parametrize("code", LETTERS)
def test_letters_of_other_languages(tmp_path, code):
    a, b, kind, *names = LETTERS[code].split(",")
    text = f"{a},{b},{kind}\n1,2,{names[0]}\n2,5,{names[1]}\n".encode(code)
    table = read(tmp_path, text, target=kind, encoding="mac_roman" if code[0] == "m" else None)
    assert table.columns == (a, b) and table.classes == tuple(sorted(names))


def test_letters_that_could_be_anything_are_not_guessed(tmp_path):
    with pytest.raises(ValueError, match=r"birds.csv has letters .* pass encoding=, such as"):
        read(tmp_path, f"{LETTERS['mac_roman']}\n1,2,3,4,5\n".encode("mac_roman"))
    few = "長さ,幅,種\n1,2,猫\n2,5,犬\n".encode("cp932")  # with a byte that cp1252 has not
    assert read(tmp_path, few, target="種").columns == ("長さ", "幅")


def test_what_was_read_is_said_and_rows_are_those_of_a_spreadsheet(tmp_path):
    text = "mass,note,kind,sex\n3,a,Owl,f\n\nNA,b,owl,m\n-999,c,hen,m\n5,d,hen,f\n"
    table = read(tmp_path, text, leave_out="note", one_hot=["sex"], gaps="drop")
    assert table.x.tolist() == [[3, 1, 0], [-999, 0, 1], [5, 1, 0]]
    assert table.columns == ("mass", "sex=f", "sex=m") and table.rows.tolist() == [2, 5, 6]
    assert repr(table).splitlines() == [
        "birds.csv: 3 rows, 3 columns for x",
        "  x  mass, sex=f and sex=m",
        "  t  kind: 2 classes, Owl (1) and hen (2)",
        "  left out: note",
        "  left out: row 4, which has gaps",
        "  'kind' has few rows of 'Owl' (1) and 'hen' (2): hardly enough to train, validate and test",
        "  'mass' is -999 in 1 row, else never below 0: a sign for a gap?",
    ]


def test_points_that_may_stand_between_thousands_are_noticed(tmp_path):
    read_as = "'1.500' was read as 1.5: if it is 1500, delete the points"
    assert read_as in repr(read(tmp_path, "a;b;kind\n1.500;2;x\n12.250;3;y\n"))
    assert "delete" not in repr(read(tmp_path, "a;b;kind\n1.500;0.25;x\n12.250;3;y\n"))


def test_numbers_are_classes_only_if_it_is_said(tmp_path):
    text = "a,kind\n" + "".join(f"{i * i},{10 - i % 2 * 8}\n" for i in range(12))
    table = read(tmp_path, text)
    assert table.t.shape == (12, 1) and table.t[:2, 0].tolist() == [10, 2]
    assert table.classes is None and "task='classes'" in repr(table)
    table = read(tmp_path, text, task="classes")
    assert table.t.tolist() == [1, 0] * 6 and table.classes == ("2", "10")  # by size


def test_a_second_file_is_read_like_the_first(tmp_path):
    first = read(tmp_path, "a,isle,kind\n1,B,x\n3,A,y\n2,B,z\n", one_hot="isle")
    new = read(tmp_path, "kind,isle,more,a\nz,B,,1.0\n", like=first, target=None)
    assert new.x.tolist() == [[1, 0, 1]] and new.t.tolist() == [2] and new.columns == first.columns
    unasked = read(tmp_path, "isle;a\nA;0,5\n", like=first, target=None)
    assert unasked.x.tolist() == [[0.5, 1, 0]] and unasked.t is None
    assert "no column kind" in repr(unasked)
    empty = read(tmp_path, "isle,a,kind\nA,1,\nA,2,?\n", like=first, target=None)
    assert empty.t is None and empty.x.tolist() == [[1, 1, 0], [2, 1, 0]]
    same = {"leave_out": "more", "one_hot": "isle", "task": "classes"}
    assert read(tmp_path, "kind,isle,more,a\nz,B,,1\n", like=first, **same).t.tolist() == [2]
    for other in {"target": "a"}, {"task": "numbers"}, {"leave_out": ["a"]}, {"one_hot": "a"}:
        with pytest.raises(ValueError, match=f"like= takes .* {next(iter(other))}= asks"):
            read(tmp_path, "kind,isle,a\nz,B,1\n", like=first, **{"target": None, **other})
    with pytest.raises(ValueError, match=r"'a' was numbers in the table before.*'big': row 3"):
        read(tmp_path, "isle,a\nA,1\nB,big\n", like=first, target=None)
    with pytest.raises(ValueError, match=r"'isle' is 'C' in row 3; .* 'A' and 'B'"):
        read(tmp_path, "isle,a\nA,1\nC,2\n", like=first, target=None)


class Frame:
    """What is used of a pandas DataFrame."""

    columns = "mass", "bill", "kind"

    def to_numpy(self):
        return np.array([[3, 1.5, "owl"], [5, 2.5, "hen"], [4, 7.25, "owl"]], dtype=object)


def test_a_data_frame_is_read_as_its_file_is():
    table = nn.read_table(Frame(), target="kind")
    assert table.x.tolist() == X and table.t.tolist() == T and table.rows.tolist() == [0, 1, 2]


IDS = "".join(f"n{i},{i * i},{'xy'[i % 2]}\n" for i in range(30))
REFUSED = {  # what came: the text, options, words of the sentence
    "text": ("a,isle,kind\n1,B,x\n2,A,y\n", {}, ["'isle' (2 different", "one_hot=['isle']", "leave_out=['isle']"]),
    "names of rows": ("id,b,kind\n" + IDS, {}, ["'id' has 30 different", "30 rows", "leave_out=['id']"]),
    "gaps": ("a,b,kind\n1,,x\n2,3,\nNA,?,x\n4,4,y\n", {}, ["4 cells", "'a' 1 (row 4)", "'b' 2 (rows 2 and 4)",
        "'kind' 1 (row 3)", "gaps='drop'", "3 of 4"]),
    "only gaps": ("a,b,kind\n,1,x\n,2,y\n", {}, ["'a' is empty in all rows", "leave_out=['a']"]),
    "gaps everywhere": ("a,b,kind\n1,,x\n,2,y\n", {"gaps": "drop"}, ["none would be left", "leave_out"]),
    "one class": ("a,kind\n1,x\n2,x\n", {}, ["one class only, 'x'", "Add rows"]),
    "one target": ("a,kind\n1,7\n2,7\n", {}, ["'kind' is 7 in all 2 rows"]),
    "too many classes": ("b,a,kind\n" + "".join(f"{i},{i * i},n{i}\n" for i in range(30)), {},
        ["30 different values", "too many for classes"]),
    "constant column": ("a,b,kind\n7,1,x\n7,2,y\n", {}, ["'a' has the same value in all 2", "leave_out=['a']"]),
    "units": ("a,kind\n3.2 cm,x\n4 cm,y\n", {}, ["'3.2 cm'", "keep only the number"]),
    "currency": ("a,kind\n$3,x\n$4.50,y\n", {}, ["'$3'", "keep only the number"]),
    "a stray cell": ("a,kind\n1,x\n2,y\nabout 3,x\n", {}, ["'a' is numbers but for 1 of 3", "'about 3'", "row 4"]),
    "thousands": ('a,b,kind\n"1,500",2.5,x\n"2,500",3,y\n', {}, ["'1,500'", "thousands", "this is 1500", "leave_out=['a']"]),
    "thousands or decimals": ('a,kind\n"1,500",x\n"2,500",y\n', {}, ["1.500 or 1500", "decimal=','"]),
    "points between thousands": ("a;b;kind\n1.500;2,5;x\n2.500;3;y\n", {}, ["'1.500'", "thousands", "this is 1500"]),
    "two decimal marks": ("a;b;kind\n1,5;2.5;x\n2;3;y\n", {}, ["'1,5'", "'2.5'", "one way"]),
    "another currency": ("a,kind\n₹3,x\n₹4.50,y\n", {}, ["'₹3'", "keep only the number"]),
    "thousands as in India": ('a,b,kind\n"1,23,456",1.5,x\n"2,34,567",2,y\n', {}, ["'1,23,456'", "keep only the number"]),
    "ranges": ("a,kind\n10-20,x\n20-30,y\n", {}, ["'10-20'", "keep only the number"]),
    "a second text": ("a,isle,kind,s\n1,B,x,m\n2,A,y,f\n", {"leave_out": ["s"]}, ["leave_out=['s', 'isle']"]),
    "a second text, one of them kept": ("a,isle,kind,s\n1,B,x,m\n2,A,y,f\n", {"one_hot": "s"}, ["one_hot=['s', 'isle']"]),
    "a second constant": ("a,b,c,kind\n7,1,5,x\n7,2,5,y\n", {"leave_out": "c"}, ["leave_out=['c', 'a']"]),
    "none as a class": ("a,kind\n1,none\n2,mild\n3,none\n", {}, ["If 'none' is no gap"]),
    "decimal commas between commas": ("a,b,kind\n1,5,2,x\n2,5,3,y\n", {}, ["have 4", "decimal comma"]),
    "letters misread": ("вид,b\nкот,1\nпес,2\n".encode("cp1251"), {"target": "вид"}, ["no column 'вид'", "read as cp1252", "pass encoding="]),
    "dates": ("a,kind\n2007-11-30,x\n2008-01-02,y\n", {}, ["dates", "'2007-11-30'", "leave_out=['a']"]),
    "dates in words": ("a,kind\n19-Sep-03,x\n2-Oct-03,y\n", {}, ["dates", "'19-Sep-03'"]),
    "infinity": ("a,kind\n1,x\n-inf,y\n", {}, ["'a' is infinite in row 3"]),
    "a name twice": ("a,a,kind\n1,2,x\n", {}, ["columns 1 and 2", "same name, 'a'"]),
    "no header": ("5.1,3.5,x\n4,2,y\n", {"target": "x"}, ["row 1 looks like data", "name for each column"]),
    "a title": ("My birds\na,b,kind\n1,2,x\n3,4,y\n5,6,x\n", {}, ["row 1, has 1 cell", "have 3", "Delete", "one for each"]),
    "a long row": ("a,b,kind\n1,2,x\n1,5,2,y\n", {}, ["3 cells", "row 3 has 4", "quotation marks", "decimal comma"]),
    "a footnote": ("a,b,kind\n1,2,x\n3,4,y\nsource: me\n", {}, ["row 4 has 1", "notes below"]),
    "a quotation mark": ('a,b,kind\n1,"2,x\n3,4,y\n', {}, ["quotation marks of row 2"]),
    "nothing": ("", {}, ["is empty"]),
    "a header alone": ("a,b,kind\n", {}, ["no rows below"]),
    "one row": ("a,kind\n1,x\n", {}, ["one row only"]),
    "one column": ("a\n1\n2\n", {}, ["one column only"]),
    "a spreadsheet": (b"PK\x03\x04 and so on", {}, [".xlsx", "save it as CSV"]),
    "a web page": ("<!DOCTYPE html><html>", {}, ["web page", "Raw"]),
    "JSON": ('[{"a": 1}]', {}, ["JSON"]),
    "zero bytes": (b"a,b\x00\n1,2\n", {}, ["zero bytes"]),
    "no target": (BIRDS, {"target": None}, ["target=", "'mass', 'bill' and 'kind'"]),
    "a wrong target": (BIRDS, {"target": "Kinds"}, ["no column 'Kinds'", "Did you mean 'kind'?"]),
    "a column that is not there": (BIRDS, {"leave_out": ["qqq"]}, ["'qqq'", "leave_out", "'mass'"]),
    "the target left out": (BIRDS, {"leave_out": ["kind"]}, ["is the target"]),
    "no column left": (BIRDS, {"leave_out": ["mass", "bill"]}, ["no column is left"]),
    "words as numbers": (BIRDS, {"task": "numbers"}, ["must be numbers", "task='classes'"]),
    "a task": (BIRDS, {"task": "regression"}, ["task 'regression'", "'classes'"]),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_said_with_its_remedy(tmp_path, what):
    content, options, words = REFUSED[what]
    with pytest.raises(ValueError) as caught:
        read(tmp_path, content, **options)
    message = str(caught.value)
    assert [
        w for w in ["birds.csv" if what != "a task" else "task", *words] if w not in message
    ] == [], message


def test_a_file_that_is_not_there(tmp_path):
    (tmp_path / "birds.csv").write_text(BIRDS)
    with pytest.raises(FileNotFoundError, match=r"no file bird\.csv .* There: 'birds\.csv'"):
        nn.read_table(tmp_path / "bird.csv", target="kind")
    with pytest.raises(ValueError, match=r"a text of several lines.*write_text"):
        nn.read_table(BIRDS * 20, target="kind")


def test_the_penguins_are_all_there():
    table = nn.datasets.penguins()
    assert np.bincount(table.t).tolist() == [151, 68, 123] and len(table.x) == 342
    assert table.columns[0] == "bill_length_mm" and table.x[0].tolist() == [39.1, 18.7, 181, 3750]
    mass = nn.datasets.penguins(
        "body_mass_g", leave_out=["island", "year"], one_hot=["species", "sex"]
    )
    assert mass.x.shape == (333, 8) and mass.t.mean() == pytest.approx(1400950 / 333)


# Split and scale -----------------------------------------------------------------------------


def test_a_split_keeps_rows_together_and_classes_in_proportion(rng):
    t = np.repeat([0, 1, 2], [60, 30, 10])
    x = np.arange(100.0)[:, None]
    x_train, x_test, t_train, t_test = nn.train_test_split(x, t, test_size=0.2, stratify=t, rng=rng)
    assert sorted([*x_train[:, 0], *x_test[:, 0]]) == list(range(100))
    assert np.array_equal(t[x_train[:, 0].astype(int)], t_train)
    assert np.bincount(t_test).tolist() == [12, 6, 2]
    assert (np.diff(t_test) < 0).any() and (np.diff(t_train) < 0).any()  # mixed


@pytest.mark.parametrize(
    ("n", "size", "test"), [(10, 0.25, 3), (10, 3, 3), (344, 0.25, 86), (100, 0.07, 8), (2, 0.1, 1)]
)
def test_the_sizes_are_those_of_scikit_learn(rng, n, size, test):
    a, b = nn.train_test_split(np.zeros((n, 1)), test_size=size, rng=rng)
    assert (len(a), len(b)) == (n - test, test)


SPLITS = {
    "another length": ((np.zeros(3), np.zeros(4)), {}, ["array 1 has 3", "array 2 has 4"]),
    "an empty part": ((np.zeros(3),), {"test_size": 3}, ["0 would be left", "at least one"]),
    "a share above 1": ((np.zeros(3),), {"test_size": 1.5}, ["between 0 and 1", "1.5"]),
    "a rare class": ((np.zeros(9),), {"stratify": np.repeat(["a", "b"], [8, 1])}, ["'b' (1 of 9 rows)", "stratify out"]),
    "a gap for a class": ((np.zeros(3),), {"stratify": np.array(["a", None, "a"], object)}, ["stratify has no label", "1 of its 3"]),
    "measurements": ((np.zeros(3),), {"stratify": np.array([0.5, 1, 2])}, ["classes", "0.5"]),
}  # fmt: skip


@pytest.mark.parametrize("what", SPLITS)
def test_a_split_that_cannot_be(rng, what):
    arrays, options, words = SPLITS[what]
    with pytest.raises(ValueError) as caught:
        nn.train_test_split(*arrays, **options, rng=rng)
    assert [w for w in ["train_test_split", *words] if w not in str(caught.value)] == []


def test_a_scaler_is_its_mean_and_scale():
    x = np.array([[1.0, 100.0], [3.0, 300.0], [5.0, 200.0]], np.float32)
    scaler = nn.StandardScaler()
    z = scaler.fit_transform(x)
    assert scaler.mean_.tolist() == [3, 200] and np.allclose(scaler.scale_**2, [8 / 3, 20000 / 3])
    assert z.dtype == np.float32 and np.allclose(z[:, 0] * (8 / 3) ** 0.5, [-2, 0, 2])
    again = nn.StandardScaler()
    again.mean_, again.scale_ = scaler.mean_, scaler.scale_
    assert np.array_equal(again.transform(x), z) and np.allclose(again.inverse_transform(z), x)


def test_a_constant_column_is_said_and_stays_finite():
    x = np.array([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]])
    with pytest.warns(UserWarning, match=r"column 0 \(from 0\).*leave it out"):
        scaler = nn.StandardScaler().fit(x)
    assert scaler.scale_[0] == 1 and np.allclose(scaler.transform(x)[:, 0], 0)


SCALED = {
    "before fit": (lambda s: nn.StandardScaler().transform(np.ones((2, 2))), ["transform", "fit(x_train)"]),
    "other columns": (lambda s: s.transform(np.ones((2, 3))), ["2 columns", "got 3"]),
    "a vector": (lambda s: s.transform(np.ones(2)), ["(n, d)", "x[None, :]"]),
    "gaps": (lambda s: s.fit(np.array([[1, np.nan], [2, 3]])), ["column 1 (from 0)", "1 of its 2 rows"]),
    "words": (lambda s: s.fit(np.array([["a"], ["b"]])), ["real numbers", "one_hot"]),
}  # fmt: skip


@pytest.mark.parametrize("what", SCALED)
def test_what_a_scaler_refuses(what):
    call, words = SCALED[what]
    with pytest.raises((TypeError, ValueError)) as caught:
        call(nn.StandardScaler().fit(np.array([[1.0, 2.0], [2.0, 5.0]])))
    assert [w for w in ["StandardScaler", *words] if w not in str(caught.value)] == []
