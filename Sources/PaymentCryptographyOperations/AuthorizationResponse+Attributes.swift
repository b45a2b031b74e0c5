import EMVCryptogram
import PaymentCryptographyAPI

extension AuthorizationResponse {
    /// What a request asks to be put under the response cryptogram; none for nil.
    public init(_ attributes: CryptogramAuthResponse?) throws(CryptogramError) {
        switch attributes {
        case nil: self = .none
        case .arpcMethod1(let code): self = .method1(code: code)
        case .arpcMethod2(let csu, nil): self = try .method2(cardStatusUpdate: csu)
        case .arpcMethod2(let csu, let proprietary?):
            self = try proprietary.withBytes { (bytes) throws(CryptogramError) in
                try .method2(cardStatusUpdate: csu, proprietaryAuthenticationData: bytes)
            }
        }
    }
}
