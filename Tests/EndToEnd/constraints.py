"""Every constraint of the shapes of every operation that the server has."""

import collections
import concurrent.futures
import unittest

import api
from operations import OPERATIONS
from shapes import InputCases


def complaint(plane, case):
    """What is wrong with the answer to a case; None if nothing is."""
    answer = api.send(api.sign(api.request(plane, case.operation, case.request)))
    if case.error is None:
        is_right = answer.status == 200 or (
            answer.status in (400, 404)
            and answer.code != "SerializationException"
            and "failed to satisfy constraint" not in answer.message
        )
        return None if is_right else f"{case}: refused with {answer.status}, {answer.body}"
    code, text = case.error
    if answer.status == 400 and answer.code == code and text in answer.message:
        return None
    return f"{case}: {code} '{text}' expected, not {answer.status}, {answer.body}"


class Constraints(unittest.TestCase):
    def check(self, plane):
        operations = map(api.service_model(plane).operation_model, OPERATIONS[plane])
        cases = [case for operation in operations for case in InputCases(operation)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            complaints = list(pool.map(lambda case: complaint(plane, case), cases))
        counts = collections.Counter(case.error[0] if case.error else "accepted" for case in cases)
        print(f"{len(OPERATIONS[plane])} operations: {len(cases)} cases, {dict(counts)}")
        complaints = [text for text in complaints if text]
        if complaints:
            self.fail(f"{len(complaints)} of {len(cases)}:\n" + "\n".join(complaints[:20]))

    def test_data_plane(self):
        self.check("data")

    def test_control_plane(self):
        self.check("control")
