using System.Text;
using CloudNative.Consul.Http;
using CloudNative.Consul.KeyValue;

namespace CloudNative.Consul.Tests.KeyValue;

public sealed class KeyValueReaderTests
{
    [Fact]
    public void Read_Values_ArePathsWithColonsAndNothingOfNeighbours()
    {
        var data = Read(
            ConsulKeyValueFormat.Value,
            ("config/orders/Logging/LogLevel/Default", "Debug"),
            ("config/orders/Empty", ""),
            ("config/orders/Folder/", ""),
            ("config/orders", "nothing to say"),
            ("config/orders-old/Timeout", "7"));
        Assert.Equal(["Empty=", "Logging:LogLevel:Default=Debug"], data);
    }

    [Fact]
    public void Read_Documents_StandBelowTheirKeysAndTheRootAtThePrefix()
    {
        var data = Read(
            ConsulKeyValueFormat.Json,
            ("config/orders", """{ "Timeout": 7, "Tags": ["a", "b"], /* as in appsettings.json */ "On": true, }"""),
            ("config/orders/Logging", """{ "LogLevel": { "Default": "Debug" } }"""),
            ("config/orders-old", """{ "Timeout": 8 }"""));
        Assert.Equal(["Logging:LogLevel:Default=Debug", "On=True", "Tags:0=a", "Tags:1=b", "Timeout=7"], data);
    }

    [Theory]
    [InlineData("{ \"Timeout\": ")]
    [InlineData("7")]
    [InlineData("")]
    public void Read_NoDocument_NamesTheKey(string text)
    {
        var failure = Assert.Throws<ConsulException>(() => Read(ConsulKeyValueFormat.Json, ("config/orders", text)));
        Assert.StartsWith(
            "CN4110: The key config/orders in Consul does not hold a JSON document", failure.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Read(ConsulKeyValueFormat format, params (string Key, string Value)[] entries) => KeyValueReader
        .Read("config/orders", format, entries.Select(pair => new KeyDocument
        {
            Key = pair.Key,
            Value = pair.Value.Length > 0 ? Encoding.UTF8.GetBytes(pair.Value) : null,
        }))
        .Select(pair => $"{pair.Key}={pair.Value}")
        .Order(StringComparer.Ordinal);
}
