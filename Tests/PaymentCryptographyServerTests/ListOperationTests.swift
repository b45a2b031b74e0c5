import PaymentCryptographyAPI
import Testing

@testable import PaymentCryptographyServer

@Suite("Lists, aliases and tags")
struct ListOperationTests {
    private typealias Fixture = ControlPlaneFixture

    /// All pages of a list, in pieces of the given size.
    private func pages(
        _ fixture: Fixture, _ operation: String, _ member: String, size: Int, _ more: String = ""
    ) async throws -> [[[String: Any]]] {
        var pages: [[[String: Any]]] = []
        var token: String?
        repeat {
            let next = token.map { #","NextToken":"\#($0)""# } ?? ""
            let answer = try await fixture.call(
                operation, #"{"MaxResults":\#(size)\#(next)\#(more)}"#)
            pages.append(try #require(answer[member] as? [[String: Any]]))
            token = answer["NextToken"] as? String
        } while token != nil
        return pages
    }

    @Test("Keys come page by page, each once, in summary")
    func keys() async throws {
        let fixture = try Fixture()
        var arns: [String] = []
        for _ in 0..<7 { arns.append(try await fixture.create()) }
        let pages = try await pages(fixture, "ListKeys", "Keys", size: 3)
        #expect(pages.map(\.count) == [3, 3, 1])
        #expect(pages.joined().compactMap { $0["KeyArn"] as? String } == arns)
        #expect(
            Set(pages[0][0].keys) == [
                "KeyArn", "KeyState", "KeyAttributes", "KeyCheckValue", "Exportable", "Enabled",
            ])
        _ = try await fixture.key("DeleteKey", #"{"KeyIdentifier":"\#(arns[2])"}"#)
        let pending = try await fixture.call("ListKeys", #"{"KeyState":"DELETE_PENDING"}"#)
        #expect((pending["Keys"] as? [[String: Any]])?.count == 1)
        #expect(pending["NextToken"] == nil)
    }

    @Test("A token goes on with its own list only")
    func tokens() async throws {
        let fixture = try Fixture()
        for _ in 0..<3 { _ = try await fixture.create() }
        let token = try await fixture.call("ListKeys", #"{"MaxResults":2}"#)["NextToken"]
        let text = try #require(token as? String)
        for (operation, body) in [
            ("ListKeys", #"{"NextToken":"\#(text)","KeyState":"CREATE_COMPLETE"}"#),
            ("ListAliases", #"{"NextToken":"\#(text)"}"#),
            ("ListKeys", #"{"NextToken":"xyz"}"#), ("ListKeys", #"{"NextToken":"00"}"#),
        ] {
            #expect(try await fixture.failure(operation, body).type == "ValidationException")
        }
    }

    @Test("An alias is made, found, moved, listed and removed")
    func aliases() async throws {
        let fixture = try Fixture()
        let (first, second) = (try await fixture.create(), try await fixture.create())
        let named = #"{"AliasName":"alias/issuer","KeyArn":"\#(first)"}"#
        let made = try await fixture.call("CreateAlias", named)["Alias"] as? [String: String]
        #expect(made == ["AliasName": "alias/issuer", "KeyArn": first])
        #expect(try await fixture.failure("CreateAlias", named).type == "ConflictException")
        _ = try await fixture.call("CreateAlias", #"{"AliasName":"alias/later"}"#)
        let later = try await fixture.call("GetAlias", #"{"AliasName":"alias/later"}"#)["Alias"]
        #expect(later as? [String: String] == ["AliasName": "alias/later"])
        let moved = #"{"AliasName":"alias/issuer","KeyArn":"\#(second)"}"#
        _ = try await fixture.call("UpdateAlias", moved)
        let key = try await fixture.key("GetKey", #"{"KeyIdentifier":"alias/issuer"}"#)
        #expect(key["KeyArn"] as? String == second)
        let pages = try await pages(fixture, "ListAliases", "Aliases", size: 1)
        #expect(
            pages.joined().compactMap { $0["AliasName"] as? String } == [
                "alias/issuer", "alias/later",
            ])
        let own = try await fixture.call("ListAliases", #"{"KeyArn":"\#(first)"}"#)["Aliases"]
        #expect((own as? [Any])?.isEmpty == true)
        _ = try await fixture.call("UpdateAlias", #"{"AliasName":"alias/issuer"}"#)
        let unassigned = try await fixture.failure("GetKey", #"{"KeyIdentifier":"alias/issuer"}"#)
        #expect(unassigned.type == "ResourceNotFoundException")
        let body = #"{"AliasName":"alias/issuer"}"#
        #expect(try await fixture.call("DeleteAlias", body).isEmpty)
        for operation in ["DeleteAlias", "GetAlias", "UpdateAlias"] {
            let failure = try await fixture.failure(operation, body)
            #expect(failure == .init(type: "ResourceNotFoundException", text: "alias/issuer"))
        }
    }

    @Test("No alias for a key that is not there, or is to be deleted")
    func aliasWithoutKey() async throws {
        let fixture = try Fixture()
        let missing = try Sample.key(5).arn
        let failure = try await fixture.failure(
            "CreateAlias", #"{"AliasName":"alias/x","KeyArn":"\#(missing)"}"#)
        #expect(failure == .init(type: "ResourceNotFoundException", text: missing))
        let arn = try await fixture.create()
        _ = try await fixture.key("DeleteKey", #"{"KeyIdentifier":"\#(arn)"}"#)
        let pending = try await fixture.failure(
            "CreateAlias", #"{"AliasName":"alias/x","KeyArn":"\#(arn)"}"#)
        #expect(pending.type == "ValidationException")
    }

    @Test("Tags are put on, over one another, listed and taken off")
    func tags() async throws {
        let fixture = try Fixture()
        let arn = try await fixture.create(
            Fixture.createBody(more: #","Tags":[{"Key":"a","Value":"1"}]"#))
        let more = #"[{"Key":"b","Value":"2"},{"Key":"a","Value":"3"},{"Key":"A","Value":"4"}]"#
        #expect(
            try await fixture.call("TagResource", #"{"ResourceArn":"\#(arn)","Tags":\#(more)}"#)
                .isEmpty)
        let resource = #","ResourceArn":"\#(arn)""#
        var tags = try await pages(fixture, "ListTagsForResource", "Tags", size: 2, resource)
        #expect(tags.map(\.count) == [2, 1])
        #expect(tags.joined().compactMap { $0["Key"] as? String } == ["A", "a", "b"])
        #expect(tags.joined().compactMap { $0["Value"] as? String } == ["4", "3", "2"])
        let untag = #"{"ResourceArn":"\#(arn)","TagKeys":["a","none"]}"#
        #expect(try await fixture.call("UntagResource", untag).isEmpty)
        tags = try await pages(fixture, "ListTagsForResource", "Tags", size: 9, resource)
        #expect(tags.joined().compactMap { $0["Key"] as? String } == ["A", "b"])
        _ = try await fixture.key("DeleteKey", #"{"KeyIdentifier":"\#(arn)"}"#)
        #expect(try await fixture.failure("UntagResource", untag).type == "ValidationException")
    }
}
