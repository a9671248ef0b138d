namespace CloudNative.Eventing.Tests.CloudEvents;

/// <summary>
/// The facts that the public conformance cases of the JSON format check (github.com/cloudevents/conformance, format/json): ten valid and
/// twenty-five invalid events, five valid and three invalid batches. Each in our own words and data, under the name it has there.
/// </summary>
public sealed class ConformanceTests
{
    private const string Noon = "7|/tills/3|shop.sale.v1|-|2024-02-29T12:00:00.0000000+00:00|-|-|-|-|-||";
    private const string Bare = """{"specversion":"1.0","id":"7","source":"/tills/3","type":"shop.sale.v1"}""";
    private const string BareText = "7|/tills/3|shop.sale.v1|-|-|-|-|-|-|-||";

    private const string Typed = """
        {"specversion":"1.0","id":"8","source":"/tills/3","type":"shop.sale.v1","amount":-12,"paid":false,"clerk":"Ärzte",
         "home":"https://shop.example/a","next":"//shop.example/b","opened":"2024-02-29T06:30:00Z","seal":"AP8="}
        """;

    private const string TypedText =
        "8|/tills/3|shop.sale.v1|-|-|-|-|-|-|-|amount=Int32:-12,clerk=String:Ärzte,home=String:https://shop.example/a,"
        + "next=String://shop.example/b,opened=String:2024-02-29T06:30:00Z,paid=Boolean:False,seal=String:AP8=|";

    private const string All = """
        {"specversion":"1.0","id":"9","source":"https://shop.example/tills/3","type":"shop.sale.v1","datacontenttype":"text/csv",
         "dataschema":"https://shop.example/sale.csvs","subject":"receipt 41","time":"2024-02-29T12:00:00Z"}
        """;

    private const string AllText = "9|https://shop.example/tills/3|shop.sale.v1|receipt 41|2024-02-29T12:00:00.0000000+00:00|text/csv"
        + "|https://shop.example/sale.csvs|-|-|-||";

    public static TheoryData<string, string, string> ValidEvents => new()
    {
        { "validMinimal", Bare, BareText },
        {
            "validMinimalWithNullForOptional",
            Cases.With("""  "datacontenttype":null,"dataschema":null,"subject":null,"time":null """), BareText
        },
        { "validAllCoreAttributes", All, AllText },
        { "validMinimalWithTimeUtc", Cases.With(""" "time":"2024-02-29T12:00:00Z" """), Noon },
        { "validMinimalWithTimeToNanosecondsUtc", Cases.With(""" "time":"2024-02-29T12:00:00.000000000Z" """), Noon },
        {
            "validMinimalWithTimeUsingPositiveOffset", Cases.With(""" "time":"2024-02-29T17:45:00+05:45" """),
            Noon.Replace("T12:00:00.0000000+00:00", "T17:45:00.0000000+05:45", StringComparison.Ordinal)
        },
        {
            "validMinimalWithTimeUsingNegativeOffset", Cases.With(""" "time":"2024-02-29T08:30:00-03:30" """),
            Noon.Replace("T12:00:00.0000000+00:00", "T08:30:00.0000000-03:30", StringComparison.Ordinal)
        },
        {
            "validRelativeSource", Bare.Replace("/tills/3", "#till3", StringComparison.Ordinal),
            BareText.Replace("/tills/3", "#till3", StringComparison.Ordinal)
        },
        {
            "validSimpleTextData", Cases.With(""" "datacontenttype":"text/plain","data":"paid" """),
            "7|/tills/3|shop.sale.v1|-|-|text/plain|-|-|-|-||70616964"
        },
        { "validAllExtensionTypes", Typed, TypedText },
    };

    /// <summary>Name, event, and the attribute that the refusal has to name.</summary>
    public static TheoryData<string, string, string> InvalidEvents => new()
    {
        { "invalidNoSpecVersion", """{"id":"7","source":"/tills/3","type":"shop.sale.v1"}""", "'specversion' is missing" },
        { "invalidNoId", """{"specversion":"1.0","source":"/tills/3","type":"shop.sale.v1"}""", "'id' is missing" },
        { "invalidNoType", """{"specversion":"1.0","id":"7","source":"/tills/3"}""", "'type' is missing" },
        { "invalidNoSource", """{"specversion":"1.0","id":"7","type":"shop.sale.v1"}""", "'source' is missing" },
        { "invalidTimeGarbage", Cases.With(""" "time":"after closing" """), "'time'" },
        { "invalidTimeToMinute", Cases.With(""" "time":"2024-02-29T12:00Z" """), "'time'" },
        { "invalidTimeOffsetX", Cases.With(""" "time":"2024-02-29T12:00:00Y" """), "'time'" },
        { "invalidTimeOffsetOutOfRange", Cases.With(""" "time":"2024-02-29T12:00:00+24:00" """), "'time'" },
        { "invalidTimeOffsetNonInteger", Cases.With(""" "time":"2024-02-29T12:00:00-0a:00" """), "'time'" },
        { "invalidTimeOffsetHourOnly", Cases.With(""" "time":"2024-02-29T12:00:00-03" """), "'time'" },
        { "invalidEmptyId", Empty("id"), "'id' is empty" },
        { "invalidEmptyType", Empty("type"), "'type' is empty" },
        { "invalidEmptySource", Empty("source"), "'source' is empty" },
        { "invalidEmptySpecVersion", Empty("specversion"), "'specversion' is not 1.0" },
        { "invalidUnknownSpecVersion", Bare.Replace("1.0", "1.1", StringComparison.Ordinal), "'specversion' is not 1.0" },
        { "invalidNonRfc2046DataContentType", Cases.With(""" "datacontenttype":"json" """), "'datacontenttype' is no media type" },
        { "invalidEmptyDataContentType", Cases.With(""" "datacontenttype":"" """), "'datacontenttype' is empty" },
        { "invalidEmptyDataSchema", Cases.With(""" "dataschema":"" """), "'dataschema' is empty" },
        { "invalidEmptySubject", Cases.With(""" "subject":"" """), "'subject' is empty" },
        { "invalidNumericId", Bare.Replace("\"7\"", "7", StringComparison.Ordinal), "'id' is no JSON string" },
        { "invalidObjectId", Bare.Replace("\"7\"", "{\"no\":7}", StringComparison.Ordinal), "'id' is no JSON string" },
        { "invalidCapitalizedExtension", Cases.With(""" "Clerk":"Ann" """), "lower-case letters" },
        { "invalidPunctuatedExtension", Cases.With(""" "till-clerk":"Ann" """), "lower-case letters" },
        { "invalidNonIntegerExtensionValue", Cases.With(""" "amount":0.5 """), "no integer" },
        { "invalidBothDataAndDataBase64", Cases.With(""" "data":1,"data_base64":"MQ==" """), "both 'data' and 'data_base64'" },
    };

    public static TheoryData<string, string, string[]> ValidBatches => new()
    {
        { "validBatchEmpty", "[]", [] },
        { "validBatchMinimal", $"[{Bare}]", [BareText] },
        { "validBatchMinimal2", $"[{Bare},{Bare}]", [BareText, BareText] },
        { "validBatchMinimalAndAllCore", $"[{Bare},{All}]", [BareText, AllText] },
        { "validBatchMinimalAndAllExtensionTypes", $"[{Bare},{Typed}]", [BareText, TypedText] },
    };

    public static TheoryData<string, string, string> InvalidBatches => new()
    {
        {
            "invalidBatchMixedSpecVersions", $"[{Bare},{Bare.Replace("1.0", "0.3", StringComparison.Ordinal)}]", "'specversion' is not 1.0"
        },
        { "invalidBatchContainingInvalidCloudEvent", $$"""[{"specversion":"1.0","source":"/a","type":"b"}]""", "'id' is missing" },
        { "invalidBatchContainingNonObject", $"[{Bare},41]", "element 1 of the batch is no JSON object" },
    };

    [Fact]
    public void Cases_Counted_AreAllOfThem() => Assert.Equal(
        (10, 25, 5, 3),
        (ValidEvents.Count, InvalidEvents.Count, ValidBatches.Count, InvalidBatches.Count));

    [Theory]
    [MemberData(nameof(ValidEvents))]
    public void Read_ValidEvent_HasEveryAttribute(string name, string json, string expected)
    {
        var value = Cases.Read(json);

        Assert.True(expected == Cases.Describe(value), $"{name}: {Cases.Describe(value)}");
        Assert.Equal(expected, Cases.Describe(Cases.Read(Cases.Write(value))));
    }

    [Theory]
    [MemberData(nameof(InvalidEvents))]
    public void Read_InvalidEvent_IsRefusedForThatReason(string name, string json, string reason)
    {
        var refusal = Assert.Throws<MalformedEventException>(() => Cases.Read(json));

        Assert.True(refusal.Message.Contains(reason, StringComparison.Ordinal), $"{name}: {refusal.Message}");
        Assert.StartsWith("CN9020 ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ValidBatches))]
    public void ReadBatch_ValidBatch_HasEveryEvent(string name, string json, string[] expected)
    {
        var batch = Cases.ReadBatch(json).Select(Cases.Describe);

        Assert.True(expected.SequenceEqual(batch), name);
    }

    [Theory]
    [MemberData(nameof(InvalidBatches))]
    public void ReadBatch_InvalidBatch_IsRefusedForThatReason(string name, string json, string reason)
    {
        var refusal = Assert.Throws<MalformedEventException>(() => Cases.ReadBatch(json));

        Assert.True(refusal.Message.Contains(reason, StringComparison.Ordinal), $"{name}: {refusal.Message}");
    }

    private static string Empty(string attribute) => "{" + string.Join(',', new[] { "specversion:1.0", "id:7", "source:/a", "type:b" }
        .Select(pair => pair.Split(':'))
        .Select(pair => $"\"{pair[0]}\":\"{(pair[0] == attribute ? "" : pair[1])}\"")) + "}";
}
