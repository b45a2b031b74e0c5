import CCipherKernel

extension Fault {
    /// A bit flipped in one lane, or a function that does nothing of what it should.
    static let all = ofDES + ofAES

    private static let ofDES = [
        Fault("DES encrypt flips a bit") {
            $0.des.encrypt = {
                Fault.des.functions.encrypt($0, $1, $2, $3, $4)
                Fault.des.flip($0!)
            }
        },
        Fault("DES decrypt flips a bit") {
            $0.des.decrypt = {
                Fault.des.functions.decrypt($0, $1, $2, $3)
                Fault.des.flip($0!)
            }
        },
        Fault("DES chain flips a bit") {
            $0.des.chain = {
                Fault.des.functions.chain($0, $1, $2, $3, $4, $5)
                Fault.des.flip($0!)
            }
        },
        Fault("DES chain does nothing") { $0.des.chain = { _, _, _, _, _, _ in } },
        Fault("DES chain never takes the first key only") {
            $0.des.chain = { state, blocks, count, prepared, _, ahead in
                Fault.des.functions.chain(state, blocks, count, prepared, false, ahead)
            }
        },
        Fault("DES prepare takes 8 bytes only") {
            $0.des.prepare = { prepared, key, _ in
                Fault.des.functions.prepare(prepared, key, 8)
            }
        },
        Fault("DES load flips a bit") {
            $0.des.load = {
                Fault.des.functions.load($0, $1, $2)
                Fault.des.flip($0!)
            }
        },
        Fault("DES fill flips a bit") {
            $0.des.fill = {
                Fault.des.functions.fill($0, $1, $2)
                Fault.des.flip($0!)
            }
        },
        Fault("DES arrange flips a bit") {
            $0.des.arrange = {
                Fault.des.functions.arrange($0, $1, $2, $3)
                Fault.des.flip($0!)
            }
        },
        Fault("DES exclusive-or flips a bit") {
            $0.des.exclusive_or = {
                Fault.des.functions.exclusive_or($0, $1, $2)
                Fault.des.flip($0!)
            }
        },
        Fault("DES exclusive-or gives its left operand") {
            $0.des.exclusive_or = { out, left, _ in
                out!.copyMemory(from: left!, byteCount: Fault.des.slicedBytes)
            }
        },
        Fault("DES arrange takes every byte from its own place") {
            $0.des.arrange = { out, block, _, constant in
                let identity = (0..<8).map { Int8($0) }
                Fault.des.functions.arrange(out, block, identity, constant)
            }
        },
        Fault("DES encrypt stops after the first block") {
            $0.des.encrypt = { out, blocks, count, prepared, ahead in
                Fault.des.functions.encrypt(out, blocks, min(1, count), prepared, ahead)
            }
        },
        Fault("DES decrypt stops after the first block") {
            $0.des.decrypt = { out, blocks, count, prepared in
                Fault.des.functions.decrypt(out, blocks, min(1, count), prepared)
            }
        },
        Fault("DES store flips a bit") {
            $0.des.store = {
                Fault.des.functions.store($0, $1, $2)
                Fault.flip($0!.pointee, $2)
            }
        },
        Fault("DES equal is always true") {
            $0.des.equal = { mask, _, _, _ in Fault.des.setMask(mask!, true) }
        },
        Fault("DES equal is never true") {
            $0.des.equal = { mask, _, _, _ in Fault.des.setMask(mask!, false) }
        },
    ]

    private static let ofAES = [
        Fault("AES encrypt flips a bit") {
            $0.aes.encrypt = {
                Fault.aes.functions.encrypt($0, $1, $2, $3, $4)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES decrypt flips a bit") {
            $0.aes.decrypt = {
                Fault.aes.functions.decrypt($0, $1, $2, $3)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES chain flips a bit") {
            $0.aes.chain = {
                Fault.aes.functions.chain($0, $1, $2, $3, $4, $5)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES arrange flips a bit") {
            $0.aes.arrange = {
                Fault.aes.functions.arrange($0, $1, $2, $3)
                Fault.aes.flip($0!)
            }
        },
        Fault("DES parity flips a bit") {
            $0.des.set_odd_parity = {
                Fault.des.functions.set_odd_parity($0)
                Fault.des.flip($0!)
            }
        },
        Fault("AES times x flips a bit") {
            $0.aes.times_x = {
                Fault.aes.functions.times_x($0, $1)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES CMAC does nothing") { $0.aes.cmac = { _, _, _, _, _, _ in } },
        Fault("AES chain does nothing") { $0.aes.chain = { _, _, _, _, _, _ in } },
        Fault("AES load flips a bit") {
            $0.aes.load = {
                Fault.aes.functions.load($0, $1, $2)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES fill flips a bit") {
            $0.aes.fill = {
                Fault.aes.functions.fill($0, $1, $2)
                Fault.aes.flip($0!)
            }
        },
        Fault("AES prepare takes 16 bytes only") {
            $0.aes.prepare = { prepared, key, _ in
                Fault.aes.functions.prepare(prepared, key, 16)
            }
        },
        Fault("AES takes another key for all lanes") {
            $0.aes.prepare_one = { prepared, key, length in
                var other = Array(UnsafeBufferPointer(start: key, count: length))
                other[0] ^= 1
                let scratch = Fault.aes.blocks(2)
                ck_prepare_one(Fault.aes.cipher, prepared, other, length, scratch.start)
            }
        },
        Fault("AES encrypt stops after the first block") {
            $0.aes.encrypt = { out, blocks, count, prepared, ahead in
                Fault.aes.functions.encrypt(out, blocks, min(1, count), prepared, ahead)
            }
        },
        Fault("AES store flips a bit") {
            $0.aes.store = {
                Fault.aes.functions.store($0, $1, $2)
                Fault.flip($0!.pointee, $2)
            }
        },
        Fault("AES exclusive-or does nothing") { $0.aes.exclusive_or = { _, _, _ in } },
        Fault("AES equal of 8 bytes is always true") {
            $0.aes.equal = { mask, left, right, length in
                guard length != 8 else { return Fault.aes.setMask(mask!, true) }
                Fault.aes.functions.equal(mask, left, right, length)
            }
        },
        Fault("AES equal of 8 bytes compares all") {
            $0.aes.equal = { mask, left, right, _ in
                Fault.aes.functions.equal(mask, left, right, 16)
            }
        },
        Fault("AES equal is always true") {
            $0.aes.equal = { mask, _, _, _ in Fault.aes.setMask(mask!, true) }
        },
    ]
}

extension LaneCipher {
    fileprivate func setMask(_ mask: UnsafeMutablePointer<UInt64>, _ equal: Bool) {
        for word in 0..<maskWords { mask[word] = equal ? .max : 0 }
    }
}
