/* nnbook.experiments(controls): experiments as the page has them, { shared, a, b }, each a table of a
   control's name and the key of its value, and how an address says one:

     #lab?depth=30&activation=sigmoid&B.activation=tanh

   A's settings and the shared ones stand bare where they are not as by default, B's where they differ
   from A's. nnbook_lib/twins/experiment.py says the same. */
"use strict";
(() => {
  const nnbook = window.nnbook ??= {};
  const LONGEST = 40, MOST = 5; // letters, and pieces of an address, that are told to be ignored

  nnbook.experiments = (controls) => {
    const shared = controls.filter((one) => one.shared), own = controls.filter((one) => !one.shared);
    const known = new Map(controls.map((one) => [one.name, one]));

    const filled = (some, given, other = {}) => Object.fromEntries(
      some.map(({ name, keys, default: start }) => [name, [given?.[name], other[name], start].find(
        (key) => keys.includes(key))]));
    /* The experiment with what is not said in it: B is as A, and all else as by default. */
    function whole(given) {
      const a = filled(own, given.a);
      return { shared: filled(shared, given.shared), a, b: filled(own, given.b, a) };
    }
    const differences = ({ a, b }) => own.filter(({ name }) => a[name] !== b[name]);
    const words = (experiment) => [
      ...shared.map((one) => [one, experiment.shared[one.name]]), ...own.map((one) => [one, experiment.a[one.name]]),
    ].filter(([one, key]) => key !== one.default).map(([{ name }, key]) => [name, key])
      .concat(differences(experiment).map(({ name }) => [`B.${name}`, experiment.b[name]]));
    const address = (experiment) => `lab?${new URLSearchParams(words(experiment))}`;

    /* What an address says, and what of it is on no control and therefore ignored. */
    function read(text) {
      const given = { shared: {}, a: {}, b: {} }, ignored = [];
      for (const [name, key] of new URLSearchParams(text)) {
        const apart = name.startsWith("B.");
        const one = known.get(apart ? name.slice(2) : name);
        const there = one?.keys.find((each) => each === key || (key && Number(each) === Number(key))); // 1e-5
        if (!there || (apart && one.shared)) ignored.push(`${name}=${key}`.slice(0, LONGEST));
        else given[one.shared ? "shared" : apart ? "b" : "a"][one.name] = there;
      }
      const more = ignored.length - MOST;
      return { experiment: whole(given), ignored: [...ignored.slice(0, MOST), ...more > 0 ? [`${more} more`] : []] };
    }
    const same = (one, other) => address(one) === address(other);
    /* Whether they are the same, or but for a seed that A and B share. */
    function alike(one, other) {
      const { seed } = one.a;
      const luck = seed === one.b.seed && other.a.seed === other.b.seed;
      return same(one, luck ? { ...other, a: { ...other.a, seed }, b: { ...other.b, seed } } : other);
    }
    const label = (control, key) => control.labels[control.keys.indexOf(key)];
    /* The two networks by what is different, if that is not much. */
    function names(experiment) {
      const differ = differences(experiment);
      return ["a", "b"].map((side) => side.toUpperCase() + (differ.length && differ.length < 3
        ? `: ${differ.map((one) => `${one.label} ${label(one, experiment[side][one.name])}`).join(", ")}` : ""));
    }
    /* Settings in words: "normalization batch, learning rate 0.1". */
    const settings = (given) => Object.entries(given)
      .map(([name, key]) => `${known.get(name).label} ${label(known.get(name), key)}`).join(", ");
    return { shared, own, whole, differences, address, read, same, alike, label, names, settings };
  };
})();
