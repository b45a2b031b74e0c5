"""The operations that the server has, by their planes."""

OPERATIONS = {
    "data": ["GenerateAuthRequestCryptogram", "VerifyAuthRequestCryptogram"],
    "control": [
        "CreateAlias",
        "CreateKey",
        "DeleteAlias",
        "DeleteKey",
        "ExportKey",
        "GetAlias",
        "GetKey",
        "GetParametersForImport",
        "GetPublicKeyCertificate",
        "ImportKey",
        "ListAliases",
        "ListKeys",
        "ListTagsForResource",
        "RestoreKey",
        "StartKeyUsage",
        "StopKeyUsage",
        "TagResource",
        "UntagResource",
        "UpdateAlias",
    ],
}
