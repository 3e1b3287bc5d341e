// The network's answer, as in `cnnviz/inspection/answer.py`.

import { largestAt } from "../shared/numeric.js";

/**
 * The two most probable digits and their probabilities; of equals, the smaller digit comes first.
 * @param {ArrayLike<number>} probabilities
 */
export function bestTwo(probabilities) {
  const digit = largestAt(probabilities);
  const others = Array.from(probabilities, (probability, i) => (i === digit ? null : probability));
  const secondDigit = largestAt(others);
  return {
    digit,
    probability: probabilities[digit],
    secondDigit,
    secondProbability: probabilities[secondDigit],
  };
}
