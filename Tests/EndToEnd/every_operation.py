"""After the others: no operation of the server is left that boto3 has not had a success from."""

import unittest

import api
from operations import OPERATIONS


class EveryOperation(unittest.TestCase):
    def test_had_a_success(self):
        operations = sum(OPERATIONS.values(), [])
        print(f"{len(operations)} operations: {dict(api.successes)}")
        self.assertEqual(set(operations), set(api.successes))
