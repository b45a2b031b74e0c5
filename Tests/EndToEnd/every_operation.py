"""After the others: no operation of the server is left that boto3 has not had a success from, and
all that was done with keys is in the audit log."""

import unittest

import api
from operations import OPERATIONS


class EveryOperation(unittest.TestCase):
    def test_had_a_success(self):
        operations = sum(OPERATIONS.values(), [])
        print(f"{len(operations)} operations: {dict(api.successes)}")
        self.assertEqual(set(operations), set(api.successes))

    def test_is_in_the_audit_log(self):
        server = api.under_test()
        recorded = {
            (record["operation"], record["requestId"], record["outcome"])
            for record in server.audit_records()
            if "requestId" in record
        }
        # Other errors are of requests that have not come as far as an operation.
        outcomes = {None: "succeeded"} | {
            shape.name: shape.name for shape in api.service_model("control").error_shapes
        }
        answered = {
            (operation, number, outcomes[code])
            for endpoint, operation, number, code in api.answers
            if endpoint == server.endpoint
            and operation in OPERATIONS["control"]
            and code in outcomes
        }
        print(f"{len(answered)} answers in the audit log's {len(recorded)} records")
        self.assertEqual(answered - recorded, set())
        succeeded = {operation for operation, _, outcome in recorded if outcome == "succeeded"}
        self.assertEqual(succeeded, set(OPERATIONS["control"]))
