"""Cases for every constraint of an operation's input, from botocore's own model of the service."""

import dataclasses
import itertools
import re


@dataclasses.dataclass(frozen=True)
class Case:
    operation: str
    # The JSON pointer of what is changed in a request that is right otherwise.
    path: str
    kind: str
    request: object
    # The error's code, and what its message has to say; None where no shape is to be complained of.
    error: tuple | None = None

    def __str__(self):
        return f"{self.operation} {self.path or '/'}: {self.kind}"


class UnknownShape(Exception):
    """The model has a string of a pattern that no sample is known for."""


def _cycle(text):
    return lambda count: "".join(itertools.islice(itertools.cycle(text), count))


def _behind(prefix, text="a7"):
    return lambda count: prefix + _cycle(text)(max(count - len(prefix), 0))


def _key_arn(count):
    """16 characters of name or more, and a region with as many digits as it then takes."""
    start, end = "arn:aws:payment-cryptography:us-a-", ":111122223333:key/"
    digits = max(count - len(start) - len(end) - 64, 1)
    name = max(count - len(start) - len(end) - digits, 16)
    return start + "1" * digits + end + _cycle("a7")(name)


# Text of a number of characters that matches the pattern, by the shape's name. Where the model has
# no bounds the number is the default.
_SAMPLES = {
    "AliasName": (_behind("alias/"), 20),
    "AuthRequestCryptogramType": (_cycle("D791093c8A921769"), 16),
    "CertificateType": (_cycle("LS0tLS1CRUdJTi+/="), 40),
    "EvenHexLengthBetween16And32": (_cycle("0123456789aBcDeF"), 16),
    "ExportTokenId": (_behind("export-token-"), 29),
    "HexLength20Or24": (_cycle("0123456789ABCDEF"), 20),
    "HexLengthEquals4": (_cycle("0b"), 4),
    "HexLengthEquals8": (_cycle("52bF"), 8),
    "ImportTokenId": (_behind("import-token-"), 29),
    "KeyArn": (_key_arn, 72),
    "KeyArnOrKeyAliasType": (_behind("alias/"), 20),
    "KeyVersion": (_cycle("0A"), 2),
    "NumberLengthEquals2": (_cycle("01"), 2),
    "OptionalBlockId": (_cycle("K7"), 2),
    "OptionalBlockValue": (_cycle("a7Z"), 4),
    "PrimaryAccountNumberType": (_cycle("9137631040001422"), 16),
    "ProprietaryAuthenticationDataType": (_cycle("0123456789ABCDef"), 4),
    "Region": (lambda count: "us-east-1", 9),
    "ResourceArn": (_key_arn, 72),
    "SharedInformation": (_cycle("0123456789ABCDef"), 4),
    "Tr31WrappedKeyBlock": (_cycle("D0112a7Z"), 112),
    "Tr34WrappedKeyBlock": (_cycle("0123456789ABCDEF"), 64),
    "TransactionDataType": (_cycle("0123456789ABCDef"), 32),
    "WrappedKeyCryptogram": (_cycle("0123456789ABCDEF"), 512),
}
# Lengths count characters, not bytes or halves of surrogate pairs.
_ANY_TEXT = (_cycle("é\U0001d11ea"), 6)

_NAME = "a7" * 8
# Besides what is made of the samples. The model's pattern says whether it is right.
_MORE_TEXTS = {
    "KeyArnOrKeyAliasType": [
        f"arn:aws:payment-cryptography:us-east-1:111122223333:key/{_NAME}",
        "arn:aws:payment-cryptography:us-east-1:111122223333:alias/a/b_c-D",
        f"arn:aws:payment-cryptography:us-east-1:11112222333:key/{_NAME}",
        f"arn:aws:payment-cryptography:us-gov-west-1:111122223333:key/{_NAME}",
        f"arn:aws:payment-cryptography:local:111122223333:key/{_NAME}",
        f"arn:aws-cn:payment-cryptography:us-east-1:111122223333:key/{_NAME}",
        f"arn:aws:payment-cryptography:us-east-1:111122223333:key/{_NAME}/x",
        "arn:aws:payment-cryptography:us-east-1:111122223333:key/short",
        "keyname",
    ],
    "KeyArn": ["arn:aws:payment-cryptography:us-east-1:111122223333:alias/" + "a" * 20],
    "ImportTokenId": ["", "import-token-short"],
    "ExportTokenId": ["", "export-token-short"],
    "EvenHexLengthBetween16And32": ["0" * 17],
    "HexLength20Or24": ["0" * 22],
}

# The model allows half a byte at the end of these, with which the server can do nothing.
_WHOLE_BYTES = {"ProprietaryAuthenticationDataType", "TransactionDataType"}

_OTHER_TYPES = {
    "boolean": ["true", 1, []],
    "integer": ["5", 5.5, True],
    "list": ["x", {}, 5],
    "map": ["x", [], 5],
    "string": [5, True, [], {}],
    "structure": ["x", [], 5, True],
}


def _bounds(shape):
    return shape.metadata.get("min"), shape.metadata.get("max")


def _is_union(shape):
    return shape.metadata.get("union", False)


def _kind(shape):
    if _is_union(shape):
        return "union"
    return "enum" if getattr(shape, "enum", ()) else shape.type_name


def _sample(shape):
    if shape.name in _SAMPLES:
        return _SAMPLES[shape.name]
    if "pattern" in shape.metadata:
        raise UnknownShape(shape.name)
    return _ANY_TEXT


def least(shape):
    """A right value, with no optional member."""
    match shape.type_name:
        case "structure" if _is_union(shape):
            name, member = next(iter(shape.members.items()))
            return {name: least(member)}
        case "structure":
            return {name: least(shape.members[name]) for name in shape.required_members}
        case "list":
            return []
        case "map":
            return {}
        case "boolean":
            return False
        case "integer":
            return shape.metadata["min"]
        case "string":
            text, count = _sample(shape)
            return shape.enum[0] if shape.enum else text(count)


class InputCases:
    """Walks through a shape. `place` puts a value where the shape stands in a whole request."""

    def __init__(self, operation):
        self.operation = operation.name
        self.shape = operation.input_shape

    def __iter__(self):
        yield self._right("", "the least", least(self.shape))
        yield from self._value(self.shape, "", lambda value: value)

    def _right(self, path, kind, request):
        return Case(self.operation, path, kind, request)

    def _invalid(self, path, kind, request, constraint):
        text = f"at '{path}' failed to satisfy constraint: {constraint}"
        return Case(self.operation, path, kind, request, ("ValidationException", text))

    def _unreadable(self, path, kind, request):
        return Case(self.operation, path, kind, request, ("SerializationException", ""))

    def _value(self, shape, path, place):
        for value in _OTHER_TYPES[shape.type_name]:
            yield self._unreadable(path, f"wrong type, {value!r}", place(value))
        yield from getattr(self, f"_{_kind(shape)}")(shape, path, place)

    def _structure(self, shape, path, place):
        base = least(shape)
        yield self._right(path, "an unknown member", place(base | {"Unknown": {"a": [1]}}))
        for name, member in shape.members.items():
            inner = f"{path}/{name}"
            with_member = lambda value, name=name: place(base | {name: value})
            if name in shape.required_members:
                missing = "Member must not be null"
                without = {key: value for key, value in base.items() if key != name}
                yield self._invalid(inner, "missing", place(without), missing)
                yield self._invalid(inner, "null", with_member(None), missing)
            else:
                yield self._right(inner, "given", with_member(least(member)))
                yield self._right(inner, "null", with_member(None))
            yield from self._value(member, inner, with_member)

    def _union(self, shape, path, place):
        yield self._unreadable(path, "no member", place({}))
        yield self._unreadable(path, "an unknown member", place({"Unknown": {}}))
        values = {name: least(member) for name, member in shape.members.items()}
        for one, other in itertools.combinations(values, 2):
            both = {one: values[one], other: values[other]}
            yield self._unreadable(path, f"two members, {one} and {other}", place(both))
        for name, member in shape.members.items():
            inner = f"{path}/{name}"
            yield self._right(inner, "given", place({name: values[name], "Unknown": 1}))
            yield self._unreadable(inner, "null", place({name: None}))
            yield from self._value(member, inner, lambda value, name=name: place({name: value}))

    def _list(self, shape, path, place):
        element = least(shape.member)
        _, most = _bounds(shape)
        if most is not None:
            bounds = f"Member must have length between 0 and {most}, inclusive"
            many = place([element] * (most + 1))
            yield self._invalid(path, f"{most + 1} elements", many, bounds)
            yield self._right(path, f"{most} elements", place([element] * most))
        yield self._right(path, "no element", place([]))
        yield self._unreadable(f"{path}/0", "null", place([None]))
        yield from self._value(shape.member, f"{path}/0", lambda value: place([value]))

    def _map(self, shape, path, place):
        key, value = least(shape.key), least(shape.value)
        yield self._right(path, "one entry", place({key: value}))
        yield from self._string(shape.key, path, lambda text: place({text: value}))
        yield self._unreadable(f"{path}/{key}", "null", place({key: None}))
        yield from self._value(shape.value, f"{path}/{key}", lambda value: place({key: value}))

    def _boolean(self, shape, path, place):
        for value in (False, True):
            yield self._right(path, f"{value}", place(value))

    def _integer(self, shape, path, place):
        low, high = _bounds(shape)
        bounds = f"Member must be between {low} and {high}, inclusive"
        for value in (low - 1, high + 1, -low):
            yield self._invalid(path, f"{value}", place(value), bounds)
        for value in (low, high):
            yield self._right(path, f"{value}", place(value))

    def _enum(self, shape, path, place):
        values = f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        for value in ("", "NONE_SUCH", shape.enum[0].lower(), shape.enum[0] + " "):
            yield self._invalid(path, f"wrong enum, '{value}'", place(value), values)
        for value in shape.enum:
            yield self._right(path, value, place(value))

    def _string(self, shape, path, place):
        yield from self._lengths(shape, path, place)
        if "pattern" in shape.metadata:
            yield from self._patterns(shape, path, place)

    def _lengths(self, shape, path, place):
        text, _ = _sample(shape)
        low, high = _bounds(shape)
        if high is None:
            return
        bounds = f"Member must have length between {low} and {high}, inclusive"
        if low > 0:
            yield self._invalid(path, "too short", place(text(low)[:-1]), bounds)
        yield self._invalid(path, "too long", place(text(high + 1)), bounds)
        for count in sorted({low, high}):
            value = place(text(count))
            if shape.name in _WHOLE_BYTES and count % 2:
                even = "Member must have an even number of hexadecimal digits"
                yield self._invalid(path, "half a byte", value, even)
            else:
                yield self._right(path, f"{count} characters", value)

    def _patterns(self, shape, path, place):
        pattern = shape.metadata["pattern"]
        text, count = _sample(shape)
        sample, (low, high) = text(count), _bounds(shape)
        middle = count // 2
        texts = ["!" + sample[1:], "é" + sample[1:], sample[:-1] + "[", sample[:-1] + "\n"]
        texts += [sample[:middle] + "[" + sample[middle + 1 :]] + _MORE_TEXTS.get(shape.name, [])
        # Python knows `{2}+` from 3.11 on; where nothing follows it is `{2}`.
        right = re.compile(f"^(?:{pattern})$".replace("{2}+", "{2}"))
        refusal = f"Member must satisfy regular expression pattern: {pattern}"
        if all(right.fullmatch(text) for text in texts):
            raise UnknownShape(f"{shape.name}: no text is known that is wrong")
        for text in texts:
            if high is not None and not low <= len(text) <= high:
                continue
            if right.fullmatch(text):
                yield self._right(path, f"right pattern, {text[:80]!r}", place(text))
            else:
                yield self._invalid(path, f"wrong pattern, {text[:80]!r}", place(text), refusal)
